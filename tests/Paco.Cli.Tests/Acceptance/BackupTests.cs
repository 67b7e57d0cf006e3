using System.Text.Json.Nodes;

namespace Paco.Cli.Tests.Acceptance;

/// <summary>Backups of the starter: daily, of the production database only.</summary>
public class BackupTests
{
    private const string Scope = "netenv.mynet.prod";
    private const string Stack = "NE-mynet-prod-BackupVaults-app";
    private const string Vault = "AWS::Backup::BackupVault";
    private const string Plan = "AWS::Backup::BackupPlan";
    private const string Selection = "AWS::Backup::BackupSelection";
    private const string Database = "paco.ref netenv.mynet.applications.app.groups.site.resources.database";

    [Fact]
    public async Task Row_099_only_production_has_a_vault_with_a_plan()
    {
        var cloud = await Starter.Shared();

        foreach (var account in Starter.Accounts.Keys)
        {
            var wanted = account == "prod" ? 1 : 0;
            Assert.Equal((wanted, wanted), ((await cloud.All(account, Vault)).Count, (await cloud.All(account, Plan)).Count));
        }
        var rule = Rules(await cloud.In("prod", Stack, "BackupPlandatabase", Plan)).Single()!;
        Assert.Equal(("cron(0 7 ? * * *)", "30", "app"),
            ($"{rule["ScheduleExpression"]}", $"{rule["Lifecycle"]!["DeleteAfterDays"]}", $"{rule["TargetBackupVault"]}"));
    }

    [Fact]
    public async Task Row_100_rules_have_their_own_schedules_and_times()
    {
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, "            lifecycle_delete_after_days: 30\n", """
                        lifecycle_delete_after_days: 35
                      - title: "Monthly, kept for years"
                        schedule_expression: cron(0 9 1 * ? *)
                        lifecycle_move_to_cold_storage_after_days: 30
                        lifecycle_delete_after_days: 1825

            """);

        await project.Provision(Scope);

        await using var cloud = new Sandbox(project.Home);
        var rules = Rules(await cloud.In("prod", Stack, "BackupPlandatabase", Plan));
        Assert.Equal(["Daily-RDS-backups 35 ", "Monthly--kept-for-years 1825 30"], rules.Select(r =>
            $"{r!["RuleName"]} {r["Lifecycle"]!["DeleteAfterDays"]} {r["Lifecycle"]!["MoveToColdStorageAfterDays"]}"));
    }

    [Fact]
    public async Task Row_101_a_selection_takes_what_carries_all_of_its_tags_also_what_comes_later()
    {
        using var project = await Starter.Provisioned();
        // The whole group instead of its one database.
        project.Edit(Starter.Netenv, """
                          - condition_type: STRINGEQUALS
                            condition_key: Paco-Application-Resource-Name
                            condition_value: database

            """, "");
        project.Edit(Starter.Netenv, "          alb:\n            type: LBApplication\n", """
                      archive:
                        type: RDSMysql
                        enabled: true
                        engine_version: "8.4"
                        db_instance_type: db.t4g.micro
                        storage_size_gb: 20
                        segment: paco.ref netenv.mynet.network.vpc.segments.database
                        master_username: root
                        master_user_password: correct-horse-battery
                      alb:
                        type: LBApplication

            """);

        await project.Provision(Scope);

        await using var cloud = new Sandbox(project.Home);
        var selection = (await cloud.Only("prod", Selection))["BackupSelection"]!;
        var wanted = selection["Conditions"]!["StringEquals"]!.AsArray()
            .Select(c => $"{c!["ConditionKey"]}={c["ConditionValue"]}".Replace("aws:ResourceTag/", "", StringComparison.Ordinal)).ToList();
        Assert.Equal(["Paco-Application-Name=app", "Paco-Application-Group-Name=site", "paco.env.name=prod"], wanted);
        var tags = (await cloud.In("prod", "NE-mynet-prod-App-app-site-archive-RDS", "PrimaryDBInstance", "AWS::RDS::DBInstance"))["Tags"]!;
        Assert.Superset(wanted.ToHashSet(), tags.AsArray().Select(t => $"{t!["Key"]}={t["Value"]}").ToHashSet());
    }

    [Theory]
    [InlineData("resource", Database)]
    [InlineData("resource", $"{Database}.name")]
    [InlineData("resources", Database)]
    public async Task Row_104_a_selection_names_a_resource(string field, string reference)
    {
        using var project = await Starter.Provisioned();
        SelectByName(project, $"{field}: {reference}");

        await project.Provision(Scope);

        await using var cloud = new Sandbox(project.Home);
        var selection = (await cloud.Only("prod", Selection))["BackupSelection"]!;
        Assert.Equal([await DatabaseArn(cloud)], selection["Resources"]!.AsArray().Select(r => $"{r}"));
        Assert.Null(selection["Conditions"]);
    }

    [Theory]
    [InlineData("databse", "\"databse\"", "database")]
    [InlineData("database.nmae", "\"nmae\"", "name")]
    public async Task Row_105_a_typo_is_reported_when_the_project_is_read(string tail, string wrong, string meant)
    {
        using var project = await Starter.Provisioned();
        SelectByName(project, $"resource: {Database[..^"database".Length]}{tail}");

        foreach (var command in (string[][])[["validate"], ["validate", Scope], ["provision", Scope, "--yes", "--sandbox"]])
        {
            var told = (await project.Run(command)).Fails();
            var text = told.Out + told.Error;
            Assert.Contains("error PACO3001: ", text, StringComparison.Ordinal);
            Assert.Contains("netenv/mynet.yaml:", text, StringComparison.Ordinal);
            Assert.Contains(wrong, text, StringComparison.Ordinal);
            Assert.Contains($"did you mean \"{meant}\"", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_backup_is_made_by_hand_and_the_vault_outlives_its_environment_with_it()
    {
        using var project = await Starter.Provisioned();
        var point = await Backup(project);
        project.Edit(Starter.Netenv, "      backup_vaults:\n        app:\n          enabled: true\n",
            "      backup_vaults:\n        app:\n          enabled: false\n");

        // Switched off it is let go, with what is in it; switched on again it is taken over.
        await project.Provision(Scope);
        Assert.Equal([point], await Points(project));
        project.Edit(Starter.Netenv, "      backup_vaults:\n        app:\n          enabled: false\n",
            "      backup_vaults:\n        app:\n          enabled: true\n");
        await project.Provision(Scope);

        Assert.Equal([point], await Points(project));
        await using var cloud = new Sandbox(project.Home);
        Assert.Equal("app", (await cloud.ResourcesOf("prod", Stack))["BackupVault"]);
    }

    [Fact]
    public async Task A_vault_of_another_name_is_another_vault_and_the_first_stays()
    {
        using var project = await Starter.Provisioned();
        var point = await Backup(project);
        project.Edit(Starter.Netenv, "      backup_vaults:\n        app:\n          enabled: true\n",
            "      backup_vaults:\n        app:\n          enabled: true\n          vault_name: app-two\n");

        await project.Provision(Scope);

        await using var cloud = new Sandbox(project.Home);
        Assert.Equal(["app", "app-two"], (await cloud.All("prod", Vault)).Select(v => v.Identifier).Order());
        Assert.Equal("app-two", $"{Rules(await cloud.Only("prod", Plan))[0]!["TargetBackupVault"]}");
        Assert.Equal([point], await Points(project));
    }

    [Fact]
    public async Task What_left_the_configuration_is_pruned_but_for_the_vault()
    {
        using var project = await Starter.Provisioned();
        var point = await Backup(project);
        project.Edit(Starter.Netenv, "      backup_vaults:\n        app:\n          enabled: true\n", "");

        (await project.Run("provision", Scope, "--sandbox", "--yes", "--prune")).Succeeds();

        await using var cloud = new Sandbox(project.Home);
        Assert.DoesNotContain(Stack, (await cloud.Stacks("prod")).Keys);
        Assert.Empty(await cloud.All("prod", Plan));
        Assert.Equal([point], await Points(project));
    }

    [Fact]
    public async Task What_is_saved_goes_with_its_environment_only_where_the_project_says_so_and_somebody_permits_it()
    {
        using var project = await Starter.Provisioned();
        await Backup(project);
        project.Edit(Starter.Netenv, "      backup_vaults:\n        app:\n          enabled: true\n",
            "      backup_vaults:\n        app:\n          enabled: true\n          deletion_policy: delete\n");
        await project.Provision(Scope);

        var refused = (await project.Run("delete", $"{Scope}.us-west-2.backup_vaults", "--sandbox", "--yes")).Fails();
        Assert.Contains("vault app", refused.Out + refused.Error, StringComparison.Ordinal);
        Assert.Single(await Points(project));

        (await project.Run("delete", $"{Scope}.us-west-2.backup_vaults", "--sandbox", "--yes", "--allow-destroy",
            $"{Scope}.us-west-2.backup_vaults")).Succeeds();

        await using var cloud = new Sandbox(project.Home);
        Assert.Empty(await cloud.All("prod", Vault));
    }

    private static void SelectByName(ProjectFolder project, string line)
    {
        var text = project.Read(Starter.Netenv).ReplaceLineEndings("\n");
        var from = text.IndexOf("            tags:\n", StringComparison.Ordinal);
        var to = text.IndexOf("\napplications:\n", from, StringComparison.Ordinal);
        project.Write(Starter.Netenv, $"{text[..from]}            {line}\n{text[to..]}");
    }

    private static async Task<string> Backup(ProjectFolder project)
    {
        await using var cloud = new Sandbox(project.Home);
        var job = await cloud.Rest("prod", "backup", HttpMethod.Put, "/backup-jobs", new JsonObject
        {
            ["BackupVaultName"] = "app",
            ["ResourceArn"] = await DatabaseArn(cloud),
            ["IamRoleArn"] = $"arn:aws:iam::{Starter.Accounts["prod"]}:role/BB4A867C-R-Backup_vaults-Backup-mynet-prod",
        });
        return job["RecoveryPointArn"]!.ToString();
    }

    private static async Task<string> DatabaseArn(Sandbox cloud)
    {
        var made = await cloud.ResourcesOf("prod", "NE-mynet-prod-App-app-site-database-RDS");
        return $"arn:aws:rds:us-west-2:{Starter.Accounts["prod"]}:db:{made["PrimaryDBInstance"]}";
    }

    private static async Task<List<string>> Points(ProjectFolder project)
    {
        await using var cloud = new Sandbox(project.Home);
        var told = await cloud.Rest("prod", "backup", HttpMethod.Get, "/backup-vaults/app/recovery-points/");
        return [.. told["RecoveryPoints"]!.AsArray().Select(p => p!["RecoveryPointArn"]!.ToString())];
    }

    private static JsonArray Rules(Found plan) => plan["BackupPlan"]!["BackupPlanRule"]!.AsArray();
}
