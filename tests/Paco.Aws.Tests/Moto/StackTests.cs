using Paco.Clouds;

namespace Paco.Aws.Tests.Moto;

[Collection(MotoCollection.Name)]
public sealed class StackTests(MotoServer moto)
{
    private const string Network = """
        Parameters:
          Cidr: {Type: String}
        Resources:
          Vpc:
            Type: AWS::EC2::VPC
            Properties: {CidrBlock: !Ref Cidr}
          Web:
            Type: AWS::EC2::SecurityGroup
            Properties: {GroupDescription: web, VpcId: !Ref Vpc}
        Outputs:
          VpcId: {Value: !Ref Vpc}
        """;

    private static readonly CancellationToken None = CancellationToken.None;

    [MotoFact]
    public async Task A_stack_is_created_described_updated_and_deleted()
    {
        using var cloud = Clouds.AtMoto(moto);
        var stacks = cloud.CloudFormation(Clouds.Dev);
        var request = Clouds.Stack("network", Network, [new("Cidr", "10.0.0.0/16")]) with { Tags = [new("paco", "yes & <no>")] };

        var id = await stacks.CreateStack(request, None);
        var stack = await stacks.DescribeStack("network", None);

        Assert.Equal(id, stack!.StackId);
        Assert.Equal(StackStatus.CreateComplete, stack.Status);
        Assert.Equal("10.0.0.0/16", stack.Parameters["Cidr"]);
        Assert.Equal("yes & <no>", stack.Tags["paco"]);
        Assert.StartsWith("vpc-", stack.Outputs["VpcId"], StringComparison.Ordinal);
        Assert.Equal(Network, await stacks.GetTemplate("network", None));

        var resources = await stacks.DescribeStackResources("network", None);
        Assert.Equal(["AWS::EC2::SecurityGroup", "AWS::EC2::VPC"], resources.Select(r => r.ResourceType).Order());

        Assert.Equal(id, await stacks.UpdateStack(request with { Template = new(Network + "\n  Again: {Value: !Ref Web}\n", null) }, None));
        Assert.StartsWith("sg-", (await stacks.DescribeStack("network", None))!.Outputs["Again"], StringComparison.Ordinal);

        await stacks.DeleteStack("network", "token-delete", None);
        Assert.Null(await stacks.DescribeStack("network", None));
        Assert.Null(await stacks.DescribeStack(id, None));
        Assert.Empty(await stacks.DescribeStacks(None));
    }

    [MotoFact]
    public async Task An_update_that_changes_nothing_is_no_update()
    {
        using var cloud = Clouds.AtMoto(moto);
        var stacks = cloud.CloudFormation(Clouds.Dev);
        var request = Clouds.Stack("same", Network, [new("Cidr", "10.0.0.0/16")]);
        await stacks.CreateStack(request, None);

        Assert.Null(await stacks.UpdateStack(request, None));
    }

    [MotoFact]
    public async Task Creating_what_exists_and_updating_what_does_not_are_told_apart()
    {
        using var cloud = Clouds.AtMoto(moto);
        var stacks = cloud.CloudFormation(Clouds.Dev);
        var request = Clouds.Stack("twice", Network, [new("Cidr", "10.0.0.0/16")]);
        await stacks.CreateStack(request, None);

        var exists = await Assert.ThrowsAsync<CloudException>(() => stacks.CreateStack(request, None));
        var missing = await Assert.ThrowsAsync<CloudException>(() => stacks.UpdateStack(request with { StackName = "never" }, None));

        Assert.Equal((CloudErrorKind.AlreadyExists, "cloudformation:CreateStack"), (exists.Kind, exists.Operation));
        Assert.Equal((CloudErrorKind.NotFound, "cloudformation:UpdateStack"), (missing.Kind, missing.Operation));
    }

    [MotoFact]
    public async Task Events_come_newest_first_and_stop_where_asked()
    {
        using var cloud = Clouds.AtMoto(moto);
        var stacks = cloud.CloudFormation(Clouds.Dev);
        await stacks.CreateStack(Clouds.Stack("events", Network, [new("Cidr", "10.0.0.0/16")]), None);

        var all = await stacks.DescribeStackEvents("events", null, default, None);
        var since = await stacks.DescribeStackEvents("events", all[^1].EventId, default, None);

        Assert.Equal("CREATE_COMPLETE", all[0].ResourceStatus);
        Assert.Equal("CREATE_IN_PROGRESS", all[^1].ResourceStatus);
        Assert.Equal(all.Length - 1, since.Length);
        Assert.Empty(await stacks.DescribeStackEvents("events", all[0].EventId, default, None));
    }

    [MotoFact]
    public async Task More_stacks_than_a_page_holds_are_all_described()
    {
        using var cloud = Clouds.AtMoto(moto);
        var stacks = cloud.CloudFormation(Clouds.Dev);
        const string Topic = "Resources: {Topic: {Type: 'AWS::SNS::Topic'}}";
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => stacks.CreateStack(Clouds.Stack($"many-{i}", Topic), None)));

        Assert.Equal(60, (await stacks.DescribeStacks(None)).Select(s => s.StackName).Distinct().Count());
    }
}
