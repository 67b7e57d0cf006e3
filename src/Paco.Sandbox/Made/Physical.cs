namespace Paco.Sandbox.Made;

/// <summary>Physical ids: what Ref gives and DescribeStackResources shows.</summary>
internal static class Physical
{
    public static string Of(Making m) => m.Type switch
    {
        "AWS::EC2::EIP" => $"{52 + m.Seed.Number(3)}.{m.Seed.Number(250, "b") + 1}.{m.Seed.Number(250, "c") + 1}.{m.Seed.Number(250, "d") + 1}",
        "AWS::EC2::Route" => $"{m.Text("RouteTableId")}|{m.Text("DestinationCidrBlock") ?? m.Text("DestinationIpv6CidrBlock") ?? m.Text("DestinationPrefixListId")}",
        "AWS::Logs::MetricFilter" => m.Text("FilterName") ?? Names.Generated(m, 128),
        "AWS::EC2::VPCGatewayAttachment" => $"{(m.Properties.ContainsKey("InternetGatewayId") ? "IGW" : "VGW")}|{m.Text("VpcId")}",
        "AWS::CloudFormation::WaitConditionHandle" => WaitHandle(m),
        "AWS::Route53::HostedZone" => $"Z{m.Seed.Capitals(20)}",
        "AWS::CloudFront::Distribution" => $"E{m.Seed.Capitals(13)}",
        "AWS::IAM::AccessKey" => $"AKIA{m.Seed.Capitals(16)}",
        "AWS::Route53::RecordSet" => m.Text("Name") ?? "",
        "AWS::S3::BucketPolicy" => m.Text("Bucket") ?? "",
        "AWS::SecretsManager::SecretTargetAttachment" => m.Text("SecretId") ?? "",
        "AWS::Cognito::UserPool" => $"{m.Region}_{m.Seed.Mixed(9)}",
        "AWS::SecretsManager::Secret" or "AWS::CertificateManager::Certificate" => Arns.Of(m, Names.Of(m)),
        "AWS::SQS::Queue" => $"https://sqs.{m.Region}.{World.UrlSuffix(m.Region)}/{m.Account}/{Names.Of(m)}",
        "AWS::KMS::Key" or "AWS::CodeCommit::Repository" or "AWS::Route53::HealthCheck" or "AWS::Backup::BackupPlan" => m.Seed.Uuid(),
        "AWS::IAM::Policy" or "AWS::SNS::TopicPolicy" or "AWS::EC2::NetworkAclEntry" => Names.Generated(m, 128),
        _ => Prefix(m.Type) is { } prefix ? $"{prefix}-{m.Seed.Hex(17)}" : FromSchema(m),
    };

    private static string FromSchema(Making m)
    {
        if (m.Schema is null || m.Schema.PrimaryIdentifier is not [var first, ..])
        {
            return Names.Of(m);
        }

        if (m.Schema.PrimaryIdentifier.Count > 1)
        {
            return OfParts(m, m.Schema.PrimaryIdentifier);
        }

        return m.Schema.Properties.Contains(first) ? m.Text(first) ?? Names.Of(m)
            : first.EndsWith("Arn", StringComparison.OrdinalIgnoreCase) || first.EndsWith("ARN", StringComparison.Ordinal)
                ? Arns.Of(m, Names.Of(m))
            : Names.Explicit(m) ?? (first == "Id" || first.EndsWith("Name", StringComparison.Ordinal) ? Names.Of(m) : m.Seed.Uuid());
    }

    /// <summary>Several parts: joined where all are given, else the part that is AWS's or CloudFormation's to make.</summary>
    private static string OfParts(Making m, IReadOnlyList<string> parts) => parts.FirstOrDefault(part => m.Text(part) is null) switch
    {
        null => string.Join("|", parts.Select(m.Text)),
        var missing when m.Schema!.IsReadOnly(missing) && missing.EndsWith("Id", StringComparison.Ordinal) => m.Seed.Hex(10),
        _ => Names.Generated(m, 128),
    };

    private static string WaitHandle(Making m) =>
        $"https://cloudformation-waitcondition-{m.Region}.s3.{m.Region}.{World.UrlSuffix(m.Region)}/" + Uri.EscapeDataString(
            $"{m.StackId}/{m.Logical}") + $"?Signature={m.Seed.Hex(32)}";

    /// <summary>The prefixes of EC2's ids and their like.</summary>
    private static string? Prefix(string type) => type switch
    {
        "AWS::EC2::VPC" => "vpc",
        "AWS::EC2::Subnet" => "subnet",
        "AWS::EC2::SecurityGroup" => "sg",
        "AWS::EC2::SecurityGroupIngress" or "AWS::EC2::SecurityGroupEgress" => "sgr",
        "AWS::EC2::RouteTable" => "rtb",
        "AWS::EC2::SubnetRouteTableAssociation" or "AWS::EC2::GatewayRouteTableAssociation" => "rtbassoc",
        "AWS::EC2::InternetGateway" => "igw",
        "AWS::EC2::EgressOnlyInternetGateway" => "eigw",
        "AWS::EC2::NatGateway" => "nat",
        "AWS::EC2::NetworkAcl" => "acl",
        "AWS::EC2::SubnetNetworkAclAssociation" => "aclassoc",
        "AWS::EC2::NetworkInterface" => "eni",
        "AWS::EC2::NetworkInterfaceAttachment" => "eni-attach",
        "AWS::EC2::EIPAssociation" => "eipassoc",
        "AWS::EC2::Instance" => "i",
        "AWS::EC2::LaunchTemplate" => "lt",
        "AWS::EC2::Volume" => "vol",
        "AWS::EC2::VPCEndpoint" => "vpce",
        "AWS::EC2::VPCPeeringConnection" => "pcx",
        "AWS::EC2::VPCCidrBlock" => "vpc-cidr-assoc",
        "AWS::EC2::SubnetCidrBlock" => "subnet-cidr-assoc",
        "AWS::EC2::FlowLog" => "fl",
        "AWS::EC2::DHCPOptions" => "dopt",
        "AWS::EC2::CustomerGateway" => "cgw",
        "AWS::EC2::VPNGateway" => "vgw",
        "AWS::EC2::VPNConnection" => "vpn",
        "AWS::EC2::TransitGateway" => "tgw",
        "AWS::EC2::TransitGatewayAttachment" or "AWS::EC2::TransitGatewayVpcAttachment" => "tgw-attach",
        "AWS::EC2::TransitGatewayRouteTable" => "tgw-rtb",
        "AWS::EC2::PrefixList" => "pl",
        "AWS::EFS::FileSystem" => "fs",
        "AWS::EFS::MountTarget" => "fsmt",
        "AWS::EFS::AccessPoint" => "fsap",
        "AWS::Organizations::OrganizationalUnit" => "ou",
        "AWS::Organizations::Policy" => "p",
        _ => null,
    };
}
