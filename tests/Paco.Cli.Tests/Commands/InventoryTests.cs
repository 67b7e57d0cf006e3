namespace Paco.Cli.Tests.Commands;

/// <summary><c>list</c> and <c>outputs</c>: what there is.</summary>
public sealed class InventoryTests
{
    [Fact]
    public async Task A_list_names_accounts_environments_and_stacks_in_eighty_columns()
    {
        using var project = await LeftTests.WithAcme();

        var ran = (await project.Run("list", "--sandbox")).Succeeds();

        Assert.Contains("222222222222", ran.Out, StringComparison.Ordinal);
        Assert.Contains("netenv.acme.dev.us-west-2  dev", ran.Out, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^    app/site/ip +CREATE_COMPLETE$", ran.Out);
        Assert.Contains("netenv.near.dev.us-west-2  dev  not provisioned", ran.Out, StringComparison.Ordinal);
        Assert.All(ran.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task A_list_of_a_scope_says_for_programs_how_each_stack_stands()
    {
        using var project = await LeftTests.WithAcme();

        var one = (await project.Run("list", "netenv.acme.dev", "--sandbox", "--json")).Succeeds().Json;

        var vpc = one["stacks"]!.AsArray().Single(s => s!["name"]!.ToString() == "NE-acme-dev-Net-VPC")!;
        Assert.Equal(("deployed", "CREATE_COMPLETE", "netenv.acme.dev.us-west-2.network.vpc"),
            (vpc["state"]!.ToString(), vpc["status"]!.ToString(), vpc["ref"]!.ToString()));
    }

    [Fact]
    public async Task An_output_is_had_by_its_key_or_by_the_end_of_a_reference_to_it()
    {
        using var project = await LeftTests.WithAcme();

        var all = (await project.Run("outputs", "netenv.acme.dev", "--sandbox")).Succeeds();
        var byKey = (await project.Run("outputs", "netenv.acme.dev", "ElasticIPAddress", "--sandbox")).Succeeds();
        var byReference = (await project.Run("outputs", "netenv.acme.dev", "ip.address", "--sandbox")).Succeeds();
        var json = (await project.Run("outputs", "netenv.acme.dev", "ip.address", "--sandbox", "--json")).Succeeds().Json;

        var address = byKey.Out.TrimEnd('\n');
        Assert.Matches(@"^\d+\.\d+\.\d+\.\d+$", address);
        Assert.Equal(byKey.Out, byReference.Out);
        Assert.Contains(address, all.Out, StringComparison.Ordinal);
        Assert.Equal(address, json["outputs"]!.AsArray().Single()!["value"]!.ToString());
    }

    [Fact]
    public async Task What_people_reach_stands_before_the_outputs_and_is_had_by_what_it_is()
    {
        using var project = await LeftTests.WithAcme();

        var ended = (await project.Run("provision", "netenv.acme.dev", "--sandbox", "--yes")).Succeeds();
        var all = (await project.Run("outputs", "netenv.acme.dev", "--sandbox")).Succeeds();
        var one = (await project.Run("outputs", "netenv.acme.dev", "address", "--sandbox")).Succeeds();
        var json = (await project.Run("outputs", "netenv.acme.dev", "--sandbox", "--json")).Succeeds().Json;

        Assert.Matches(@"(?m)^  app/site/ip  address  \d+\.\d+\.\d+\.\d+$", ended.Out);
        Assert.Matches(@"^  app/site/ip  address  \d+\.\d+\.\d+\.\d+\n\n", all.Out);
        var address = Assert.Single(json["addresses"]!.AsArray(), a => a!["what"]!.ToString() == "address")!;
        Assert.Equal(one.Out.TrimEnd(), address["value"]!.ToString());
    }

    [Fact]
    public async Task A_name_that_nothing_has_is_answered_with_the_nearest()
    {
        using var project = await LeftTests.WithAcme();

        var ran = (await project.Run("outputs", "netenv.acme.dev", "ElasticIPAdress", "--sandbox")).Fails();

        Assert.Contains("did you mean \"ElasticIPAddress\"?", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_values_none_is_taken()
    {
        using var project = await Starter.Provisioned();

        var ran = (await project.Run("outputs", "netenv.mynet.dev.us-west-2.applications.app", "arn", "--sandbox")).Fails();

        Assert.Empty(ran.Out);
        Assert.Contains("name one with a longer scope or name", ran.Error, StringComparison.Ordinal);
    }
}
