using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>The network that builds run in: they reach what is in it, and the internet through its NAT gateways only.</summary>
public sealed class BuildNetwork(Fields f) : Model(f)
{
    private static readonly string[] Interfaces =
    [
        "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeDhcpOptions", "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs",
    ];

    public ImmutableArray<Ref> Segments { get; } =
        f.Refs("segments", "The segments whose subnets it runs in: private ones, for a build has no public address.", "Segment");

    public ImmutableArray<Ref> SecurityGroups { get; } = f.Refs("security_groups", "Its security groups.", "SecurityGroup");

    protected internal override void Rules(Fields f)
    {
        if (Segments.IsEmpty)
            f.Lacks("segments", "a \"vpc_config\" needs \"segments\"");
        if (SecurityGroups.IsEmpty)
            f.Lacks("security_groups", "a \"vpc_config\" needs \"security_groups\"");
    }

    internal MapValue ToValue(StackBuilder stack, BuildScope scope) => new()
    {
        ["VpcId"] = stack.Input("VPC", scope.Environment!.VpcId),
        ["Subnets"] = Value.List(Subnets(stack, scope)),
        ["SecurityGroupIds"] = Value.List(SecurityGroups.DistinctBy(g => g.Path).Select(group =>
            stack.SharedInput($"SecurityGroupId{Names.Camel(group.Path.Parent.Last, group.Path.Last)}", group.Output("id")))),
    };

    /// <summary>
    /// What CodeBuild needs to put an interface into the subnets, for its own machines only. Source: CodeBuild User Guide, "Allow CodeBuild
    /// access to AWS services required to create a VPC network interface".
    /// </summary>
    internal IEnumerable<MapValue> Rights(StackBuilder stack, BuildScope scope)
    {
        yield return PolicyDocument.Allow("*", Interfaces);
        yield return PolicyDocument.Allow(Arn("network-interface/*"), "ec2:CreateNetworkInterfacePermission").With("Condition",
            new MapValue
            {
                ["StringEquals"] = new MapValue { ["ec2:AuthorizedService"] = "codebuild.amazonaws.com" },
                ["ArnEquals"] = new MapValue
                {
                    ["ec2:Subnet"] = Value.List(Subnets(stack, scope).Select(subnet =>
                        Fn.Sub("arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:subnet/${Subnet}",
                            new MapValue { ["Subnet"] = subnet }))),
                },
            });
    }

    private IEnumerable<Value> Subnets(StackBuilder stack, BuildScope scope) =>
        from segment in Segments.DistinctBy(s => s.Path)
        from zone in Enumerable.Range(1, Math.Min(scope.Environment!.AvailabilityZones,
            scope.Build.Index.Find<ISegment>(segment)?.Cidrs.Count ?? 0))
        select stack.SharedInput($"Segment{Names.Camel(segment.Path.Last)}AZ{zone}", segment.Output($"az{zone}.subnet_id"));

    private static Value Arn(string resource) => Fn.Sub($"arn:${{AWS::Partition}}:ec2:${{AWS::Region}}:${{AWS::AccountId}}:{resource}");
}
