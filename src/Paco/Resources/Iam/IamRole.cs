using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Resources.Iam;

/// <summary>A role to be made in a stack of its own. Every room that needs one describes it like this, whatever it comes from.</summary>
internal sealed record IamRole
{
    private const string Kept = "_+=,.@-";
    private const int MaxNameLength = 64;

    /// <summary>The reference it answers to; its name is hashed from it.</summary>
    public required string Ref { get; init; }

    /// <summary>The resource it is for.</summary>
    public required string Resource { get; init; }

    /// <summary>What it is to the resource: <c>instance_iam_role</c>.</summary>
    public required string Name { get; init; }

    public Location Location { get; init; }

    /// <summary>The whole name where the user chose one.</summary>
    public string? GlobalName { get; init; }

    public string Path { get; init; } = "/";

    public MapValue? Trust { get; init; }

    public ImmutableArray<string> ManagedPolicyArns { get; init; } = [];

    /// <summary>Seconds; null or an hour is AWS's default and left out.</summary>
    public int? MaxSessionDuration { get; init; }

    public string? PermissionsBoundary { get; init; }

    /// <summary>Inline policies: names and documents.</summary>
    public ImmutableArray<KeyValuePair<string, MapValue>> Policies { get; init; } = [];

    public bool InstanceProfile { get; init; }

    /// <summary>Nothing of it stays while its owner is switched off: nobody else uses it.</summary>
    public bool GoesWithOwner { get; init; }

    public string RoleName => NameOf('R');

    public string ProfileName => NameOf('P');

    /// <summary>The role's ARN before the stack exists.</summary>
    public Value Arn => Fn.Sub($"arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:role{Path}{RoleName}");

    private Value ProfileArn => Fn.Sub($"arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:instance-profile{Path}{ProfileName}");

    private string Id => Names.Camel($"{Resource}-{Name}");

    /// <summary>
    /// Makes the stack <c>…-resource-role-Role</c>; a disabled role keeps its template without its inline policies, unless it goes with its
    /// owner.
    /// </summary>
    public NodeId Build(BuildScope scope, Binding.Model owner)
    {
        CheckName(scope.Build, scope);
        var stack = scope.Stack(owner, $"{Name}-Role", "role", path: Ref);
        stack.Tags = [.. scope.Tags, new("Paco-IAM-Resource-Type", "Role")];
        stack.Capabilities = ["CAPABILITY_NAMED_IAM"];
        if (GoesWithOwner && !owner.IsEnabled)
            return stack.Id;
        var path = stack.Parameter($"{Id}RolePath", Path);
        stack.Resource($"{Id}Role", "AWS::IAM::Role", RoleProperties(path, owner.IsEnabled), Location);
        if (InstanceProfile)
            AddProfile(stack, path);
        stack.Output($"{Id}Role", Fn.Ref($"{Id}Role"), $"{Ref}.name");
        stack.Output($"{Id}RoleArn", Fn.GetAtt($"{Id}Role", "Arn"), Ref, $"{Ref}.arn");
        return stack.Id;
    }

    private MapValue RoleProperties(Value path, bool enabled) => new()
    {
        ["Path"] = path,
        ["RoleName"] = RoleName,
        ["AssumeRolePolicyDocument"] = Trust,
        ["ManagedPolicyArns"] = Value.OfMany(ManagedPolicyArns),
        ["MaxSessionDuration"] = MaxSessionDuration is { } seconds and not 3600 ? seconds : null,
        ["PermissionsBoundary"] = Value.Of(PermissionsBoundary),
        ["Policies"] = enabled
            ? Value.OfMany(Policies.Select(p => (Value)new MapValue { ["PolicyName"] = p.Key, ["PolicyDocument"] = p.Value }))
            : null,
    };

    private void AddProfile(StackBuilder stack, Value path)
    {
        stack.Resource($"{Id}InstanceProfile", "AWS::IAM::InstanceProfile", new MapValue
        {
            ["Path"] = path,
            ["InstanceProfileName"] = ProfileName,
            ["Roles"] = Value.List(Fn.Ref($"{Id}Role")),
        }, Location);
        stack.Output($"{Id}InstanceProfile", Fn.Ref($"{Id}InstanceProfile"));
        stack.Output($"{Id}InstanceProfileArn", ProfileArn, $"{Ref}.profile.arn");
    }

    private string NameOf(char letter) =>
        GlobalName is { } chosen
            ? $"{chosen}-{letter}"
            : $"{Names.ShortHash(Ref)}-{letter}-{Names.Physical("-", Kept, $"{Resource}-{Name}")}";

    // Roles are the account's, not the region's: two regions of an environment must not claim one name.
    private void CheckName(BuildContext build, BuildScope scope)
    {
        if (RoleName.Length > MaxNameLength)
        {
            build.Bag.Add(StackCodes.NameTooLong, Location,
                $"the role would be called {RoleName}: {RoleName.Length} characters; AWS allows {MaxNameLength}",
                "shorten the resource's name", subject: Ref);
        }
        if (build.Claim($"role {scope.Place.Account} {RoleName}", Ref) is { } other)
        {
            build.Bag.Add(StackCodes.NameTaken, Location,
                $"two roles of the account {scope.Place.Account} would be called {RoleName}: this one and that of {other}",
                "a role is the account's, not the region's: give one of them another role_name", subject: Ref);
        }
    }
}
