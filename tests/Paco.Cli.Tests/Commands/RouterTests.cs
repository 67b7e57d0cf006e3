namespace Paco.Cli.Tests.Commands;

/// <summary>NAT instances through their lives: another size, another image, switched off.</summary>
public sealed class RouterTests
{
    private const string Environment = "netenv.mynet.dev";
    private const string Nat = "NE-mynet-dev-Net-ec2-NGW";
    private const string Ref = "netenv.mynet.dev.us-west-2.network.vpc.nat_gateway.ec2";
    private const string Key = "              ec2_key_pair: paco.ref resource.ec2.keypairs.app_dev\n";
    private const string Small = "ec2_instance_type: t3.nano";

    [Fact]
    public async Task Another_size_restarts_the_router_which_keeps_its_routes_and_address()
    {
        using var project = await Starter.Provisioned();
        var before = await Made(project);
        project.Edit(Starter.Netenv, Small, "ec2_instance_type: t3.micro");

        var plan = (await project.Run("plan", Environment, "--sandbox")).Ends(ExitCode.Changes);
        await project.Provision(Environment);

        Assert.Contains("stops and starts again: cannot be used for about 2 min", Flat(plan.Out), StringComparison.Ordinal);
        Assert.Equal(before, await Made(project));
    }

    [Fact]
    public async Task Another_processor_replaces_it_and_the_plan_says_that_traffic_stops_meanwhile()
    {
        using var project = await Starter.Provisioned();
        var before = await Made(project);
        project.Edit(Starter.Netenv, Small, "ec2_instance_type: t4g.nano");

        var plan = (await project.Run("plan", Environment, "--sandbox")).Ends(ExitCode.Changes);
        await project.Provision(Environment);

        Assert.Contains("cannot be used for about 2 min (InstanceId)", Flat(plan.Out), StringComparison.Ordinal);
        var after = await Made(project);
        Assert.NotEqual(before["EC2NATInstance1"], after["EC2NATInstance1"]);
        Assert.Equal(before["ElasticIP1"], after["ElasticIP1"]);
        await using var cloud = new Sandbox(project.Home);
        Assert.All((await cloud.All("dev", "AWS::EC2::Route")).Where(r => r["InstanceId"] is not null),
            route => Assert.Equal(after["EC2NATInstance1"], route.Text("InstanceId")));
    }

    [Fact]
    public async Task Switched_off_its_address_goes_back_when_permitted()
    {
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, $"enabled: true\n{Key}", $"enabled: false\n{Key}");

        var refused = (await project.Run("provision", Environment, "--sandbox", "--yes")).Fails();
        (await project.Run("provision", Environment, "--sandbox", "--yes", "--allow-destroy", Ref)).Succeeds();

        Assert.Contains("would lose the address", Flat(refused.Out), StringComparison.Ordinal);
        Assert.Equal(["EmptyTemplatePlaceholder"], (await Made(project)).Keys);
    }

    private static async Task<Dictionary<string, string>> Made(ProjectFolder project)
    {
        await using var cloud = new Sandbox(project.Home);
        return await cloud.ResourcesOf("dev", Nat);
    }

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
