using System.Net;
using System.Text.Json.Nodes;

namespace Paco.Sandbox.Tests;

/// <summary>Vaults that fill by plans and by hand, as AWS Backup tells of them.</summary>
public sealed class BackupTests
{
    private const string Vaults = "/backup-vaults/";
    private const string Points = "/backup-vaults/shop/recovery-points/";

    private const string Vault = """
          Vault:
            Type: AWS::Backup::BackupVault
            Properties: {BackupVaultName: shop}
        """;

    private const string Plan = $$$"""
        Resources:
        {{{Vault}}}
          Plan:
            Type: AWS::Backup::BackupPlan
            DependsOn: Vault
            Properties:
              BackupPlan:
                BackupPlanName: nightly
                BackupPlanRule:
                  - RuleName: daily
                    TargetBackupVault: shop
                    ScheduleExpression: cron(0 7 ? * * *)
                    Lifecycle: {DeleteAfterDays: 3}
          Selection:
            Type: AWS::Backup::BackupSelection
            Properties:
              BackupPlanId: !Ref Plan
              BackupSelection:
                SelectionName: databases
                IamRoleArn: arn:aws:iam::111111111111:role/backup
                Resources: ["*"]
                Conditions:
                  StringEquals: [{ConditionKey: "aws:ResourceTag/Group", ConditionValue: site}]
                  StringNotLike: [{ConditionKey: "aws:ResourceTag/Use", ConditionValue: test*}]
        """;

    [Fact]
    public async Task A_plan_saves_at_its_time_what_carries_all_of_the_tags()
    {
        await using var bench = new Bench();
        await bench.Create("backup", Plan);
        await bench.Create("data", Databases(("one", "site", "shop"), ("two", "other", "shop"), ("three", "site", "testing")));

        Assert.Empty(await Saved(bench));
        bench.Clock.Pass(86_400);

        Assert.Equal(["one"], await Saved(bench));
    }

    [Fact]
    public async Task What_is_made_later_and_carries_them_is_in_the_next_backup()
    {
        await using var bench = new Bench();
        await bench.Create("backup", Plan);
        await bench.Create("data", Databases(("one", "site", "shop")));
        bench.Clock.Pass(86_400);
        Assert.Equal(["one"], await Saved(bench));

        await bench.Create("more", Databases(("two", "site", "shop")));
        bench.Clock.Pass(86_400);

        Assert.Equal(["one", "one", "two"], await Saved(bench));
    }

    [Fact]
    public async Task Points_go_when_their_time_is_over()
    {
        await using var bench = new Bench();
        await bench.Create("backup", Plan);
        await bench.Create("data", Databases(("one", "site", "shop")));

        bench.Clock.Pass(10 * 86_400);

        Assert.Equal(3, (await Saved(bench)).Count);
    }

    [Fact]
    public async Task Plans_and_selections_are_told_as_the_service_spells_them()
    {
        await using var bench = new Bench();
        await bench.Create("backup", Plan);

        var plan = Assert.Single((await Get(bench, "/backup/plans/"))["BackupPlansList"]!.AsArray())!;
        var id = plan["BackupPlanId"]!.ToString();
        var rule = (await Get(bench, $"/backup/plans/{id}/"))["BackupPlan"]!["Rules"]![0]!;
        var selection = Assert.Single((await Get(bench, $"/backup/plans/{id}/selections/"))["BackupSelectionsList"]!.AsArray())!;
        var whole = await Get(bench, $"/backup/plans/{id}/selections/{selection["SelectionId"]}");

        Assert.Equal(("nightly", "shop", "cron(0 7 ? * * *)"),
            (plan["BackupPlanName"]!.ToString(), rule["TargetBackupVaultName"]!.ToString(), rule["ScheduleExpression"]!.ToString()));
        Assert.Equal("databases", whole["BackupSelection"]!["SelectionName"]!.ToString());
    }

    [Fact]
    public async Task A_job_by_hand_makes_a_point_that_keeps_the_vault_from_going()
    {
        await using var bench = new Bench();
        await bench.Create("backup", $"Resources:\n{Vault}");
        await bench.Create("data", Databases(("one", "other", "shop")));
        var arn = $"arn:aws:rds:us-west-2:111111111111:db:{await bench.Output("data", "one")}";

        var job = await Start(bench, arn);
        var point = job["RecoveryPointArn"]!.ToString();

        Assert.Equal("COMPLETED", (await Get(bench, $"/backup-jobs/{job["BackupJobId"]}"))["State"]!.ToString());
        Assert.Equal(arn, (await Get(bench, Points + Uri.EscapeDataString(point)))["ResourceArn"]!.ToString());
        Assert.StartsWith("arn:aws:rds:us-west-2:111111111111:snapshot:awsbackup:job-", point, StringComparison.Ordinal);
        Assert.Equal("InvalidRequestException", (await Refused(() => Send(bench, HttpMethod.Delete, "/backup-vaults/shop"))).Code);
        await bench.Cfn("DeleteStack", "StackName=backup");
        Assert.Equal("DELETE_FAILED", await bench.Status("backup"));

        await Send(bench, HttpMethod.Delete, Points + Uri.EscapeDataString(point));
        await Send(bench, HttpMethod.Delete, "/backup-vaults/shop");

        Assert.Empty((await Get(bench, Vaults))["BackupVaultList"]!.AsArray());
    }

    [Theory]
    [InlineData("GET", "/backup-vaults/gone", "ResourceNotFoundException")]
    [InlineData("GET", "/backup/plans/gone/", "ResourceNotFoundException")]
    [InlineData("GET", "/backup-vaults/shop/recovery-points/gone", "ResourceNotFoundException")]
    [InlineData("GET", "/backup-jobs/gone", "ResourceNotFoundException")]
    public async Task What_is_not_there_is_refused_as_AWS_does(string method, string path, string code)
    {
        await using var bench = new Bench();
        await bench.Create("backup", $"Resources:\n{Vault}");

        Assert.Equal(code, (await Refused(() => Send(bench, new HttpMethod(method), path))).Code);
    }

    [Fact]
    public async Task What_cannot_be_saved_is_refused()
    {
        await using var bench = new Bench();
        await bench.Create("backup", $"Resources:\n{Vault}");

        Assert.Equal("InvalidParameterValueException",
            (await Refused(() => Start(bench, "arn:aws:rds:us-west-2:111111111111:db:gone"))).Code);
    }

    private static async Task<List<string>> Saved(Bench bench) =>
    [
        .. (await Get(bench, Points))["RecoveryPoints"]!.AsArray()
            .Select(p => p!["ResourceArn"]!.ToString().Split(':')[^1].Split('-')[0]).Order(StringComparer.Ordinal),
    ];

    private static Task<JsonNode> Start(Bench bench, string arn) => Send(bench, HttpMethod.Put, "/backup-jobs",
        $$"""{"BackupVaultName": "shop", "ResourceArn": "{{arn}}", "IamRoleArn": "arn:aws:iam::111111111111:role/backup"}""");

    private static string Databases(params (string Name, string Group, string Use)[] databases) =>
        "Resources:\n" + string.Concat(databases.Select(d => $$"""
              {{d.Name}}:
                Type: AWS::RDS::DBInstance
                Properties:
                  DBInstanceIdentifier: {{d.Name}}-db
                  DBInstanceClass: db.t4g.micro
                  Engine: mysql
                  AllocatedStorage: "20"
                  MasterUsername: root
                  MasterUserPassword: "12345678"
                  Tags: [{Key: Group, Value: {{d.Group}}}, {Key: Use, Value: {{d.Use}}}]

            """)) + "Outputs:\n" + string.Concat(databases.Select(d => $"  {d.Name}: {{Value: !Ref {d.Name}}}\n"));

    private static Task<JsonNode> Get(Bench bench, string path) => Send(bench, HttpMethod.Get, path);

    private static async Task<JsonNode> Send(Bench bench, HttpMethod method, string path, string? body = null)
    {
        var (status, text, _) = await bench.Rest("backup", method, $"https://backup.us-west-2.amazonaws.com{path}", body);
        return status == HttpStatusCode.OK && text.Length > 0 ? JsonNode.Parse(text)! : new JsonObject();
    }

    private static Task<Refusal> Refused(Func<Task<JsonNode>> call) => Assert.ThrowsAsync<Refusal>(call);
}
