using System.Collections.Frozen;

namespace Paco.CloudFormation;

/// <summary>Resource types whose loss is a loss of data: databases, buckets, volumes, keys, zones, repositories, user pools, logs, secrets.</summary>
public static class DataTypes
{
    private static readonly FrozenSet<string> Types = new[]
    {
        "AWS::RDS::DBInstance", "AWS::RDS::DBCluster", "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", "AWS::S3::Bucket",
        "AWS::EFS::FileSystem", "AWS::EC2::Volume", "AWS::KMS::Key", "AWS::Route53::HostedZone", "AWS::CodeCommit::Repository",
        "AWS::ECR::Repository", "AWS::Cognito::UserPool", "AWS::Cognito::IdentityPool", "AWS::Logs::LogGroup", "AWS::SecretsManager::Secret",
        "AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::CacheCluster", "AWS::Elasticsearch::Domain", "AWS::OpenSearchService::Domain",
        "AWS::Backup::BackupVault", "AWS::SQS::Queue",
    }.ToFrozenSet();

    public static bool Holds(string resourceType) => Types.Contains(resourceType);
}
