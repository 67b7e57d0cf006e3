using System.Collections.Frozen;

namespace Paco.Sandbox.Drift;

/// <summary>
/// Which types CloudFormation can look at. It cannot read types that have no handlers in its registry: the old ones below, and
/// whatever is not in Amazon's schemas.
/// </summary>
internal static class Checkable
{
    private static readonly FrozenSet<string> Old = new[]
    {
        "AWS::CertificateManager::Certificate", "AWS::CloudFormation::WaitCondition", "AWS::CloudFormation::WaitConditionHandle",
        "AWS::CodeBuild::Project", "AWS::CodeCommit::Repository", "AWS::CodeDeploy::DeploymentGroup", "AWS::ElastiCache::CacheCluster",
        "AWS::IAM::AccessKey", "AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup", "AWS::SDB::Domain",
    }.ToFrozenSet();

    public static bool Is(string type) =>
        !Old.Contains(type) && !type.StartsWith("AWS::Pinpoint::", StringComparison.Ordinal)
        && CloudFormation.Schemas.ResourceSchemas.Shared.Find(type) is not null;
}
