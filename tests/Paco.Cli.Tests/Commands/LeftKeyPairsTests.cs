using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Cli.Tests.Commands;

/// <summary>Key pairs whose entry left resource/ec2.yaml (tests/projects/customers), beside some that are nobody's or another's.</summary>
public sealed class LeftKeyPairsTests
{
    private const string Ec2 = "resource/ec2.yaml";
    private const string One = "resource.ec2.keypairs.one";
    private const string EntryOne = "  one:\n    keypair_name: first\n    region: us-west-2\n    account: paco.ref accounts.dev\n";
    private const string EntryTwo = "  two:\n    keypair_name: second\n    region: us-west-2\n    account: paco.ref accounts.dev\n";

    private static readonly Place Dev = new("dev", Sandbox.Region);

    [Fact]
    public async Task One_that_left_is_listed_and_pruned_with_permission()
    {
        using var project = await WithPairs();
        project.Write(Ec2, $"keypairs:\n{EntryTwo}");

        var listed = (await project.Run("plan", "resource.ec2", "--sandbox")).Ends(ExitCode.Success);
        var refused = (await project.Run("provision", "resource.ec2", "--sandbox", "--yes", "--prune")).Fails();
        var before = await Pairs(project);
        (await project.Run("provision", "resource.ec2", "--sandbox", "--yes", "--prune", "--allow-destroy", One)).Succeeds();

        Assert.Contains("? KeyPair-first (dev · us-west-2) left the configuration, and holds what cannot be made again; --prune",
            listed.Out, StringComparison.Ordinal);
        Assert.Contains($"--allow-destroy {One}", refused.Error, StringComparison.Ordinal);
        Assert.Equal(["first", "mine", "old", "second", "theirs"], before);
        Assert.Equal(["mine", "old", "second", "theirs"], await Pairs(project));
    }

    [Fact]
    public async Task One_that_left_is_deleted_by_its_name()
    {
        using var project = await WithPairs();
        project.Write(Ec2, $"keypairs:\n{EntryTwo}");

        (await project.Run("delete", One, "--sandbox", "--yes")).Fails();
        (await project.Run("delete", One, "--sandbox", "--yes", "--allow-destroy", One)).Succeeds();
        var again = (await project.Run("delete", One, "--sandbox", "--yes")).Fails();

        Assert.Equal(["mine", "old", "second", "theirs"], await Pairs(project));
        Assert.Contains("nor is anything of it deployed", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_shows_those_that_are_there_and_those_that_left()
    {
        using var project = await WithPairs();
        project.Write(Ec2, $"keypairs:\n{EntryTwo}{EntryTwo.Replace("two", "three", StringComparison.Ordinal)
            .Replace("second", "third", StringComparison.Ordinal)}");

        var shown = (await project.Run("list", "resource.ec2", "--sandbox")).Succeeds();
        var json = (await project.Run("list", "--sandbox", "--json")).Succeeds().Json;

        Assert.Matches("(?m)^  key pair second +there$", shown.Out);
        Assert.Matches("(?m)^  key pair third +not there yet$", shown.Out);
        Assert.Matches("(?m)^    key pair first +there$", shown.Out);
        var states = json["actions"]!.AsArray().Select(a => $"{a!["ref"]} {a["state"]}");
        Assert.Equal(["resource.ec2.keypairs.two deployed", "resource.ec2.keypairs.three missing", $"{One} left"], states);
    }

    [Fact]
    public async Task One_that_left_with_its_region_is_found()
    {
        using var project = await WithPairs();
        project.Write("project.yaml", project.Read("project.yaml").Replace("us-west-2", "eu-central-1", StringComparison.Ordinal));
        File.Delete(Path.Combine(project.Home, Ec2));

        var shown = (await project.Run("list", "resource.ec2", "--sandbox")).Succeeds();

        Assert.Contains("key pair first", shown.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_left_with_all_its_pairs_is_found_in_a_plan_of_the_whole_project()
    {
        using var project = await WithPairs();
        File.Delete(Path.Combine(project.Home, Ec2));
        await using var cloud = new Sandbox(project.Home);

        var plan = await Planner.Plan(Toolkit.Compile(project.Home).Graph!, Scope.All, cloud.Aws,
            new PlanOptions(Starter.Accounts) { Prune = true }, CancellationToken.None);

        var gone = plan.Nodes.Where(n => n.Action == NodeAction.Delete).ToList();
        Assert.Equal([One, "resource.ec2.keypairs.two"], gone.Select(n => n.Node.Ref.Text));
        Assert.All(gone, n => Assert.True(n.DestroysData));
    }

    [Fact]
    public async Task One_that_is_renamed_leaves_the_old_one_and_one_whose_account_is_gone_stays_the_users_own()
    {
        using var project = await WithPairs();
        project.Write(Ec2, "keypairs:\n" + EntryOne.Replace("first", "third", StringComparison.Ordinal)
            + "  two:\n    keypair_name: second\n");

        var listed = (await project.Run("plan", "resource.ec2", "--sandbox", "--json")).Json;

        Assert.Equal(["dev/us-west-2/KeyPair-first"], listed["orphans"]!.AsArray().Select(o => o!.ToString()));
    }

    // Two of the project's, one made by hand, one of an earlier version, one of another project.
    private static async Task<ProjectFolder> WithPairs()
    {
        var project = LeftTests.Customers();
        project.Write(Ec2, $"keypairs:\n{EntryOne}{EntryTwo}");
        await project.Provision("resource.ec2");
        await using var cloud = new Sandbox(project.Home);
        var ec2 = cloud.Aws.Ec2(Dev);
        await ec2.CreateKeyPair("mine", [new("Name", "mine")], CancellationToken.None);
        await ec2.CreateKeyPair("old", [new("Paco-Private-Key", "claimed")], CancellationToken.None);
        await ec2.CreateKeyPair("theirs", [new("Paco-Project", "theirs"), new("Paco-Reference", One)], CancellationToken.None);
        return project;
    }

    private static async Task<IEnumerable<string>> Pairs(ProjectFolder project)
    {
        await using var cloud = new Sandbox(project.Home);
        string[] names = ["first", "second", "mine", "old", "theirs"];
        var there = await Task.WhenAll(names.Select(n => cloud.Aws.Ec2(Dev).DescribeKeyPair(n, CancellationToken.None)));
        return there.OfType<KeyPair>().Select(p => p.Name).Order(StringComparer.Ordinal);
    }
}
