using System.Text;
using System.Text.Json.Nodes;
using Paco.Aws.Wire;
using Paco.Clouds;
using Paco.Diagnostics;

namespace Paco.Aws.Tests.Moto;

[Collection(MotoCollection.Name)]
public sealed class ServiceTests(MotoServer moto)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [MotoFact]
    public async Task A_key_pair_shows_its_private_key_once()
    {
        using var cloud = Clouds.AtMoto(moto);
        var ec2 = cloud.Ec2(Clouds.Dev);

        Assert.Null(await ec2.DescribeKeyPair("jane", None));
        var made = await ec2.CreateKeyPair("jane", [new("for", "me")], None);

        Assert.Contains("PRIVATE KEY-----", made.PrivateKey.Reveal(), StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY-----", made.ToString(), StringComparison.Ordinal);
        await ec2.CreateTag(made.Pair.Id, new("for", "you"), None);
        var there = await ec2.DescribeKeyPair("jane", None);
        Assert.Equal((made.Pair.Id, made.Pair.Fingerprint, "you"), (there!.Id, there.Fingerprint, there.Tags["for"]));
        var twice = await Assert.ThrowsAsync<CloudException>(() => ec2.CreateKeyPair("jane", [new("for", "me")], None));
        Assert.Equal(CloudErrorKind.AlreadyExists, twice.Kind);

        await ec2.DeleteKeyPair("jane", None);
        Assert.Null(await ec2.DescribeKeyPair("jane", None));
    }

    [MotoFact]
    public async Task A_group_has_servers_with_private_addresses()
    {
        using var cloud = Clouds.AtMoto(moto);
        const string Servers = """
            Resources:
              Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.9.0.0/16}}
              Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.9.4.0/24}}
              Template:
                Type: AWS::EC2::LaunchTemplate
                Properties: {LaunchTemplateName: servers, LaunchTemplateData: {InstanceType: t3.small, ImageId: ami-12c6146b}}
              Group:
                Type: AWS::AutoScaling::AutoScalingGroup
                Properties:
                  AutoScalingGroupName: servers
                  MinSize: "2"
                  MaxSize: "2"
                  DesiredCapacity: "2"
                  VPCZoneIdentifier: [!Ref Subnet]
                  LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}
            """;
        await cloud.CloudFormation(Clouds.Dev).CreateStack(Clouds.Stack("servers", Servers), None);

        var members = await cloud.AutoScaling(Clouds.Dev).DescribeInstances(["servers", "nobody"], None);
        var instances = await cloud.Ec2(Clouds.Dev).DescribeInstances([.. members.Select(m => m.Id), "i-0123456789abcdef0"], None);

        Assert.Equal(2, members.Length);
        Assert.All(members, m => Assert.Equal(("servers", "InService"), (m.GroupName, m.LifecycleState)));
        Assert.Equal(members.Select(m => m.Id).Order(), instances.Select(i => i.Id).Order());
        Assert.All(instances, i => Assert.StartsWith("10.9.4.", i.PrivateAddress, StringComparison.Ordinal));
        Assert.Empty(await cloud.AutoScaling(Clouds.Dev).DescribeInstances(["nobody"], None));
    }

    [MotoFact]
    public async Task A_topic_lists_its_subscriptions()
    {
        using var cloud = Clouds.AtMoto(moto);
        const string Topic = """
            Resources:
              Topic:
                Type: AWS::SNS::Topic
                Properties:
                  Subscription: [{Protocol: sms, Endpoint: '+12065550100'}]
            Outputs:
              Arn: {Value: !Ref Topic}
            """;
        await cloud.CloudFormation(Clouds.Dev).CreateStack(Clouds.Stack("topic", Topic), None);
        var arn = (await cloud.CloudFormation(Clouds.Dev).DescribeStack("topic", None))!.Outputs["Arn"];
        var sns = cloud.Sns(Clouds.Dev);

        var subscription = Assert.Single(await sns.ListSubscriptionsByTopic(arn, None));

        Assert.Equal(("sms", "+12065550100", false), (subscription.Protocol, subscription.Endpoint, subscription.IsPending));
        Assert.Empty(await sns.ListSubscriptionsByTopic($"{arn}-gone", None));
    }

    [MotoFact]
    public async Task A_log_group_tells_what_was_written_to_it()
    {
        using var cloud = Clouds.AtMoto(moto);
        await cloud.CloudFormation(Clouds.Dev).CreateStack(Clouds.Stack("logs", """
            Resources:
              Group: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: shop}}
            """), None);
        var now = TimeProvider.System.GetUtcNow();
        async Task Write(string operation, JsonObject body)
        {
            (body["logGroupName"], body["logStreamName"]) = ("shop", "i-1");
            // What makes a stream is answered with nothing.
            await cloud.CallerAt(Clouds.Dev).Answer(
                WireRequest.Json(AwsService.CloudWatchLogs, "Logs_20140328", operation, body, repeatable: false), answer => answer, None);
        }

        await Write("CreateLogStream", []);
        await Write("PutLogEvents", new JsonObject
        {
            ["logEvents"] = new JsonArray(
                new JsonObject { ["timestamp"] = now.ToUnixTimeMilliseconds() - 1, ["message"] = "ERROR one" },
                new JsonObject { ["timestamp"] = now.ToUnixTimeMilliseconds(), ["message"] = "two" }),
        });
        var logs = cloud.CloudWatchLogs(Clouds.Dev);
        var found = await logs.FilterLogEvents(new LogEventFilter("shop", now.AddHours(-1), "ERROR"), null, None);

        Assert.Equal(["i-1"], await logs.DescribeLogStreams("shop", 5, None));
        Assert.Equal(["ERROR one", "two"], (await logs.GetLogEvents("shop", "i-1", 5, None)).Select(e => e.Message));
        Assert.Equal(("ERROR one", "i-1"), (Assert.Single(found!.Events).Message, found.Events[0].Stream));
        Assert.Null(await logs.DescribeLogStreams("nobody", 5, None));
        Assert.Null(await logs.FilterLogEvents(new LogEventFilter("nobody", now, null), null, None));
        Assert.Empty(await logs.GetLogEvents("nobody", "i-1", 5, None));
    }

    [MotoFact]
    public async Task The_newest_image_of_Amazon_Linux_is_found()
    {
        using var cloud = Clouds.AtMoto(moto);
        var ssm = cloud.Ssm(Clouds.Dev);

        var image = await ssm.GetParameter("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64", None);

        Assert.StartsWith("ami-", image, StringComparison.Ordinal);
        Assert.Null(await ssm.GetParameter("/aws/service/ami-amazon-linux-latest/no-such-image", None));
    }

    [MotoFact]
    public async Task A_hosted_zone_lists_the_record_written_to_it()
    {
        using var cloud = Clouds.AtMoto(moto);
        const string Zone = "Resources: {Zone: {Type: 'AWS::Route53::HostedZone', Properties: {Name: shop.example.}}}";
        await cloud.CloudFormation(Clouds.Dev).CreateStack(Clouds.Stack("zone", Zone), None);
        var dns = cloud.Route53(Clouds.Dev);

        var zone = await MadeIn(cloud, "zone");
        var record = new DnsRecord("_x1.*.shop.example", "CNAME", 300, ["_y2.acm-validations.aws."]);
        await dns.UpsertRecord(zone, record with { Ttl = 60 }, None);
        await dns.UpsertRecord(zone, record, None);

        var read = Assert.Single(await dns.ListRecords(zone, None), r => r.Type == "CNAME");
        Assert.Equal((record.Name, record.Ttl, record.Values[0]), (read.Name, read.Ttl, Assert.Single(read.Values)));
    }

    [MotoFact]
    public async Task More_records_than_a_page_holds_are_all_listed()
    {
        using var cloud = Clouds.AtMoto(moto);
        const string Zone = "Resources: {Zone: {Type: 'AWS::Route53::HostedZone', Properties: {Name: big.example.}}}";
        await cloud.CloudFormation(Clouds.Dev).CreateStack(Clouds.Stack("bigzone", Zone), None);
        var dns = cloud.Route53(Clouds.Dev);
        var zone = await MadeIn(cloud, "bigzone");
        await Task.WhenAll(Enumerable.Range(0, 320)
            .Select(i => dns.UpsertRecord(zone, new DnsRecord($"r{i}.big.example", "A", 60, ["10.0.0.1"]), None)));

        Assert.Equal(320, (await dns.ListRecords(zone, None)).Count(r => r.Type == "A"));
    }

    private static async Task<string> MadeIn(AwsCloud cloud, string stack) =>
        Assert.Single(await cloud.CloudFormation(Clouds.Dev).DescribeStackResources(stack, None)).PhysicalResourceId;

    [MotoFact]
    public async Task Certificates_of_every_key_type_are_listed_and_described()
    {
        using var cloud = Clouds.AtMoto(moto);
        await Request(cloud, "shop.example", "EC_prime256v1");
        await Request(cloud, "api.shop.example", "RSA_2048");
        var acm = cloud.Acm(Clouds.Dev);

        var all = await acm.ListCertificates(None);
        Assert.Equal(["api.shop.example", "shop.example"], all.Select(c => c.DomainName).Order());
        var summary = all.Single(c => c.DomainName == "shop.example");
        var certificate = await acm.DescribeCertificate(summary.Arn, None);

        Assert.Equal("shop.example", certificate!.DomainName);
        Assert.Equal("CNAME", Assert.Single(certificate.Validations).Record!.Type);
        Assert.Null(await acm.DescribeCertificate(summary.Arn[..^4] + "0000", None));
    }

    [MotoFact]
    public async Task A_secret_gets_a_value_and_shows_that_it_has_one()
    {
        using var cloud = Clouds.AtMoto(moto);
        var made = new JsonObject
        {
            ["Name"] = "netenv.shop", ["SecretString"] = "placeholder", ["ClientRequestToken"] = new string('1', 32),
        };
        await cloud.CallerAt(Clouds.Dev).Json(
            WireRequest.Json(AwsService.SecretsManager, "secretsmanager", "CreateSecret", made, repeatable: false), _ => true, None);
        var secrets = cloud.SecretsManager(Clouds.Dev);
        Assert.Equal(("netenv.shop", 1), Of(await secrets.DescribeSecret("netenv.shop", None)));

        await secrets.PutSecretValue("netenv.shop", new Secret("a \"word\" ü"), None);

        Assert.Equal(("netenv.shop", 2), Of(Assert.Single(await secrets.ListSecrets("netenv.", None))));
        Assert.Empty(await secrets.ListSecrets("other.", None));
        Assert.Null(await secrets.DescribeSecret("netenv.nobody", None));

        static (string, int) Of(StoredSecret? secret) => (secret!.Name, secret.Versions);
    }

    [MotoFact]
    public async Task A_bucket_is_made_private_filled_emptied_and_deleted()
    {
        using var cloud = Clouds.AtMoto(moto);
        var s3 = cloud.S3(Clouds.Dev);
        var bucket = "paco-private";
        var content = Encoding.UTF8.GetBytes("Resources: {}");

        Assert.False(await s3.BucketExists(bucket, None));
        await s3.CreateBucket(bucket, None);
        await s3.CreateBucket(bucket, None);
        Assert.True(await s3.BucketExists(bucket, None));

        await s3.PutObject(bucket, "templates/a b+c&ü.yaml", content, None);
        await s3.PutObject(bucket, "templates/a b+c&ü.yaml", content, None);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => s3.PutObject(bucket, $"k{i}", content, None)));
        Assert.Equal(content, await s3.GetObject(bucket, "templates/a b+c&ü.yaml", None));
        Assert.Null(await s3.GetObject(bucket, "no-such-key", None));
        Assert.Null(await s3.GetObject(bucket + "x", "no-such-bucket", None));

        var full = await Assert.ThrowsAsync<CloudException>(() => s3.DeleteBucket(bucket, None));
        Assert.Equal("BucketNotEmpty", full.Code);
        Assert.False(await s3.IsEmpty(bucket, None));
        await s3.EmptyBucket(bucket, None);
        Assert.True(await s3.IsEmpty(bucket, None));
        await s3.DeleteBucket(bucket, None);
        await s3.EmptyBucket(bucket, None);
        Assert.False(await s3.BucketExists(bucket, None));
    }

    [MotoFact]
    public async Task CloudFormation_reads_a_template_from_the_address_of_its_object()
    {
        // moto takes an address for one of its own only where it says localhost.
        var options = Clouds.Options(Clouds.Account("dev", Clouds.NewAccountId(), "Admin"));
        using var cloud = AwsCloud.Create(options with { EndpointUrl = moto.Address.Replace("127.0.0.1", "localhost",
            StringComparison.Ordinal) });
        var s3 = cloud.S3(Clouds.Dev);
        var bucket = "paco-localhost";
        await s3.CreateBucket(bucket, None);
        await s3.PutObject(bucket, "t/topic.yaml", Encoding.UTF8.GetBytes("Resources: {Topic: {Type: 'AWS::SNS::Topic'}}"), None);

        var stacks = cloud.CloudFormation(Clouds.Dev);
        await stacks.CreateStack(Clouds.Stack("from-s3", "") with { Template = new(null, s3.ObjectUrl(bucket, "t/topic.yaml")) }, None);

        Assert.Equal("Topic", Assert.Single(await stacks.DescribeStackResources("from-s3", None)).LogicalResourceId);
    }

    [MotoFact]
    public async Task An_organization_gets_an_account()
    {
        using var cloud = Clouds.AtMoto(moto);
        var organizations = cloud.Organizations(Clouds.Dev);

        Assert.Null(await organizations.DescribeOrganization(None));
        await organizations.CreateOrganization(None);
        Assert.True((await organizations.DescribeOrganization(None))!.HasAllFeatures);

        var started = await organizations.CreateAccount("prod", "prod@example.com", "Paco-Admin-Delegate", None);
        var done = await organizations.DescribeCreateAccountStatus(started.RequestId, None);

        Assert.Equal("SUCCEEDED", done.State);
        var accounts = await organizations.ListAccounts(None);
        Assert.Equal(["master", "prod"], accounts.Select(a => a.Name).Order());
        Assert.Equal(done.AccountId, accounts.Single(a => a.Name == "prod").Id);
    }

    private static async Task Request(AwsCloud cloud, string domain, string keyAlgorithm)
    {
        var body = new JsonObject { ["DomainName"] = domain, ["ValidationMethod"] = "DNS", ["KeyAlgorithm"] = keyAlgorithm };
        await cloud.CallerAt(Clouds.Dev).Json(
            WireRequest.Json(AwsService.Acm, "CertificateManager", "RequestCertificate", body, repeatable: false), _ => true, None);
    }
}
