using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Network;

/// <summary>
/// Two stacks a set: first the groups, then the rules. The groups of all sets exist before any rule names one, so sets may refer
/// to each other in circles.
/// </summary>
internal static class SecurityGroupTemplates
{
    private const string GroupId = "AWS::EC2::SecurityGroup::Id";

    // Disabled groups stay, since something may still use them; only their rules go.
    public static void BuildGroups(BuildScope scope, Vpc vpc, SecurityGroupSet set)
    {
        var stack = Stack(scope, set, "SG", "");
        foreach (var group in Sorted(set))
        {
            var name = NameOf(scope, set, group);
            stack.Resource(group.LogicalId, "AWS::EC2::SecurityGroup", new MapValue
            {
                ["GroupName"] = name,
                ["GroupDescription"] = group.GroupDescription.Length > 0 ? group.GroupDescription : "Paco generated Security Group",
                ["VpcId"] = stack.Input("VPC", vpc.ToRef().Output("id"), "AWS::EC2::VPC::Id"),
                ["Tags"] = Value.List(new MapValue { ["Key"] = "Name", ["Value"] = name }),
            }, group.Location);
            stack.Output($"{group.LogicalId}Id", Fn.Ref(group.LogicalId), $"{group.Path}.id");
        }
    }

    public static void BuildRules(BuildScope scope, SecurityGroupSet set)
    {
        var stack = Stack(scope, set, "Rules-SG", "rules");
        var groups = new GroupParameters(stack);
        foreach (var group in Sorted(set).Where(g => g.IsEnabled))
        {
            foreach (var rule in group.Egress)
                Add(stack, group, rule, "Egress", Egress(groups, group, rule));
            foreach (var rule in group.Ingress)
                Add(stack, group, rule, "Ingress", Ingress(stack, groups, group, rule));
        }
    }

    private static StackBuilder Stack(BuildScope scope, SecurityGroupSet set, string suffix, string title)
    {
        var named = scope with { OwnNames = [set.Name], Label = $"{scope.Label}/security_groups/{set.Name}" };
        return named.Stack(set, suffix, title, enabled: set.Groups.Any(g => g.IsEnabled));
    }

    private static IEnumerable<SecurityGroup> Sorted(SecurityGroupSet set) => set.Groups.OrderBy(g => g.Name, StringComparer.Ordinal);

    private static string NameOf(BuildScope scope, SecurityGroupSet set, SecurityGroup group)
    {
        var name = Names.Physical("-", SecurityGroup.Signs, [.. scope.Names, set.Name, group.Name]);
        if (name.Length > 255)
        {
            scope.Build.Bag.Add(StackCodes.NameTooLong, group.Location,
                $"the security group's name has {name.Length} characters; AWS allows 255", subject: group.Path);
        }
        return name;
    }

    private static void Add(StackBuilder stack, SecurityGroup group, SecurityGroupRule rule, string way, MapValue properties) =>
        stack.Resource(Names.LogicalId($"{group.Name}{rule.Hash}{way}{rule.RuleName}"), $"AWS::EC2::SecurityGroup{way}", properties,
            rule.Location);

    private static MapValue Egress(GroupParameters groups, SecurityGroup group, EgressRule rule)
    {
        var properties = Common(groups, group, rule);
        return EndIsGroup(rule) ? properties.With("DestinationSecurityGroupId", groups.Of(rule.Other!, "DestinationGroupId")) : properties;
    }

    private static MapValue Ingress(StackBuilder stack, GroupParameters groups, SecurityGroup group, IngressRule rule)
    {
        var properties = Common(groups, group, rule);
        return !EndIsGroup(rule) ? properties : properties.With(new MapValue
        {
            ["SourceSecurityGroupId"] = groups.Of(rule.Other!, "SourceGroupId"),
            ["SourceSecurityGroupOwnerId"] =
                rule.SourceSecurityGroupOwner is { } owner
                    ? stack.RefOrText($"SourceGroupOwnerId{Names.Md5(owner.Ref?.Text ?? "")}", owner)
                    : null,
        });
    }

    private static bool EndIsGroup(SecurityGroupRule rule) => rule is { CidrIp: "", CidrIpV6: "", Other: not null };

    private static MapValue Common(GroupParameters groups, SecurityGroup group, SecurityGroupRule rule) => new()
    {
        ["GroupId"] = groups.Of(new RefOrText(group.ToRef(), null, group.Location), "SourceGroupId"),
        ["IpProtocol"] = rule.Protocol,
        ["FromPort"] = rule.Ports.From,
        ["ToPort"] = rule.Ports.To,
        ["Description"] = rule.Description.Length > 0 ? rule.Description : new TextValue("unknown") { From = Origin.Nobody },
        ["CidrIp"] = Value.Of(rule.CidrIp.Length > 0 ? rule.CidrIp : null),
        ["CidrIpv6"] = Value.Of(rule.CidrIp.Length == 0 && rule.CidrIpV6.Length > 0 ? rule.CidrIpV6 : null),
    };

    /// <summary>One parameter for every group a stack's rules name, called by the way it is named first.</summary>
    private sealed class GroupParameters(StackBuilder stack)
    {
        private readonly Dictionary<string, Value> _byPath = new(StringComparer.Ordinal);

        public Value Of(RefOrText group, string prefix)
        {
            if (group.Ref is not { } reference)
                return group.Text!;
            if (!_byPath.TryGetValue(reference.Path, out var value))
                _byPath[reference.Path] = value = stack.Input($"{prefix}{Names.Md5(reference.Text)}", reference.Output("id"), GroupId);
            return value;
        }
    }
}
