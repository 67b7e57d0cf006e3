using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Iam;

/// <summary>A managed policy in a stack of its own, given to roles by their names.</summary>
internal sealed record ManagedPolicy
{
    private const int MaxNameLength = 128;

    /// <summary>The reference it answers to; its name is hashed from it.</summary>
    public required string Ref { get; init; }

    /// <summary>Its name in the stack's name and behind the hash: <c>web-ec2lm</c>.</summary>
    public required string Name { get; init; }

    public required ImmutableArray<string> Roles { get; init; }

    /// <summary>Its statements; called with the stack, so that they can declare parameters.</summary>
    public required Func<StackBuilder, IEnumerable<MapValue>> Statements { get; init; }

    /// <summary>Nodes that must be there first: the roles' stacks.</summary>
    public ImmutableArray<NodeId> After { get; init; } = [];

    public string PhysicalName => $"{Names.ShortHash(Ref)}-{Name}";

    /// <summary>Makes the stack <c>…-group-name-Policy</c>; of a disabled owner it is empty.</summary>
    public NodeId Build(BuildScope scope, Binding.Model owner)
    {
        var name = Names.Stack([scope.Prefix, .. scope.OwnNames.SkipLast(1), Name, "Policy"]);
        var stack = scope.Stack(new NodeId(scope.Place, name), Ref, scope.Titled($"policy {Name}"), owner.IsEnabled, owner.Location);
        stack.Tags = [.. scope.Tags, new("Paco-IAM-Resource-Type", "ManagedPolicy")];
        stack.Capabilities = ["CAPABILITY_NAMED_IAM"];
        stack.After.AddRange(After);
        if (PhysicalName.Length > MaxNameLength)
        {
            scope.Build.Bag.Add(StackCodes.NameTooLong, owner.Location,
                $"the policy would be called {PhysicalName}: {PhysicalName.Length} characters; AWS allows {MaxNameLength}",
                "shorten the resource's name", subject: Ref);
        }
        if (owner.IsEnabled)
            AddPolicy(scope, stack);
        return stack.Id;
    }

    private void AddPolicy(BuildScope scope, StackBuilder stack)
    {
        var id = $"{Names.LogicalId(Name)}ManagedPolicy";
        stack.Resource(id, "AWS::IAM::ManagedPolicy", new MapValue
        {
            ["ManagedPolicyName"] = PhysicalName,
            ["Path"] = "/",
            ["PolicyDocument"] = PolicyDocument.Of(Statements(stack)),
            ["Roles"] = Value.OfMany(Roles),
        });
        stack.Output(id, Fn.Ref(id), $"{Ref}.arn");
        scope.Build.Offers.Add($"{Ref}.name", PhysicalName);
    }
}
