using Paco.CloudFormation;

namespace Paco.Planning.Security;

/// <summary>What a resource lets in, by its type. Types that are not here open nothing this page knows of.</summary>
internal static class AccessReader
{
    /// <param name="other">The properties on the other side of the change, where there is one.</param>
    public static IEnumerable<Access> Of(string type, string logicalId, MapValue properties, MapValue? other,
        DisplayValues reading) => type switch
    {
        "AWS::EC2::SecurityGroup" => NetworkRules.OfGroup(logicalId, properties, reading),
        "AWS::EC2::SecurityGroupIngress" => NetworkRules.OfRule(ingress: true, properties, reading),
        "AWS::EC2::SecurityGroupEgress" => NetworkRules.OfRule(ingress: false, properties, reading),
        "AWS::EC2::NetworkAclEntry" => NetworkRules.OfAcl(properties, reading),
        "AWS::IAM::Role" => Policies.OfIdentity("role", logicalId, properties, reading),
        "AWS::IAM::User" => Policies.OfIdentity("user", logicalId, properties, reading),
        "AWS::IAM::Group" => Policies.OfIdentity("group", logicalId, properties, reading),
        "AWS::IAM::Policy" or "AWS::IAM::RolePolicy" or "AWS::IAM::UserPolicy" or "AWS::IAM::GroupPolicy" =>
            Policies.OfInline(properties, reading),
        "AWS::IAM::ManagedPolicy" => Policies.OfManaged(logicalId, properties, reading),
        "AWS::Lambda::Permission" => Policies.OfFunction(properties, reading),
        "AWS::Lambda::Url" => PublicExposure.OfFunctionUrl(properties, reading),
        "AWS::S3::Bucket" => PublicExposure.OfBucket(logicalId, properties, other, reading),
        "AWS::RDS::DBInstance" or "AWS::RDS::DBCluster" or "AWS::Redshift::Cluster" =>
            PublicExposure.OfDatabase(logicalId, properties, reading),
        "AWS::ElasticLoadBalancingV2::LoadBalancer" or "AWS::ElasticLoadBalancing::LoadBalancer" =>
            PublicExposure.OfLoadBalancer(logicalId, properties, reading),
        _ => Reached(type, logicalId, properties, reading),
    };

    private static IEnumerable<Access> Reached(string type, string logicalId, MapValue properties, DisplayValues reading)
    {
        var (kind, names, document) = type switch
        {
            "AWS::S3::BucketPolicy" => ("bucket", "Bucket", "PolicyDocument"),
            "AWS::SQS::QueuePolicy" => ("queue", "Queues", "PolicyDocument"),
            "AWS::SNS::TopicPolicy" => ("topic", "Topics", "PolicyDocument"),
            "AWS::SecretsManager::ResourcePolicy" => ("secret", "SecretId", "ResourcePolicy"),
            "AWS::KMS::Key" or "AWS::KMS::ReplicaKey" => ("key", null, "KeyPolicy"),
            "AWS::ECR::Repository" => ("repository", null, "RepositoryPolicyText"),
            _ => ("", null, ""),
        };
        var holders = names is null ? [DisplayValues.NameOf(logicalId, properties)] : reading.Names(properties[names]);
        return kind.Length == 0 ? [] : Policies.OfReached(kind, holders, properties[document], reading);
    }
}
