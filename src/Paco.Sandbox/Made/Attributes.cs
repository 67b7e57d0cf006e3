using System.Text.Json.Nodes;
using Paco.CloudFormation.Schemas;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>Read-only attributes: those people read in realistic form, all others of the schema with a value of their type.</summary>
internal static class Attributes
{
    /// <summary>True where Fn::GetAtt may name it.</summary>
    public static bool Supports(string type, string attribute)
    {
        if (type.StartsWith("Custom::", StringComparison.Ordinal) || ResourceSchemas.Shared.Find(type) is not { } schema)
        {
            return true;
        }

        return schema.HasAttribute(attribute) || schema.Attributes.Any(a => a.StartsWith($"{attribute}.", StringComparison.Ordinal));
    }

    public static JsonObject Of(ResourceRequest m, string physical)
    {
        var made = new JsonObject();
        foreach (var attribute in m.Schema?.Attributes ?? [])
        {
            // What may be written is read from the properties, where an update changes it, and never made up.
            var value = Special(m, physical, attribute)
                ?? (m.Schema!.IsReadOnly(attribute.Replace('.', '/')) ? Generic(m, physical, attribute)
                : Identifier(m, physical, attribute));
            if (value is not null && Written(m.Properties, attribute) is null)
            {
                made[attribute] = value;
            }
        }

        return made;
    }

    /// <summary>The attributes after an update: those that move with what it changes are new.</summary>
    public static JsonObject Moved(ResourceRequest m, LiveResource before)
    {
        var attributes = before.Attributes.DeepClone().AsObject();
        var changed = Json.Differences(before.Properties, m.Properties).Select(path => path.Split('/')[0]).ToHashSet();
        var anew = m with { Seed = new DeterministicIds($"{before.Physical} {Json.Canonical(m.Properties)}") };
        foreach (var moving in m.Facts.Moves.Where(a => attributes.ContainsKey(a.Name)
            && (a.With.IsEmpty ? changed.Count > 0 : changed.Overlaps(a.With))))
        {
            attributes[moving.Name] = moving.Counts
                ? JsonValue.Create($"{int.Parse(attributes[moving.Name]!.ToString()) + 1}")
                : Of(anew, before.Physical)[moving.Name]?.DeepClone();
        }

        return attributes;
    }

    /// <summary>One attribute of what exists, whoever gives it its value; null where there is none.</summary>
    public static JsonNode? Get(Store store, LiveResource it, string attribute) =>
        FilledAttributes.Of(store, it, attribute) ?? Get(it.Attributes, it.Properties, attribute);

    /// <summary>One attribute of what exists, or of its properties; null where there is none.</summary>
    public static JsonNode? Get(JsonObject attributes, JsonObject properties, string attribute) => Written(properties, attribute)
        ?? attributes[attribute];

    private static JsonNode? Written(JsonObject properties, string attribute)
    {
        JsonNode? node = properties;
        foreach (var part in attribute.Split('.'))
        {
            node = (node as JsonObject)?[part];
        }

        return node;
    }

    private static JsonNode? Special(ResourceRequest m, string physical, string attribute)
    {
        var name = physical[(physical.LastIndexOf('/') + 1)..];
        return (m.Type, attribute) switch
        {
            ("AWS::EC2::EIP", "PublicIp") => physical,
            ("AWS::EC2::EIP", "AllocationId") => $"eipalloc-{m.Seed.Hex(17)}",
            ("AWS::EC2::SecurityGroup", "GroupId" or "Id") => physical,
            ("AWS::EC2::RouteTable" or "AWS::EC2::SubnetRouteTableAssociation", "Id") => physical,
            ("AWS::EC2::LaunchTemplate", "LatestVersionNumber" or "DefaultVersionNumber") => "1",
            ("AWS::EC2::NetworkInterface", "PrimaryPrivateIpAddress") => InterfaceAddresses.Primary(m, SubnetOf(m)),
            ("AWS::EC2::NetworkInterface", "SecondaryPrivateIpAddresses") => InterfaceAddresses.Secondary(m, physical, SubnetOf(m)),
            ("AWS::EC2::Instance", "PrivateIp") =>
                Addresses.Free(m.Store, m.Account, m.Region, SubnetOf(m), m.Seed),
            ("AWS::EC2::Instance", "PublicIp") => $"54.{m.Seed.Number(250)}.{m.Seed.Number(250, "b")}.{m.Seed.Number(250, "c")}",
            ("AWS::RDS::DBInstance", "Port") => DatabasePort(m.Text("Engine")),
            ("AWS::EC2::Instance", "AvailabilityZone") when SubnetOf(m) is { } subnet => Addresses.Zone(subnet),
            ("AWS::EC2::Instance" or "AWS::EC2::NetworkInterface", "VpcId") when SubnetOf(m) is { } subnet =>
                subnet.Properties["VpcId"]?.DeepClone(),
            ("AWS::EC2::Instance" or "AWS::EC2::Subnet", "AvailabilityZone") => $"{m.Region}a",
            ("AWS::EC2::VPC", "DefaultSecurityGroup") => $"sg-{m.Seed.Hex(17, "sg")}",
            ("AWS::EC2::VPC", "DefaultNetworkAcl") => $"acl-{m.Seed.Hex(17, "acl")}",
            ("AWS::ElasticLoadBalancingV2::LoadBalancer", "DNSName") =>
                $"{(m.Text("Scheme") == "internal" ? "internal-" : "")}{LoadBalancer(physical)}-{m.Seed.Digits(10)}.{m.Region}.elb.{SandboxContext.UrlSuffix(m.Region)}",
            ("AWS::ElasticLoadBalancingV2::LoadBalancer", "CanonicalHostedZoneID") => $"Z{new DeterministicIds(m.Region).Capitals(13)}",
            ("AWS::ElasticLoadBalancingV2::LoadBalancer", "LoadBalancerName") => LoadBalancer(physical),
            ("AWS::ElasticLoadBalancingV2::LoadBalancer", "LoadBalancerFullName") =>
                physical[(physical.IndexOf(":loadbalancer/", StringComparison.Ordinal) + 14)..],
            ("AWS::ElasticLoadBalancingV2::TargetGroup", "TargetGroupFullName") => physical[(physical.LastIndexOf(':') + 1)..],
            ("AWS::ElasticLoadBalancingV2::TargetGroup", "TargetGroupName") => LoadBalancer(physical),
            ("AWS::RDS::DBInstance" or "AWS::RDS::DBCluster", "Endpoint.Address") =>
                $"{physical}.{m.Seed.Hex(12)}.{m.Region}.rds.{SandboxContext.UrlSuffix(m.Region)}",
            ("AWS::RDS::DBInstance" or "AWS::RDS::DBCluster", "Endpoint.Port") => m.Text("Port") ?? DatabasePort(m.Text("Engine")),
            ("AWS::RDS::DBInstance", "DbiResourceId") => $"db-{m.Seed.Capitals(26)}",
            ("AWS::S3::Bucket", "DomainName") => $"{physical}.s3.{SandboxContext.UrlSuffix(m.Region)}",
            ("AWS::S3::Bucket", "RegionalDomainName") => $"{physical}.s3.{m.Region}.{SandboxContext.UrlSuffix(m.Region)}",
            ("AWS::S3::Bucket", "DualStackDomainName") => $"{physical}.s3.dualstack.{m.Region}.{SandboxContext.UrlSuffix(m.Region)}",
            ("AWS::S3::Bucket", "WebsiteURL") => $"http://{physical}.s3-website-{m.Region}.{SandboxContext.UrlSuffix(m.Region)}",
            ("AWS::Route53::HostedZone", "NameServers") => NameServers(m),
            ("AWS::IAM::Role", "RoleId") => $"AROA{m.Seed.Capitals(17)}",
            ("AWS::IAM::AccessKey", "SecretAccessKey") => m.Seed.Mixed(40),
            ("AWS::CloudFront::Distribution", "DomainName") => $"d{m.Seed.Hex(13)}.cloudfront.net",
            ("AWS::SNS::Topic", "TopicName") => physical[(physical.LastIndexOf(':') + 1)..],
            ("AWS::SQS::Queue", "QueueName") => name,
            ("AWS::CodeCommit::Repository", "Name") => m.Text("RepositoryName"),
            ("AWS::CodeCommit::Repository", "CloneUrlHttp") =>
                $"https://git-codecommit.{m.Region}.{SandboxContext.UrlSuffix(m.Region)}/v1/repos/{m.Text("RepositoryName")}",
            ("AWS::CodeCommit::Repository", "CloneUrlSsh") =>
                $"ssh://git-codecommit.{m.Region}.{SandboxContext.UrlSuffix(m.Region)}/v1/repos/{m.Text("RepositoryName")}",
            ("AWS::ECR::Repository", "RepositoryUri") =>
                $"{m.Account}.dkr.ecr.{m.Region}.{SandboxContext.UrlSuffix(m.Region)}/{physical}",
            ("AWS::CodePipeline::Pipeline", "Version") => "1",
            _ => null,
        };
    }

    private static LiveResource? SubnetOf(ResourceRequest m) =>
        m.Text("SubnetId") is { } id ? m.Store.Find(m.Account, m.Region, "AWS::EC2::Subnet", id) : null;

    private static JsonValue? Identifier(ResourceRequest m, string physical, string attribute) =>
        m.Schema!.PrimaryIdentifier is [var only] && only == attribute ? JsonValue.Create(physical) : null;

    private static JsonNode Generic(ResourceRequest m, string physical, string attribute)
    {
        var last = attribute[(attribute.LastIndexOf('.') + 1)..];
        if (Identifier(m, physical, attribute) is { } identifier)
        {
            return identifier;
        }

        if (attribute.EndsWith("Arn", StringComparison.Ordinal) || attribute.EndsWith("ARN", StringComparison.Ordinal))
        {
            return physical.StartsWith("arn:", StringComparison.Ordinal) ? physical : Arns.Of(m, physical);
        }

        return m.Schema!.AttributeType(attribute) switch
        {
            "integer" or "number" => m.Seed.Number(1000, attribute) + 1,
            "boolean" => false,
            "array" => new JsonArray(),
            "object" => new JsonObject(),
            _ when last.EndsWith("Time", StringComparison.Ordinal) || last.EndsWith("At", StringComparison.Ordinal) => Wire.Text.Iso(m.Now),
            _ when last.EndsWith("Id", StringComparison.Ordinal) => m.Seed.Hex(17, attribute),
            _ => $"{m.Logical}-{last}-{m.Seed.Hex(8, attribute)}",
        };
    }

    private static string LoadBalancer(string arn) => arn.Split('/') is [.., var name, _] ? name : arn;

    private static string DatabasePort(string? engine) => engine switch
    {
        _ when engine?.Contains("postgres", StringComparison.Ordinal) == true => "5432",
        _ when engine?.StartsWith("sqlserver", StringComparison.Ordinal) == true => "1433",
        _ when engine?.StartsWith("oracle", StringComparison.Ordinal) == true => "1521",
        _ => "3306",
    };

    private static JsonArray NameServers(ResourceRequest m) =>
        new([.. ((string[])["com", "net", "org", "co.uk"])
            .Select((tld, i) => JsonValue.Create(
            $"ns-{m.Seed.Number(500, tld) + (i * 512)}.awsdns-{m.Seed.Number(64, $"{tld}x"):00}.{tld}"))]);
}
