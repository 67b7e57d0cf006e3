namespace Paco.Cli.Tests.Commands;

/// <summary>Ids of accounts that were mixed up, and accounts that are one.</summary>
public sealed class AccountIdTests
{
    private const string Environment = "netenv.mynet.dev";

    [Fact]
    public async Task Ids_that_were_exchanged_are_told_before_anything_is_read()
    {
        using var project = await Made();
        var ids = new[] { "dev", "prod" }.Select(name => (Name: name, Id: IdOf(project, name))).ToArray();
        project.Edit("accounts/dev.yaml", ids[0].Id, ids[1].Id);
        project.Edit("accounts/prod.yaml", ids[1].Id, ids[0].Id);
        await using var cloud = new Sandbox(project.Home);
        await using var aws = await Listening.Start(cloud.Local);
        aws.Serve(project);

        var refused = (await project.Run("plan", Environment)).Fails();

        Assert.Contains($"The project says that dev is account {ids[1].Id}, but the organization calls that one prod", refused.Error,
            StringComparison.Ordinal);
        Assert.Contains("\n  Are the account_id of accounts/dev.yaml", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(aws.Calls, c => !c.StartsWith("sts:", StringComparison.Ordinal)
            && !c.StartsWith("organizations:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Accounts_as_they_were_made_are_nobodys_mistake()
    {
        using var project = await Made();
        (await project.Run("plan", "resource.ec2.keypairs", "--sandbox")).Ends(ExitCode.Changes);
    }

    [Fact]
    public async Task A_project_whose_accounts_are_one_is_provisioned_there_and_says_so()
    {
        using var project = await Starter.New();
        foreach (var (name, id) in Starter.Accounts.Where(a => a.Key != "master"))
            project.Edit($"accounts/{name}.yaml", id, Starter.Accounts["dev"]);

        var validated = (await project.Run("validate")).Succeeds();
        foreach (var scope in new[] { "resource.ec2.keypairs", "resource.route53", Environment, "netenv.mynet.staging" })
            await project.Provision(scope);
        var plan = (await project.Run("plan", Environment, "--sandbox")).Succeeds();

        Assert.Contains("PACO5040", validated.All, StringComparison.Ordinal);
        Assert.Contains("prod and dev are one account: both have the id 222222222222", validated.All, StringComparison.Ordinal);
        Assert.Contains("Nothing to do", plan.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("left the configuration", plan.Out, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.Contains("NE-mynet-staging-Net-VPC", (await cloud.Stacks("dev")).Keys);
    }

    [Fact]
    public async Task Two_things_of_one_name_in_one_account_are_an_error_that_names_both()
    {
        using var project = await Starter.New();
        var text = project.Read("resource/ec2.yaml");
        project.Edit("accounts/staging.yaml", Starter.Accounts["staging"], Starter.Accounts["dev"]);
        project.Write("resource/ec2.yaml", text.Replace("app-staging-us-west-2", "app-dev-us-west-2", StringComparison.Ordinal));

        var refused = (await project.Run("validate")).Fails();

        Assert.Contains("PACO3005", refused.All, StringComparison.Ordinal);
        Assert.Contains("two key pairs would be called", refused.All, StringComparison.Ordinal);
    }

    private static string IdOf(ProjectFolder project, string account) =>
        project.Read($"accounts/{account}.yaml").Split('\n').Single(l => l.StartsWith("account_id:", StringComparison.Ordinal))
            .Split(':')[1].Trim(' ', '\'', '"');

    // Accounts that the organization of its sandbox has made, with their ids in the files, as on AWS.
    private static async Task<ProjectFolder> Made()
    {
        var project = new ProjectFolder();
        project.At = project.Above;
        (await project.Run("init", "project", "myproj", "--defaults")).Succeeds();
        project.At = null;
        await using var cloud = new Sandbox(project.Home);
        await using var aws = await Listening.Start(cloud.Local);
        aws.Serve(project);
        (await project.Run("provision", "accounts", "--yes")).Succeeds();
        project.Variables.Clear();
        return project;
    }
}
