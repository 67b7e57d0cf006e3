using System.Collections.Immutable;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Services;

/// <summary>Auto Scaling over the Query protocol. Source: Amazon EC2 Auto Scaling API Reference, 2011-01-01.</summary>
internal sealed class AutoScalingClient(ServiceCaller caller) : IAutoScaling
{
    // More are refused.
    private const int MostNames = 50;

    public async Task<ImmutableArray<GroupInstance>> DescribeInstances(IReadOnlyCollection<string> groupNames, CancellationToken cancel)
    {
        var all = ImmutableArray.CreateBuilder<GroupInstance>();
        foreach (var names in groupNames.Chunk(MostNames))
            all.AddRange(await Pages.All(token => Page(names, token, cancel)));
        return all.DrainToImmutable();
    }

    private Task<(IEnumerable<GroupInstance>, string?)> Page(string[] names, string? token, CancellationToken cancel)
    {
        var form = new QueryForm(AwsService.AutoScaling, "2011-01-01", "DescribeAutoScalingGroups").Add("NextToken", token);
        foreach (var (i, name) in names.Index())
            form.Add($"AutoScalingGroupNames.member.{i + 1}", name);
        return caller.Xml(form.ToRequest(repeatable: true), root =>
        {
            var page = root.Within("DescribeAutoScalingGroupsResult");
            var found =
                from theGroup in page.List("AutoScalingGroups")
                from one in theGroup.List("Instances")
                select new GroupInstance(theGroup.Need("AutoScalingGroupName"), one.Need("InstanceId"), one.Need("AvailabilityZone"),
                    one.Need("LifecycleState"));
            return ((IEnumerable<GroupInstance>)[.. found], page.Text("NextToken"));
        }, cancel);
    }
}
