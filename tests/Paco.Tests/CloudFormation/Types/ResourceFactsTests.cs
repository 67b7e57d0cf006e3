using System.Text.RegularExpressions;
using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;
using Paco.CloudFormation.Types;

namespace Paco.Tests.CloudFormation.Types;

public sealed partial class ResourceFactsTests
{
    private static readonly string[] Words =
    [
        "name", "arn", "id", "account", "region", "partition", "suffix", "uuid", "ip", "balancer", "gateway",
    ];

    public static TheoryData<string> Types => [.. ResourceFacts.Types];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_block_is_of_a_type_Amazon_publishes_and_says_where_it_is_from(string type)
    {
        Assert.NotNull(ResourceSchemas.Shared.Find(type));
        Assert.NotEmpty(ResourceFacts.Of(type).Source);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Everything_a_block_names_is_in_Amazons_schema(string type)
    {
        var facts = ResourceFacts.Of(type);
        var written = facts.Unique.SelectMany(u => u.Within.Concat(u.Keys))
            .Concat(facts.Moves.SelectMany(m => m.With)).Concat(facts.Loses.Concat(facts.Fixed).Select(l => l.Property.Split('.')[0]))
            .Concat(facts.Rolls?.With ?? []).Concat(facts.Stays).Concat(facts.Singles.Select(s => s.List))
            .Concat(new[] { facts.Spare?.Property, facts.Fixed.Select(f => f.Unless?.Property).FirstOrDefault() }.OfType<string>())
            .Concat(facts.Interruptions.SelectMany(i => i.With.Append(i.If).OfType<PropertyValue>().Select(w => w.Property)))
            .Concat(Parts(facts.Id)).Concat(Parts(facts.Arn)).Concat(Parts(facts.Taken)).Concat(Parts(facts.Busy))
            .Concat(new[] { facts.NameProperty, facts.DeletionGuard }.OfType<string>());
        Assert.Empty(written.Distinct().Except(Properties(type)));
        Assert.All(facts.Moves, m => Assert.True(ResourceSchemas.Shared.Find(type)!.HasAttribute(m.Name), m.Name));
        Assert.All(facts.Addresses, a => Assert.True(ResourceSchemas.Shared.Find(type)!.HasAttribute(a), a));
        Assert.All(facts.Identifies, attribute => Assert.True(ResourceSchemas.Shared.Find(type)!.HasAttribute(attribute), attribute));
        Assert.All(facts.Uses, use => Assert.Contains(use.Property, Properties(use.Type)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_block_does_not_repeat_what_the_schema_says(string type)
    {
        var (facts, schema) = (ResourceFacts.Of(type), new ResourceFacts(type));
        if (facts.WrittenName is { } name)
            Assert.NotEqual(name, schema.NameProperty ?? ResourceFacts.NoName);
        if (!facts.WrittenUnique.IsDefault)
            Assert.NotEqual(Said(facts.WrittenUnique), Said(schema.Unique));

        static IEnumerable<string> Said(IEnumerable<Uniqueness> unique) =>
            unique.Select(u =>
                $"{u.In} {string.Join('+', u.Within.Order(StringComparer.Ordinal))} {string.Join('+', u.Keys.Order(StringComparer.Ordinal))} {u.IsRange}");
    }

    [Fact]
    public void Every_type_the_project_makes_has_a_block()
    {
        var known = ResourceSchemas.Shared.TypeNames.ToHashSet(StringComparer.Ordinal);
        var made = Texts().SelectMany(text => TypesIn().Matches(text).Select(m => m.Groups[1].Value)).Where(known.Contains).Distinct()
            .ToList();
        Assert.True(made.Count > 40, "no types were found");
        Assert.Empty(made.Except(ResourceFacts.Types));
    }

    [Theory]
    [InlineData("AWS::DocDB::DBCluster")]
    [InlineData("AWS::Redshift::Cluster")]
    [InlineData("AWS::FSx::FileSystem")]
    [InlineData("AWS::Tomorrow::Something")]
    [InlineData("Custom::Thing")]
    public void A_type_without_a_block_holds_data(string type) => Assert.True(ResourceFacts.Of(type).HoldsData);

    // Who was given one of these uses this resource, or may use any other of the kind.
    [Theory]
    [InlineData("AWS::ElasticLoadBalancingV2::LoadBalancer", null, "World")]
    [InlineData("AWS::ElasticLoadBalancingV2::LoadBalancer", "DNSName", "World")]
    [InlineData("AWS::ElasticLoadBalancingV2::LoadBalancer", "CanonicalHostedZoneID", null)]
    [InlineData("AWS::EC2::SecurityGroup", null, "World")]
    [InlineData("AWS::EC2::SecurityGroup", "GroupId", "World")]
    [InlineData("AWS::EC2::VPC", "CidrBlock", null)]
    [InlineData("AWS::EC2::LaunchTemplate", "LatestVersionNumber", null)]
    [InlineData("AWS::EC2::EIP", "AllocationId", "World")]
    [InlineData("AWS::S3::Bucket", null, "World")]
    [InlineData("AWS::S3::BucketPolicy", null, null)]
    [InlineData("AWS::SQS::Queue", null, "World")]
    [InlineData("AWS::RDS::DBInstance", null, "Region")]
    [InlineData("AWS::RDS::DBInstance", "Endpoint.Address", "World")]
    [InlineData("AWS::RDS::DBInstance", "Endpoint.Port", null)]
    [InlineData("AWS::AutoScaling::AutoScalingGroup", null, "Region")]
    [InlineData("AWS::IAM::Role", null, "Account")]
    [InlineData("AWS::IAM::Role", "Arn", "World")]
    [InlineData("AWS::Route53::HostedZone", null, "World")]
    [InlineData("AWS::SSM::Parameter", "Value", null)]
    [InlineData("Custom::Thing", "Colour", null)]
    public void A_value_tells_a_resource_from_others_as_far_as_it_is_its_own(string type, string? attribute, string? among) =>
        Assert.Equal(among, ResourceFacts.Of(type).Identity(attribute)?.ToString());

    // What the CloudFormation linter calls stateful (StatefulResources.json, rule I3011).
    [Theory]
    [InlineData("AWS::Backup::BackupVault")]
    [InlineData("AWS::Cognito::UserPool")]
    [InlineData("AWS::DynamoDB::Table")]
    [InlineData("AWS::EC2::Volume")]
    [InlineData("AWS::EFS::FileSystem")]
    [InlineData("AWS::ElastiCache::ReplicationGroup")]
    [InlineData("AWS::KMS::Key")]
    [InlineData("AWS::Logs::LogGroup")]
    [InlineData("AWS::RDS::DBCluster")]
    [InlineData("AWS::RDS::DBInstance")]
    [InlineData("AWS::SDB::Domain")]
    [InlineData("AWS::SQS::Queue")]
    [InlineData("AWS::SecretsManager::Secret")]
    [InlineData("AWS::S3::Bucket")]
    // route53 CreateHostedZone: a zone made again has other name servers.
    [InlineData("AWS::Route53::HostedZone")]
    public void What_is_gone_for_good_is_held(string type) => Assert.True(ResourceFacts.Of(type).HoldsData);

    // Whoever leaves loses these in the same run: access is revoked, not lost.
    [Theory]
    [InlineData("AWS::IAM::User")]
    [InlineData("AWS::IAM::AccessKey")]
    [InlineData("AWS::IAM::Role")]
    [InlineData("AWS::CodeConnections::Connection")]
    // What stands in for nothing in an emptied stack.
    [InlineData("AWS::CloudFormation::WaitConditionHandle")]
    public void What_can_be_made_again_is_not_held(string type) => Assert.False(ResourceFacts.Of(type).HoldsData);

    // The last column is what the service answers to the second of its kind.
    [Theory]
    [InlineData("AWS::ElasticLoadBalancingV2::ListenerRule", "ListenerArn: Priority", "PriorityInUse")]
    [InlineData("AWS::ElasticLoadBalancingV2::Listener", "LoadBalancerArn: Port", "DuplicateListener")]
    [InlineData("AWS::ElasticLoadBalancingV2::LoadBalancer", "Region: Name", "DuplicateLoadBalancerName")]
    [InlineData("AWS::EC2::Subnet", "VpcId: CidrBlock", "InvalidSubnet.Conflict")]
    [InlineData("AWS::EC2::Route", "RouteTableId: DestinationCidrBlock+DestinationIpv6CidrBlock+DestinationPrefixListId",
        "RouteAlreadyExists")]
    [InlineData("AWS::EC2::SecurityGroup", "VpcId: GroupName", "InvalidGroup.Duplicate")]
    [InlineData("AWS::EC2::SecurityGroupEgress",
        "GroupId: IpProtocol+FromPort+ToPort+CidrIp+CidrIpv6+DestinationPrefixListId+DestinationSecurityGroupId",
        "InvalidPermission.Duplicate")]
    [InlineData("AWS::EC2::SubnetRouteTableAssociation", "Region: SubnetId", "Resource.AlreadyAssociated")]
    [InlineData("AWS::EC2::KeyPair", "Region: KeyName", "InvalidKeyPair.Duplicate")]
    [InlineData("AWS::Route53::RecordSet", "HostedZoneId+HostedZoneName: Name+Type+SetIdentifier", "InvalidChangeBatch")]
    [InlineData("AWS::AutoScaling::LifecycleHook", "AutoScalingGroupName: LifecycleHookName", "AlreadyExists")]
    [InlineData("AWS::CodeDeploy::DeploymentGroup", "ApplicationName: DeploymentGroupName", "DeploymentGroupAlreadyExistsException")]
    [InlineData("AWS::IAM::Role", "Account: RoleName", "EntityAlreadyExists")]
    [InlineData("AWS::S3::Bucket", "World: BucketName", "BucketAlreadyExists")]
    [InlineData("AWS::RDS::DBInstance", "Region: DBInstanceIdentifier", "DBInstanceAlreadyExists")]
    [InlineData("AWS::Lambda::EventSourceMapping", "FunctionName: EventSourceArn+Topics+Queues", "ResourceConflictException")]
    public void What_stands_once_among_its_neighbours(string type, string unique, string answer)
    {
        Assert.NotEmpty(answer);
        Assert.Contains(unique,
            ResourceFacts.Of(type).Unique.Select(u =>
                $"{(u.Within.IsEmpty ? u.In : string.Join('+', u.Within))}: {string.Join('+', u.Keys)}"));
    }

    // The right column is the Service Authorization Reference's form of the ARN, its variables filled in.
    [Theory]
    [InlineData("AWS::S3::Bucket", "arn:aws:s3:::shop")]
    [InlineData("AWS::IAM::Role", "arn:aws:iam::123456789012:role/shop")]
    [InlineData("AWS::IAM::ManagedPolicy", "arn:aws:iam::123456789012:policy/shop")]
    [InlineData("AWS::SNS::Topic", "arn:aws:sns:eu-west-1:123456789012:shop")]
    [InlineData("AWS::SQS::Queue", "arn:aws:sqs:eu-west-1:123456789012:shop")]
    [InlineData("AWS::RDS::DBInstance", "arn:aws:rds:eu-west-1:123456789012:db:shop")]
    [InlineData("AWS::RDS::DBCluster", "arn:aws:rds:eu-west-1:123456789012:cluster:shop")]
    [InlineData("AWS::Lambda::Function", "arn:aws:lambda:eu-west-1:123456789012:function:shop")]
    [InlineData("AWS::Events::Rule", "arn:aws:events:eu-west-1:123456789012:rule/shop")]
    [InlineData("AWS::CloudWatch::Alarm", "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:shop")]
    [InlineData("AWS::CloudWatch::Dashboard", "arn:aws:cloudwatch::123456789012:dashboard/shop")]
    [InlineData("AWS::CodeCommit::Repository", "arn:aws:codecommit:eu-west-1:123456789012:shop")]
    [InlineData("AWS::CodeBuild::Project", "arn:aws:codebuild:eu-west-1:123456789012:project/shop")]
    [InlineData("AWS::Backup::BackupVault", "arn:aws:backup:eu-west-1:123456789012:backup-vault:shop")]
    [InlineData("AWS::CloudTrail::Trail", "arn:aws:cloudtrail:eu-west-1:123456789012:trail/shop")]
    [InlineData("AWS::EFS::FileSystem", "arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/the-id")]
    [InlineData("AWS::Route53::HostedZone", "arn:aws:route53:::hostedzone/the-id")]
    [InlineData("AWS::ElasticLoadBalancingV2::LoadBalancer",
        "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/16 digits")]
    [InlineData("AWS::ElasticLoadBalancingV2::ListenerRule",
        "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener-rule/app/shop/1/16 digits")]
    public void An_ARN_has_the_form_of_its_service(string type, string arn) => Assert.Equal(arn, ResourceFacts.Of(type).Arn!.Fill(Part));

    [Fact]
    public void A_form_with_a_part_that_is_not_known_is_not_filled() =>
        Assert.Null(ResourceFacts.Of("AWS::SNS::Topic").Arn!.Fill(part => part == "account" ? null : "x"));

    [Fact]
    public void An_update_takes_half_and_a_deletion_no_longer_than_five_minutes()
    {
        var database = ResourceFacts.Of("AWS::RDS::DBInstance");
        Assert.Equal((600, 300, 300), (Seconds(ChangeKind.Create), Seconds(ChangeKind.Update), Seconds(ChangeKind.Delete)));
        // A search domain takes 15 to 30 minutes to go (measured by cdkd).
        Assert.InRange(ResourceFacts.Of("AWS::OpenSearchService::Domain").Takes(ChangeKind.Delete).TotalMinutes, 15, 30);
        // CloudFront spreads a change in about five minutes.
        Assert.Equal(5, ResourceFacts.Of("AWS::CloudFront::Distribution").Takes(ChangeKind.Update).TotalMinutes);

        double Seconds(ChangeKind kind) => database.Takes(kind).TotalSeconds;
    }

    // secretsmanager PutSecretValue: what was the current version becomes the previous one, and the one before goes.
    [Theory]
    [InlineData("GenerateSecretString.PasswordLength", "40", "the value in use")]
    [InlineData("GenerateSecretString", null, "the value in use")]
    [InlineData("SecretString", "other", "the value in use")]
    [InlineData("GenerateSecretStringOfAnotherKind", "x", null)]
    [InlineData("Description", "x", null)]
    public void A_property_may_take_something_with_it_when_it_changes(string path, string? after, string? lost)
    {
        var change = new ResourceChange("Secret", "AWS::SecretsManager::Secret", ChangeKind.Update,
            [new PropertyChange(path, "before", after, ForcesReplacement: false)]);
        Assert.Equal((lost, lost is not null), (change.Loses, change.DestroysData));
    }

    [Theory]
    [InlineData("BackupRetentionPeriod", "0", true)]
    [InlineData("BackupRetentionPeriod", "1", false)]
    [InlineData("BackupRetentionPeriod", null, false)]
    public void A_property_may_take_something_with_it_only_when_it_comes_to_a_value(string path, string? after, bool isLost)
    {
        var facts = ResourceTable.Read("AWS::RDS::DBInstance", "loses BackupRetentionPeriod=0: the backups");
        Assert.Equal(("the backups", isLost), (facts.Loses.Single().What, facts.Loses.Single().IsIn(path, after, null)));
    }

    [Theory]
    [InlineData("colour red")]
    [InlineData("takes 1/2")]
    [InlineData("loses Property")]
    [InlineData("unique A: B: C")]
    [InlineData("rolls 5: A")]
    [InlineData("interrupts sometimes 5: A")]
    [InlineData("interrupts outage: A")]
    public void A_line_nobody_can_read_is_refused(string line) =>
        Assert.Throws<InvalidDataException>(() => ResourceTable.Read("AWS::S3::Bucket", line));

    private static string? Part(string part) => part switch
    {
        "name" => "shop",
        "id" => "the-id",
        "account" => "123456789012",
        "region" => "eu-west-1",
        "partition" => "aws",
        "hex16" => "16 digits",
        "balancer" => "app",
        "ListenerArn" => "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/1",
        _ => null,
    };

    private static IEnumerable<string> Parts(IdentifierFormat? format) =>
        (format?.Parts ?? []).Where(part => !Words.Contains(part) && !AwsChooses().IsMatch(part));

    private static IReadOnlyList<string> Properties(string type) => ResourceSchemas.Shared.Find(type)?.Properties ?? [];

    // Rooms by their code and their pages, the starter by what it makes, and Paco 9's starter by what it made.
    private static IEnumerable<string> Texts() =>
        from file in Directory.EnumerateFiles(Repository.Path("src", "Paco"), "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.Path("tests", "projects"), "*", SearchOption.AllDirectories))
        let path = file.Replace('\\', '/')
        where path.EndsWith(".test.md", StringComparison.Ordinal) || path.EndsWith(".json", StringComparison.Ordinal)
            || path.EndsWith(".template", StringComparison.Ordinal)
            || (path.EndsWith(".cs", StringComparison.Ordinal) && Rooms().IsMatch(path))
        where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
        select File.ReadAllText(file);

    [GeneratedRegex("/src/Paco/(Resources|Network|Global|Stacks)/")]
    private static partial Regex Rooms();

    [GeneratedRegex(@"\b(AWS::\w+::\w+)(?!\w|::)")]
    private static partial Regex TypesIn();

    [GeneratedRegex(@"^(hex|mixed|capitals)\d+$")]
    private static partial Regex AwsChooses();
}
