namespace Paco.Sandbox.Made;

/// <summary>Names a user gives or CloudFormation makes, and within what they are unique.</summary>
internal static class Names
{
    /// <summary>The name: the given one, or <c>stack-logical-RANDOM12</c>.</summary>
    public static string Of(Making m) => Explicit(m) ?? Generated(m, Limit(m.Type));

    public static string? Explicit(Making m) => Property(m) is { } property && m.Text(property) is { } name
        ? (IsLower(m.Type) ? name.ToLowerInvariant() : name) : null;

    /// <summary>The property that names the resource: its settable identifier, or a create-only <c>…Name</c>; null where names are not
    /// unique.</summary>
    public static string? Property(Making m)
    {
        switch (m.Type)
        {
            case "AWS::Route53::HostedZone" or "AWS::Route53::RecordSet" or "AWS::EC2::SecurityGroup" or "AWS::IAM::Policy"
                or "AWS::EC2::EIP":
                return null;
            case "AWS::ElasticLoadBalancingV2::LoadBalancer" or "AWS::ElasticLoadBalancingV2::TargetGroup" or "AWS::SecretsManager::Secret":
                return "Name";
            case "AWS::CodeCommit::Repository":
                return "RepositoryName";
        }

        if (m.Schema is not { } schema)
        {
            return null;
        }

        if (schema.PrimaryIdentifier is [var only] && schema.Properties.Contains(only))
        {
            return only;
        }

        var last = m.Type[(m.Type.LastIndexOf(':') + 1)..];
        return ((string[])[$"{last}Name", "Name"])
            .FirstOrDefault(name => schema.CreateOnly.Contains(name) && schema.Properties.Contains(name));
    }

    /// <summary>Within what an explicit name may occur once: an account and region, an account, or for buckets the world.</summary>
    public static string Scope(Making m) => m.Type == "AWS::S3::Bucket" ? m.Type : $"{m.Account} {m.Home} {m.Type}";

    /// <summary><c>stack-logical-RANDOM12</c>, shortened to a limit.</summary>
    public static string Generated(Making m, int limit)
    {
        var room = limit - 14;
        var logical = m.Logical.Length <= room / 2 ? m.Logical
            : m.Logical[..Math.Min(m.Logical.Length, Math.Max(room / 2, room - m.StackName.Length))];
        var stack = m.StackName[..Math.Min(m.StackName.Length, room - logical.Length)].TrimEnd('-');
        var name = m.Type == "AWS::SecretsManager::Secret" ? $"{m.Logical}-{m.Seed.Mixed(12)}" : $"{stack}-{logical}-{m.Seed.Capitals(12)}";
        return IsLower(m.Type) ? name.ToLowerInvariant() : name;
    }

    private static bool IsLower(string type) => type is "AWS::S3::Bucket" or "AWS::ECR::Repository"
        || type.StartsWith("AWS::RDS::", StringComparison.Ordinal) || type.StartsWith("AWS::ElastiCache::", StringComparison.Ordinal);

    private static int Limit(string type) => type switch
    {
        "AWS::ElasticLoadBalancingV2::LoadBalancer" or "AWS::ElasticLoadBalancingV2::TargetGroup" => 32,
        "AWS::ElastiCache::ReplicationGroup" or "AWS::ElastiCache::CacheCluster" => 40,
        "AWS::S3::Bucket" or "AWS::RDS::DBInstance" or "AWS::RDS::DBCluster" => 63,
        "AWS::IAM::Role" or "AWS::IAM::User" or "AWS::Lambda::Function" => 64,
        _ => 128,
    };
}
