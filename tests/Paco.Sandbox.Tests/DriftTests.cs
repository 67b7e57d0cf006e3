using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Paco.Sandbox.Tests;

/// <summary>Things change behind a stack's back: seen by drift detection, brought back by drift-aware change sets.</summary>
public sealed class DriftTests
{
    private const string Group = """
        Parameters: {Port: {Type: Number, Default: 443}}
        Resources:
          Web:
            Type: AWS::EC2::SecurityGroup
            Properties:
              GroupDescription: web
              SecurityGroupIngress:
              - {IpProtocol: tcp, FromPort: !Ref Port, ToPort: 443, CidrIp: 10.0.0.0/8}
              Tags: [{Key: team, Value: blue}]
          Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: alerts}}
          Parameter: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !GetAtt Topic.TopicName}}
        """;

    [Fact]
    public async Task A_stack_just_made_has_not_drifted()
    {
        await using var bench = new Bench();
        await bench.Create("net", Group);
        Assert.Equal("NOT_CHECKED", (await bench.Stack("net")).Descendants("StackDriftStatus").Single().Value);
        Assert.Equal("IN_SYNC", await Detect(bench, "net"));
        Assert.All(await Drifts(bench, "net"), d => Assert.Equal("IN_SYNC", d.Element("StackResourceDriftStatus")!.Value));
        Assert.Equal("IN_SYNC", (await bench.Stack("net")).Descendants("StackDriftStatus").Single().Value);
    }

    [Fact]
    public async Task A_rule_changed_and_a_rule_added_by_hand_are_named_by_path()
    {
        await using var bench = new Bench();
        await bench.Create("net", Group);
        await Patch(bench, "AWS::EC2::SecurityGroup", await bench.Physical("net", "Web"), """
            [{"op": "replace", "path": "/SecurityGroupIngress/0/CidrIp", "value": "0.0.0.0/0"},
             {"op": "add", "path": "/SecurityGroupIngress/-", "value": {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "0.0.0.0/0"}}]
            """);
        Assert.Equal("DRIFTED", await Detect(bench, "net"));
        var web = Assert.Single(await Drifts(bench, "net", "MODIFIED"));
        var differences = web.Descendants("PropertyDifferences").Elements().Select(Line).ToList();
        Assert.Equal(["/SecurityGroupIngress/0/CidrIp NOT_EQUAL 10.0.0.0/8 0.0.0.0/0"], differences[..1]);
        Assert.StartsWith("/SecurityGroupIngress/1 ADD null {", differences[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_template_did_not_write_is_no_drift()
    {
        await using var bench = new Bench();
        await bench.Create("net", Group);
        await Patch(bench, "AWS::SNS::Topic", await bench.Physical("net", "Topic"),
            """[{"op": "add", "path": "/TracingConfig", "value": "Active"}]""");
        Assert.Equal("IN_SYNC", await Detect(bench, "net"));
    }

    [Theory]
    [InlineData("8.4.7", "IN_SYNC")]
    [InlineData("8.0.40", "DRIFTED")]
    public async Task A_minor_version_that_AWS_chose_is_no_drift(string version, string status)
    {
        await using var bench = new Bench();
        await bench.Create("data", """
            Resources:
              Data: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EngineVersion: "8.4", DBInstanceClass: db.t4g.micro, AllocatedStorage: "20", MasterUsername: root, ManageMasterUserPassword: true}}
            """);
        await Patch(bench, "AWS::RDS::DBInstance", await bench.Physical("data", "Data"),
            $$"""[{"op": "replace", "path": "/EngineVersion", "value": "{{version}}"}]""");
        Assert.Equal(status, await Detect(bench, "data"));
    }

    [Fact]
    public async Task What_was_deleted_is_deleted_and_what_cannot_be_read_is_not_among_the_drifts()
    {
        await using var bench = new Bench();
        await bench.Create("net", """
            Resources:
              Topic: {Type: AWS::SNS::Topic}
              User: {Type: AWS::IAM::User}
              Key: {Type: AWS::IAM::AccessKey, Properties: {UserName: !Ref User}}
            """);
        await Delete(bench, "AWS::SNS::Topic", await bench.Physical("net", "Topic"));
        Assert.Equal("DRIFTED", await Detect(bench, "net"));
        var drifts = (await Drifts(bench, "net"))
            .ToDictionary(d => d.Element("LogicalResourceId")!.Value, d => d.Element("StackResourceDriftStatus")!.Value);
        Assert.Equal(new Dictionary<string, string> { ["Topic"] = "DELETED", ["User"] = "IN_SYNC" }, drifts);
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("DetectStackResourceDrift", "StackName=net",
            "LogicalResourceId=Key"));
        Assert.Contains("AWS::IAM::AccessKey", refusal.Words, StringComparison.Ordinal);
        var topic = await bench.Cfn("DetectStackResourceDrift", "StackName=net", "LogicalResourceId=Topic");
        Assert.Equal("DELETED", topic.Descendants("StackResourceDriftStatus").Single().Value);
    }

    [Fact]
    public async Task The_value_of_a_NoEcho_parameter_is_not_told_and_what_cannot_be_read_back_not_compared()
    {
        await using var bench = new Bench();
        await bench.Create("db", """
            Parameters: {Secret: {Type: String, NoEcho: true}}
            Resources:
              Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Secret}}
              Database:
                Type: AWS::RDS::DBInstance
                Properties: {DBInstanceClass: db.t3.micro, Engine: mysql, AllocatedStorage: "20", MasterUsername: root, MasterUserPassword: !Ref Secret}
            """, "Parameters.member.1.ParameterKey=Secret", "Parameters.member.1.ParameterValue=hunter2hunter2");
        await Patch(bench, "AWS::SNS::Topic", await bench.Physical("db", "Topic"),
            """[{"op": "replace", "path": "/DisplayName", "value": "other"}]""");
        await Patch(bench, "AWS::RDS::DBInstance", await bench.Physical("db", "Database"),
            """[{"op": "replace", "path": "/MasterUserPassword", "value": "changed1"}]""");
        await Detect(bench, "db");
        var all = await bench.Cfn("DescribeStackResourceDrifts", "StackName=db");
        Assert.DoesNotContain("hunter2", all.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("changed1", all.ToString(), StringComparison.Ordinal);
        Assert.Equal(["/DisplayName NOT_EQUAL **** other"], all.Descendants("PropertyDifferences").Elements().Select(Line));
    }

    // No downgrades, whoever upgraded it: ministryofjustice/cloud-platform-environments#21001.
    [Fact]
    public async Task A_drift_aware_change_set_takes_no_database_back_to_an_older_version()
    {
        await using var bench = new Bench();
        await bench.Create("data", """
            Resources:
              Data: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EngineVersion: "8.4.3", DBInstanceClass: db.t4g.micro, AllocatedStorage: "20", MasterUsername: root, ManageMasterUserPassword: true}}
            """);
        await Patch(bench, "AWS::RDS::DBInstance", await bench.Physical("data", "Data"),
            """[{"op": "replace", "path": "/EngineVersion", "value": "8.4.7"}]""");
        await MakeSet(bench, "data", "fix", "DeploymentMode=REVERT_DRIFT");
        await bench.Cfn("ExecuteChangeSet", "StackName=data", "ChangeSetName=fix");
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Status("data"));
        Assert.Contains("Cannot upgrade mysql from 8.4.7 to 8.4.3",
            string.Join('\n', await bench.Events("data")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drift_aware_change_set_brings_back_what_was_changed_and_makes_anew_what_was_deleted()
    {
        await using var bench = new Bench();
        await bench.Create("net", Group);
        var (group, topic) = (await bench.Physical("net", "Web"), await bench.Physical("net", "Topic"));
        await Patch(bench, "AWS::EC2::SecurityGroup", group,
            """[{"op": "replace", "path": "/SecurityGroupIngress/0/CidrIp", "value": "0.0.0.0/0"}]""");
        await Delete(bench, "AWS::SNS::Topic", topic);
        await MakeSet(bench, "net", "fix", "DeploymentMode=REVERT_DRIFT");
        var set = await bench.Cfn("DescribeChangeSet", "StackName=net", "ChangeSetName=fix", "IncludePropertyValues=true");
        Assert.Equal(("REVERT_DRIFT", "DRIFTED"),
            (set.Descendants("DeploymentMode").Single().Value, set.Descendants("StackDriftStatus").Single().Value));
        var changes = set.Descendants("ResourceChange").ToDictionary(c => c.Element("LogicalResourceId")!.Value);
        Assert.Equal(["Modify False MODIFIED", "Add True DELETED", "Modify False IN_SYNC"],
            ((string[])["Web", "Topic", "Parameter"]).Select(id => Change(changes[id])));
        var target = changes["Web"].Descendants("Target").Single();
        Assert.Equal("/Properties/SecurityGroupIngress/0/CidrIp 0.0.0.0/0 10.0.0.0/8 ACTUAL_STATE",
            $"{target.Element("Path")!.Value} {target.Element("BeforeValue")!.Value} {target.Element("AfterValue")!.Value} {target.Element("BeforeValueFrom")!.Value}");
        await bench.Cfn("ExecuteChangeSet", "StackName=net", "ChangeSetName=fix");
        Assert.Equal("UPDATE_COMPLETE", await bench.Status("net"));
        Assert.Equal("10.0.0.0/8",
            (await bench.Properties("AWS::EC2::SecurityGroup", group))["SecurityGroupIngress"]![0]!["CidrIp"]!.ToString());
        Assert.NotEqual(topic, await bench.Physical("net", "Topic"));
        Assert.Equal("IN_SYNC", await Detect(bench, "net"));
    }

    [Fact]
    public async Task A_drift_aware_change_set_of_a_stack_in_sync_is_empty()
    {
        await using var bench = new Bench();
        await bench.Create("net", Group);
        await MakeSet(bench, "net", "fix", "DeploymentMode=REVERT_DRIFT");
        var set = await bench.Cfn("DescribeChangeSet", "StackName=net", "ChangeSetName=fix");
        Assert.Equal("FAILED", set.Descendants("Status").First().Value);
        Assert.StartsWith("The submitted information didn't contain changes", set.Descendants("StatusReason").Single().Value,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_template_has_taken_over_is_only_noted()
    {
        await using var bench = new Bench();
        await bench.Create("net", Group);
        await Patch(bench, "AWS::EC2::SecurityGroup", await bench.Physical("net", "Web"),
            """[{"op": "replace", "path": "/SecurityGroupIngress/0/FromPort", "value": 80}]""");
        await MakeSet(bench, "net", "adopt", "DeploymentMode=REVERT_DRIFT", "Parameters.member.1.ParameterKey=Port",
            "Parameters.member.1.ParameterValue=80");
        var set = await bench.Cfn("DescribeChangeSet", "StackName=net", "ChangeSetName=adopt", "IncludePropertyValues=true");
        Assert.Equal("SyncWithActual", set.Descendants("AttributeChangeType").Last().Value);
        await bench.Cfn("ExecuteChangeSet", "StackName=net", "ChangeSetName=adopt");
        Assert.Equal("IN_SYNC", await Detect(bench, "net"));
    }

    [Fact]
    public async Task Cloud_Control_refuses_what_can_be_set_at_creation_only_and_what_the_schema_forbids()
    {
        await using var bench = new Bench();
        await bench.Create("net", Group);
        var group = await bench.Physical("net", "Web");
        Assert.Equal("FAILED NotUpdatable",
            await Patch(bench, "AWS::EC2::SecurityGroup", group, """[{"op": "replace", "path": "/GroupDescription", "value": "x"}]"""));
        Assert.Equal("FAILED InvalidRequest",
            await Patch(bench, "AWS::EC2::SecurityGroup", group, """[{"op": "add", "path": "/NoSuchThing", "value": "x"}]"""));
        var refusal = await Assert.ThrowsAsync<Refusal>(() => Patch(bench, "AWS::EC2::SecurityGroup", group, "{}"));
        Assert.Equal("ValidationException", refusal.Code);
        refusal = await Assert.ThrowsAsync<Refusal>(() => Delete(bench, "AWS::SNS::Topic", "arn:none"));
        Assert.Equal("ResourceNotFoundException", refusal.Code);
    }

    private static string Line(XElement d) =>
        $"{d.Element("PropertyPath")!.Value} {d.Element("DifferenceType")!.Value} {d.Element("ExpectedValue")!.Value} {d.Element("ActualValue")!.Value}";

    private static string Change(XElement c) =>
        $"{c.Element("Action")!.Value} {c.Element("Replacement")?.Value} {c.Element("ResourceDriftStatus")!.Value}";

    private static Task<XElement> MakeSet(Bench bench, string stack, string name, params string[] values) => bench.Cfn(
        "CreateChangeSet", [$"StackName={stack}", $"ChangeSetName={name}", "ChangeSetType=UPDATE", "UsePreviousTemplate=true", .. values]);

    private static async Task<string> Detect(Bench bench, string stack)
    {
        var id = (await bench.Cfn("DetectStackDrift", $"StackName={stack}")).Descendants("StackDriftDetectionId").Single().Value;
        var status = await bench.Cfn("DescribeStackDriftDetectionStatus", $"StackDriftDetectionId={id}");
        Assert.Equal("DETECTION_COMPLETE", status.Descendants("DetectionStatus").Single().Value);
        return status.Descendants("StackDriftStatus").Single().Value;
    }

    private static async Task<List<XElement>> Drifts(Bench bench, string stack, params string[] filter) =>
        [.. (await bench.Cfn("DescribeStackResourceDrifts",
            [$"StackName={stack}", .. filter.Select((f, i) => $"StackResourceDriftStatusFilters.member.{i + 1}={f}")]))
            .Descendants("StackResourceDrifts").Elements()];

    private static async Task<string> Patch(Bench bench, string type, string id, string patch) =>
        Outcome(await bench.Json("cloudcontrolapi", "UpdateResource",
            new JsonObject { ["TypeName"] = type, ["Identifier"] = id, ["PatchDocument"] = patch }.ToJsonString()));

    private static async Task<string> Delete(Bench bench, string type, string id) =>
        Outcome(await bench.Json("cloudcontrolapi", "DeleteResource",
            new JsonObject { ["TypeName"] = type, ["Identifier"] = id }.ToJsonString()));

    private static string Outcome(JsonNode answer) =>
        $"{answer["ProgressEvent"]!["OperationStatus"]} {answer["ProgressEvent"]!["ErrorCode"]}".TrimEnd();
}
