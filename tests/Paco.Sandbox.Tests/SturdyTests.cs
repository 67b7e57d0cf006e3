using System.Text.Json.Nodes;
using Paco.CloudFormation.Schemas;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Tests;

public sealed class SturdyTests
{
    private const string Sample = """
        {
          "Parameters": {"P": {"Type": "String", "Default": "x", "AllowedValues": ["x"]}, "L": {"Type": "CommaDelimitedList", "Default": "a,b"}},
          "Mappings": {"M": {"a": {"b": "c"}}},
          "Conditions": {"C": {"Fn::Equals": [{"Ref": "P"}, "x"]}},
          "Resources": {
            "Zone": {"Type": "AWS::Route53::HostedZone", "Properties": {"Name": "example.com"}},
            "Set": {"Type": "AWS::Route53::RecordSetGroup", "Properties": {"HostedZoneId": {"Ref": "Zone"}, "RecordSets": [{"Name": "a.example.com", "Type": "A", "TTL": 1, "ResourceRecords": ["1.1.1.1"]}]}},
            "Cert": {"Type": "AWS::CertificateManager::Certificate", "Properties": {"DomainName": "example.com", "ValidationMethod": "DNS", "DomainValidationOptions": [{"DomainName": "example.com", "HostedZoneId": {"Ref": "Zone"}}]}},
            "Secret": {"Type": "AWS::SecretsManager::Secret", "Properties": {"GenerateSecretString": {"SecretStringTemplate": "{}", "GenerateStringKey": "k", "PasswordLength": 9}}},
            "Topic": {"Type": "AWS::SNS::Topic", "Condition": "C", "DependsOn": ["Zone"], "Properties": {"DisplayName": {"Fn::Sub": ["${a}${P}", {"a": {"Fn::Select": [0, {"Ref": "L"}]}}]}}},
            "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": {"Fn::FindInMap": ["M", "a", "b"]}, "Tags": [{"Key": "k", "Value": {"Fn::Join": ["-", ["a", {"Ref": "AWS::Region"}]]}}]}},
            "Bucket": {"Type": "AWS::S3::Bucket", "DeletionPolicy": "Delete", "Metadata": {"a": 1}, "Properties": {"BucketName": {"Fn::If": ["C", "abc", {"Ref": "AWS::NoValue"}]}}}
          },
          "Outputs": {"O": {"Value": {"Fn::GetAtt": ["Topic", "TopicArn"]}, "Export": {"Name": "e"}, "Condition": "C"}, "Z": {"Value": {"Fn::Join": [",", {"Fn::GetAtt": ["Zone", "NameServers"]}]}}}
        }
        """;

    /// <summary>Whatever stands where something else should: AWS's words for it, or a failed resource; never a failure of ours.</summary>
    [Fact]
    public async Task No_template_makes_the_sandbox_stumble()
    {
        var random = new Random(20261122);
        for (var i = 0; i < 300; i++)
        {
            await using var bench = new Bench();
            var template = JsonNode.Parse(Sample)!;
            Mutate(template, random);
            var text = template.ToJsonString();
            try
            {
                await bench.Create("s", text);
                Assert.DoesNotContain(await bench.Events("s"), e => e.Contains("Internal Failure", StringComparison.Ordinal));
                await bench.Cfn("DeleteStack", "StackName=s");
                await bench.Cfn("ListStacks");
            }
            catch (Refusal refusal)
            {
                Assert.True(refusal.Code != "InternalFailure", $"{refusal.Words}\n{text}");
            }
        }
    }

    [Fact]
    public void Every_type_gets_an_id_and_attributes()
    {
        using var store = new Store(Database.Open(null));
        foreach (var type in ResourceSchemas.Shared.TypeNames)
        {
            var schema = ResourceSchemas.Shared.Find(type)!;
            var making = new ResourceRequest(store, "111111111111", "us-west-2", type, schema, [], new DeterministicIds(type),
                DateTimeOffset.UnixEpoch) { Logical = "It", StackName = "stack", StackId = "arn:stack" };
            var physical = PhysicalIds.Of(making);
            var attributes = Attributes.Of(making, physical);
            var unset = schema.Attributes.Where(a => !attributes.ContainsKey(a) && schema.IsReadOnly(a.Replace('.', '/')));
            Assert.True(physical.Length > 0
                || type is "AWS::Route53::RecordSet" or "AWS::S3::BucketPolicy" or "AWS::SecretsManager::SecretTargetAttachment", type);
            Assert.True(!unset.Any(), $"{type}: {string.Join(", ", unset)}");
        }

    }

    [Theory]
    [InlineData("AWS::ElasticLoadBalancingV2::LoadBalancer", "{}",
        "^arn:aws:elasticloadbalancing:us-west-2:111111111111:loadbalancer/app/stack-It-[A-Z0-9]{12}/[0-9a-f]{16}$")]
    [InlineData("AWS::IAM::Role", "{}", "^stack-It-[A-Z0-9]{12}$")]
    [InlineData("AWS::IAM::ManagedPolicy", "{\"ManagedPolicyName\": \"p\", \"Path\": \"/x/\"}", "^arn:aws:iam::111111111111:policy/x/p$")]
    [InlineData("AWS::EC2::SecurityGroup", "{\"GroupName\": \"g\"}", "^sg-[0-9a-f]{17}$")]
    [InlineData("AWS::EC2::Route", "{\"RouteTableId\": \"rtb-1\", \"DestinationCidrBlock\": \"0.0.0.0/0\"}", "^rtb-1\\|0.0.0.0/0$")]
    [InlineData("AWS::SNS::Topic", "{\"TopicName\": \"t\"}", "^arn:aws:sns:us-west-2:111111111111:t$")]
    [InlineData("AWS::RDS::DBInstance", "{}", "^stack-it-[a-z0-9]{12}$")]
    [InlineData("AWS::CodeBuild::Project", "{\"Name\": \"build\"}", "^build$")]
    [InlineData("AWS::Logs::LogGroup", "{\"LogGroupName\": \"/a/b\"}", "^/a/b$")]
    [InlineData("AWS::KMS::Key", "{}", "^[0-9a-f]{8}-")]
    public void Ids_have_the_form_they_have_on_AWS(string type, string properties, string pattern)
    {
        using var store = new Store(Database.Open(null));
        var making = new ResourceRequest(store, "111111111111", "us-west-2", type, ResourceSchemas.Shared.Find(type),
            JsonNode.Parse(properties)!.AsObject(), new DeterministicIds("s"), DateTimeOffset.UnixEpoch)
        {
            Logical = "It",
            StackName = "stack",
        };
        Assert.Matches(pattern, PhysicalIds.Of(making));
    }

    private static void Mutate(JsonNode root, Random random)
    {
        var nodes = new List<JsonNode>();
        Collect(root, nodes);
        var victim = nodes[random.Next(1, nodes.Count)];
        JsonNode?[] strange =
            [JsonValue.Create(1), JsonValue.Create("Zone"), new JsonArray(), new JsonObject(), JsonValue.Create(true),
            new JsonObject { ["Ref"] = new JsonArray() }, new JsonObject { ["Fn::GetAtt"] = "Zone" }, new JsonArray("a", 2), null];
        victim.ReplaceWith(strange[random.Next(strange.Length)]);
    }

    private static void Collect(JsonNode? node, List<JsonNode> into)
    {
        if (node is null)
        {
            return;
        }

        into.Add(node);
        foreach (var child in node switch { JsonObject map => map.Select(p => p.Value), JsonArray items => items, _ => [] })
        {
            Collect(child, into);
        }
    }
}
