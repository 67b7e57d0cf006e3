namespace Paco.Cli.Tests.Commands;

/// <summary>What commands say of secret values, and that they show none.</summary>
public class SecretTests
{
    private const string Database = "NE-mynet-dev-App-app-site-database-RDS";

    [Fact]
    public async Task A_password_that_changes_is_in_every_plan_and_its_value_in_none()
    {
        using var project = await WithPassword("canary-One-1");
        var said = new List<Ran>();
        project.Edit(Starter.Netenv, "canary-One-1", "canary-Two-2");

        var alone = await Heard("plan", "netenv.mynet.dev", "--sandbox");
        Assert.Contains("MasterUserPassword       **** → **** (new)", alone.Out, StringComparison.Ordinal);
        Assert.Contains("! MasterUserPassword: a secret value changes", alone.Out, StringComparison.Ordinal);

        project.Edit(Starter.Netenv, "storage_size_gb: 20", "storage_size_gb: 40");
        var both = await Heard("plan", "netenv.mynet.dev", "--sandbox", "-v", "--out", "kept");
        Assert.Contains("AllocatedStorage         20 → 40", both.Out, StringComparison.Ordinal);
        Assert.Contains("a secret value changes", both.Out, StringComparison.Ordinal);

        var json = (await Heard("plan", "netenv.mynet.dev", "--sandbox", "--json")).Json;
        var stack = json["nodes"]!.AsArray().Single(n => n!["name"]!.ToString() == Database)!;
        var secret = Assert.Single(stack["secrets"]!.AsArray())!;
        Assert.Equal(("MasterUserPassword", "changes", true),
            (secret["parameter"]!.ToString(), secret["change"]!.ToString(), (bool)secret["sent"]!));
        Assert.StartsWith("netenv/mynet.yaml:", secret["source"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(("PrimaryDBInstance", "MasterUserPassword"),
            (secret["receivers"]![0]!["logicalId"]!.ToString(), secret["receivers"]![0]!["path"]!.ToString()));
        Assert.All(json["nodes"]!.AsArray().Where(n => n!["name"]!.ToString() != Database && n["kind"]!.ToString() == "stack"),
            n => Assert.Empty(n!["secrets"]!.AsArray()));

        Assert.Contains("1 updated", (await Heard("provision", "kept", "--sandbox")).Out, StringComparison.Ordinal);
        (await Heard("plan", "netenv.mynet.dev", "--sandbox")).Succeeds();
        await Heard("drift", "netenv.mynet.dev", "--sandbox");
        await Heard("synth", "netenv.mynet.dev", "--out", "templates");

        Assert.All(said, ran => Assert.DoesNotContain("canary", ran.All, StringComparison.Ordinal));
        Assert.Equal([Starter.Netenv, ".paco-work/sandbox.db"], project.Files()
            .Where(f => System.Text.Encoding.Latin1.GetString(f.Value).Contains("canary", StringComparison.Ordinal))
            .Select(f => f.Key.Replace('\\', '/')).OrderByDescending(f => f, StringComparer.Ordinal));

        async Task<Ran> Heard(params string[] args)
        {
            said.Add(await project.Run(args));
            return said[^1];
        }
    }

    [Fact]
    public async Task A_reference_that_names_nothing_is_no_answer_to_what_is_sent()
    {
        using var project = await WithPassword("canary-One-1");
        var ran = (await project.Run("plan", "netenv.mynet.dev", "--sandbox", "--send-secrets", "netenv.mynet.dve")).Fails();
        Assert.Contains("--send-secrets netenv.mynet.dve names nothing of this plan", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_would_be_generated_anew_is_guarded_and_the_way_to_rotate_named()
    {
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, "password_length: 16", "password_length: 24");

        var plan = (await project.Run("plan", "netenv.mynet.dev", "--sandbox")).Ends(ExitCode.Changes);
        Assert.Contains("LOSES THE VALUE IN USE", plan.Out, StringComparison.Ordinal);
        Assert.Contains("app/site/database keeps its password when", plan.Out, StringComparison.Ordinal);
        Assert.Contains("aws rds modify-db-instance --master-user-password", plan.Out, StringComparison.Ordinal);
        Assert.Contains("paco secret set netenv.mynet.dev.us-west-2.secrets_manager.app.site.database", plan.Out, StringComparison.Ordinal);

        var json = (await project.Run("plan", "netenv.mynet.dev", "--sandbox", "--json")).Ends(ExitCode.Changes).Json;
        var lost = json["nodes"]!.AsArray().SelectMany(n => n!["resources"]?.AsArray() ?? []).Single(r => r!["loses"] is not null)!;
        Assert.Equal(("the value in use", true), (lost["loses"]!.ToString(), (bool)lost["destroysData"]!));

        (await project.Run("provision", "netenv.mynet.dev", "--sandbox", "--yes")).Fails();
        (await project.Run("provision", "netenv.mynet.dev", "--sandbox", "--yes", "--allow-destroy", "netenv.mynet.dev")).Succeeds();
    }

    [Fact]
    public async Task A_database_that_is_changed_with_its_secret_takes_the_new_password()
    {
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, "password_length: 16", "password_length: 24");
        project.Edit(Starter.Netenv, "storage_size_gb: 20", "storage_size_gb: 40");
        var plan = (await project.Run("plan", "netenv.mynet.dev", "--sandbox")).Ends(ExitCode.Changes);
        Assert.Contains("app/site/database is changed too, so a secret value changes in it", plan.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("keeps its password", plan.Out, StringComparison.Ordinal);
    }

    // The starter's database with a password of its own instead of a secret's.
    private static async Task<ProjectFolder> WithPassword(string password)
    {
        var project = await Starter.WithGlobals();
        project.Edit(Starter.Netenv, "secrets_password: paco.ref netenv.mynet.secrets_manager.app.site.database",
            $"master_user_password: {password}");
        await project.Provision("netenv.mynet.dev");
        return project;
    }
}
