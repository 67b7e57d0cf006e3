using Paco.Clouds;
using Paco.Linking;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Tests.Planning;

/// <summary>Where is looked for what left the configuration (tests/projects/customers), and what a refusal there means.</summary>
public sealed class ReachTests
{
    private static readonly Dictionary<string, string> Ids =
        new() { ["master"] = "111111111111", ["dev"] = "222222222222", ["prod"] = "444444444444" };

    private static readonly Place Needed = new("dev", "us-west-2");

    [Fact]
    public async Task A_region_of_an_environment_looks_once_into_every_account_and_active_region()
    {
        var cloud = new SmallCloud { Listed = _ => [] };

        await Read(cloud, "netenv.acme.dev.us-west-2");

        Assert.Equal(
            from account in (string[])["dev", "master", "prod"]
            from region in (string[])["us-east-1", "us-west-2"]
            select $"DescribeStacks in {account} · {region}",
            cloud.Calls.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_environment_looks_into_every_region_of_its_own_accounts_for_one_that_left()
    {
        var cloud = new SmallCloud { Listed = _ => [] };

        await Read(cloud, "netenv.acme.dev");

        Assert.Contains("DescribeStacks in dev · eu-central-1", cloud.Calls);
        Assert.DoesNotContain("DescribeStacks in prod · eu-central-1", cloud.Calls);
        Assert.Contains("DescribeStacks in prod · us-east-1", cloud.Calls);
        Assert.Equal(cloud.Calls.Distinct().Count(), cloud.Calls.Count);
    }

    [Fact]
    public async Task A_region_that_the_scope_names_is_looked_into_whatever_the_project_says()
    {
        var cloud = new SmallCloud { Listed = _ => [] };

        await Read(cloud, "netenv.acme.dev.eu-central-1");

        Assert.Contains("DescribeStacks in prod · eu-central-1", cloud.Calls);
    }

    [Fact]
    public async Task The_whole_project_looks_into_every_region_an_account_has_without_asking()
    {
        var cloud = new SmallCloud { Listed = _ => [] };

        await Read(cloud, "netenv");

        Assert.Equal(3 * Regions.EnabledByDefault(Partition.Standard).Count(), cloud.Calls.Count);
        Assert.DoesNotContain(cloud.Calls, c => c.Contains("af-south-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_names_of_one_account_are_one_place()
    {
        var cloud = new SmallCloud { Listed = _ => [] };

        await Read(cloud, "netenv.acme.dev", new(Ids) { ["prod"] = Ids["dev"] });

        Assert.DoesNotContain(cloud.Calls, c => c.Contains("prod", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_account_that_is_not_needed_and_lets_nobody_in_is_named_in_a_line()
    {
        var cloud = new SmallCloud { Listed = place => place.Account == "prod" ? throw Denied("No way in.\n  tried a role") : [] };

        var listing = await Read(cloud, "netenv.acme.dev");

        Assert.Equal([("prod · us-east-1", "No way in."), ("prod · us-west-2", "No way in.")],
            listing.Unseen.Select(u => (u.Place.ToString(), u.Reason)));
    }

    [Fact]
    public async Task A_region_that_nothing_of_the_project_is_in_may_be_disabled_and_nobody_need_know()
    {
        var cloud = new SmallCloud { Listed = place => place.Region is "us-west-2" or "us-east-1" ? [] : throw Denied("disabled") };

        Assert.Empty((await Read(cloud, "netenv")).Unseen);
    }

    [Fact]
    public async Task Where_the_scope_is_a_refusal_is_an_error()
    {
        var cloud = new SmallCloud { Listed = place => place == Needed ? throw Denied("no") : [] };

        await Assert.ThrowsAsync<CloudException>(() => Read(cloud, "netenv.acme.dev"));
    }

    private static CloudException Denied(string words) =>
        new(CloudErrorKind.AccessDenied, "AccessDenied", words, "cloudformation:DescribeStacks");

    private static Task<Listing> Read(SmallCloud cloud, string scope, Dictionary<string, string>? ids = null) =>
        new Reach(Graph(), [Needed], ids ?? Ids).Read(new Scope(scope), Reach.Of(new Scope(scope)), cloud, TimeProvider.System, default);

    private static StackGraph Graph() =>
        Toolkit.Compile(Repository.Path("tests", "projects", "customers"), new Scope("netenv.acme.dev")).Graph!;
}
