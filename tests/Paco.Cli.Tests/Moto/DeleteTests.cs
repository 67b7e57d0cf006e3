using Paco.Aws.Tests;

namespace Paco.Cli.Tests.Moto;

[Collection(MotoCollection.Name)]
public sealed class DeleteTests(MotoServer moto)
{
    private const string Zone = "Resource-Route53-prod-site-HostedZone";

    private static readonly CancellationToken None = CancellationToken.None;

    [MotoFact]
    public async Task An_environment_is_deleted_in_both_accounts()
    {
        await using var wire = await Wire.To(moto.Address);
        using var project = new MotoProject(wire.Address);
        await project.ProvisionEverything();
        using var eyes = await Eyes.In(moto.Address, project.Ids["dev"]);
        wire.Answered = request => request.StartsWith("Action=DeleteStack", StringComparison.Ordinal)
            ? RemoveRouteTables(eyes, request)
            : Task.CompletedTask;

        var output = await project.Succeed("delete", MotoProject.Environment, "--yes", "--allow-destroy", MotoProject.Environment);

        Assert.Contains("11 deleted", output, StringComparison.Ordinal);
        using var cloud = project.Cloud();
        Assert.Empty(await cloud.CloudFormation(MotoProject.Dev).DescribeStacks(None));
        Assert.Equal([Zone], (await cloud.CloudFormation(MotoProject.Prod).DescribeStacks(None)).Select(s => s.StackName));
        Assert.DoesNotContain(await Records(cloud), name => name == "shop.example.com");
        Assert.DoesNotContain(Eyes.Values(await eyes.Ec2("DescribeVpcs"), "cidrBlock"), cidr => cidr == "10.0.0.0/16");
        Assert.Empty(Eyes.Values(await eyes.Elb("DescribeLoadBalancers"), "LoadBalancerArn"));
        Assert.Empty(await eyes.Ingress());
        Assert.Contains("Nothing to delete", await project.Succeed("delete", MotoProject.Environment, "--yes"), StringComparison.Ordinal);
    }

    [MotoFact]
    public async Task A_hosted_zone_goes_only_with_permission_for_that_zone()
    {
        using var project = new MotoProject(moto.Address);
        await project.Succeed("provision", "resource.route53", "--yes");

        var refused = await project.Run("delete", "resource.route53", "--yes");
        var other = await project.Run("delete", "resource.route53", "--yes", "--allow-destroy", "resource.route53.known");
        var allowed = await project.Run("delete", "resource.route53", "--yes", "--allow-destroy", "resource.route53.site");

        Assert.All([refused, other], ran => Assert.Equal(ExitCode.Failure, ran.ExitCode));
        Assert.All([refused, other], ran => Assert.Contains("--allow-destroy resource.route53.site", ran.Error, StringComparison.Ordinal));

        // Nobody can take a stack's protection from termination away in moto, nor does that protect it: moto deletes it all the same.
        Assert.Equal(ExitCode.Failure, allowed.ExitCode);
        Assert.Contains("cloudformation:UpdateTerminationProtection", allowed.Out, StringComparison.Ordinal);
        using var cloud = project.Cloud();
        Assert.Single(await cloud.CloudFormation(MotoProject.Prod).DescribeStacks(None));

        await cloud.CloudFormation(MotoProject.Prod).DeleteStack(Zone, "token", None);
        Assert.Contains("Nothing to delete", await project.Succeed("delete", "resource.route53", "--yes"), StringComparison.Ordinal);
    }

    // moto's CloudFormation leaves a stack's route tables behind, and its EC2 then rightly keeps the VPC.
    private static async Task RemoveRouteTables(Eyes eyes, string deletion)
    {
        var stack = Uri.UnescapeDataString(deletion.Split("&StackName=")[1].Split('&')[0]);
        var left = await eyes.Ec2("DescribeRouteTables", ("Filter.1.Name", "tag:aws:cloudformation:stack-id"), ("Filter.1.Value.1", stack));
        foreach (var table in Eyes.Values(left, "routeTableId").Distinct())
            await eyes.Ec2("DeleteRouteTable", ("RouteTableId", table));
    }

    private static async Task<IEnumerable<string>> Records(Paco.Aws.AwsCloud cloud)
    {
        var zone = await MotoProject.Zone(cloud);
        return (await cloud.Route53(MotoProject.Prod).ListRecords(zone, None)).Select(r => r.Name);
    }
}
