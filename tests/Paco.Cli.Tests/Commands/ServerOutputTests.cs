using System.Text.Json.Nodes;

namespace Paco.Cli.Tests.Commands;

/// <summary>The servers' private addresses, which come and go with them, and how to get there.</summary>
public sealed class ServerOutputTests
{
    private const string Environment = "netenv.mynet.dev";
    private const string Web = "netenv.mynet.dev.us-west-2.applications.app.groups.site.resources.web";
    private const string Bastion = "netenv.mynet.dev.us-west-2.applications.app.groups.bastion.resources.instance";

    [Fact]
    public async Task Outputs_shows_every_server_and_the_lines_that_lead_to_it()
    {
        using var project = await Starter.Provisioned();

        var ran = (await project.Run("outputs", Environment, "--sandbox")).Succeeds();

        var address = await EipOf(project);
        Assert.Matches(
            @"app/site/web servers  dev · us-west-2\n  10\.\d+\.\d+\.\d+ +i-[0-9a-f]{17}  us-west-2[a-c]  InService\n", Lines(ran));
        Assert.Matches($@"    ssh -J ec2-user@{address} ec2-user@10\.\d+\.\d+\.\d+\n", Lines(ran));
        Assert.Matches($@"    ssh ec2-user@{address}\n", Lines(ran));
        Assert.Matches("    aws ssm start-session --region us-west-2 --target i-[0-9a-f]{17}\n", Lines(ran));
    }

    [Fact]
    public async Task Programs_read_the_same()
    {
        using var project = await Starter.Provisioned();

        var document = JsonNode.Parse((await project.Run("outputs", Web, "--sandbox", "--json")).Succeeds().Out)!;

        var server = Assert.Single(document["servers"]!.AsArray())!;
        Assert.Equal(Web, server["ref"]!.ToString());
        Assert.Equal("InService", server["state"]!.ToString());
        Assert.Null(server["publicAddress"]);
        var (ssh, session) = (server["ways"]![0]!, server["ways"]![1]!);
        Assert.Equal(("ssh", Bastion), (ssh["by"]!.ToString(), ssh["through"]!.ToString()));
        Assert.EndsWith($" ec2-user@{server["privateAddress"]}", ssh["command"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("session", session["by"]!.ToString());
        Assert.Null(session["through"]);
    }

    [Fact]
    public async Task A_script_takes_the_address_of_a_groups_only_server()
    {
        using var project = await Starter.Provisioned();

        var one = (await project.Run("outputs", Web, "private-address", "--sandbox")).Succeeds();
        var several = (await project.Run("outputs", Environment, "private-address", "--sandbox")).Fails();

        Assert.Matches(@"^10\.\d+\.\d+\.\d+\n$", Lines(one));
        Assert.Contains($"{Web} private-address", several.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replaced_servers_have_other_addresses()
    {
        using var project = await Starter.Provisioned();
        var before = (await project.Run("outputs", Web, "private-address", "--sandbox")).Succeeds().Out;
        const string Title = "            title: \"Web servers\"\n";
        project.Edit(Starter.Netenv, Title, $"{Title}            ebs_optimized: true\n");

        await project.Provision(Environment);

        Assert.NotEqual(before, (await project.Run("outputs", Web, "private-address", "--sandbox")).Succeeds().Out);
    }

    private static string Lines(Ran ran) => ran.Out.ReplaceLineEndings("\n");

    private static async Task<string> EipOf(ProjectFolder project)
    {
        await using var cloud = new Sandbox(project.Home);
        return (await cloud.Stack("dev", "NE-mynet-dev-App-app-bastion-eip-EIP")).Outputs["ElasticIPAddress"];
    }
}
