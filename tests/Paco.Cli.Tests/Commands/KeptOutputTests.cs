namespace Paco.Cli.Tests.Commands;

/// <summary>A security group that servers are in, and that leaves the project together with the line that put them there.</summary>
public sealed class KeptOutputTests
{
    private const string Environment = "netenv.mynet.dev";
    private const string GroupStack = "NE-mynet-dev-Net-app-SG";
    private const string Web = "        web:\n          enabled: true\n          egress:\n";
    private const string Extra =
        "        extra:\n          enabled: true\n          ingress:\n            - { name: Metrics, protocol: tcp, port: 9100, cidr_ip: 10.0.0.0/8 }\n";
    private const string InWeb = "              - paco.ref netenv.mynet.network.vpc.security_groups.app.web\n            target_groups";
    private const string InExtra = "              - paco.ref netenv.mynet.network.vpc.security_groups.app.extra\n";

    [Fact]
    public async Task It_goes_when_the_servers_have_left_it()
    {
        using var project = await WithExtra();
        project.Edit(Starter.Netenv, Extra, "");
        project.Edit(Starter.Netenv, InExtra, "");

        var ran = (await project.Run("provision", Environment, "--sandbox", "--yes")).Succeeds();

        Assert.Contains("extraId goes at the end, when app/site/web, network/security_groups/app rules have moved", ran.Out,
            StringComparison.Ordinal);
        Assert.Contains("… network/security_groups/app", ran.Out, StringComparison.Ordinal);
        Assert.Contains("waits until app/site/web, network/security_groups/app rules have moved", ran.Out, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.DoesNotContain("extra", (await cloud.ResourcesOf("dev", GroupStack)).Keys);
        (await project.Run("plan", Environment, "--sandbox")).Ends(ExitCode.Success);
    }

    [Fact]
    public async Task It_stays_while_servers_outside_of_the_scope_are_in_it()
    {
        using var project = await WithExtra();
        project.Edit(Starter.Netenv, Extra, "");
        project.Edit(Starter.Netenv, InExtra, "");

        var ran = (await project.Run("provision", $"{Environment}.us-west-2.network", "--sandbox", "--yes")).Succeeds();

        Assert.Contains(
            "network/security_groups/app keeps extraId, which the project no longer asks for: app/site/web uses it: paco provision netenv.mynet.dev", ran.Out, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.Contains("extra", (await cloud.ResourcesOf("dev", GroupStack)).Keys);
    }

    private static async Task<ProjectFolder> WithExtra()
    {
        var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, Web, Extra + Web);
        project.Edit(Starter.Netenv, InWeb,
            InWeb.Replace("            target_groups", InExtra + "            target_groups", StringComparison.Ordinal));
        await project.Provision(Environment);
        return project;
    }
}
