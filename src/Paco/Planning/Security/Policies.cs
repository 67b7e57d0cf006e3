using Paco.CloudFormation;

namespace Paco.Planning.Security;

/// <summary>What policies say: those of roles, users and groups, and those of what is reached.</summary>
internal static class Policies
{
    /// <summary>A role, user or group: its inline policies, what is attached, and who may assume it.</summary>
    public static IEnumerable<Access> OfIdentity(string kind, string logicalId, MapValue identity, DisplayValues reading)
    {
        var holder = $"{kind} {DisplayValues.NameOf(logicalId, identity)}";
        foreach (var trust in PolicyText.Statements(identity["AssumeRolePolicyDocument"], reading))
            yield return new TrustAccess(holder, trust);
        foreach (var policy in DisplayValues.Items(identity["Policies"]).OfType<MapValue>())
        {
            foreach (var statement in PolicyText.Statements(policy["PolicyDocument"], reading))
                yield return new StatementAccess(holder, statement);
        }
        foreach (var arn in reading.Names(identity["ManagedPolicyArns"]))
            yield return new ManagedPolicyAccess(holder, arn);
        if (identity["PermissionsBoundary"] is { } boundary)
            yield return new ManagedPolicyAccess(holder, reading.Name(boundary), IsBoundary: true);
    }

    /// <summary>An inline policy as a resource of its own: each holder gets every statement.</summary>
    public static IEnumerable<Access> OfInline(MapValue policy, DisplayValues reading) =>
        from holder in Holders(policy, reading)
        from statement in PolicyText.Statements(policy["PolicyDocument"], reading)
        select new StatementAccess(holder, statement);

    public static IEnumerable<Access> OfManaged(string logicalId, MapValue policy, DisplayValues reading)
    {
        var name = DisplayValues.NameOf(logicalId, policy);
        return PolicyText.Statements(policy["PolicyDocument"], reading).Select(s => (Access)new StatementAccess($"policy {name}", s))
            .Concat(Holders(policy, reading).Select(holder => new ManagedPolicyAccess(holder, name)));
    }

    /// <summary>A policy that belongs to what is reached. Its holders are named in a property, or it is the resource itself.</summary>
    public static IEnumerable<Access> OfReached(string kind, IEnumerable<string> names, Value? document, DisplayValues reading) =>
        from name in names
        from statement in PolicyText.Statements(document, reading)
        select new StatementAccess($"{kind} {name}", statement, OnHolder: true);

    /// <summary>A permission of a function is a statement in other words.</summary>
    public static IEnumerable<Access> OfFunction(MapValue permission, DisplayValues reading)
    {
        var conditions = new[] { "SourceArn", "SourceAccount", "PrincipalOrgID", "FunctionUrlAuthType" }
            .Where(name => permission[name] is not null).Select(name => (Name: name, Text: $"{name} is {reading.Text(permission[name])}"))
            .ToList();
        var principal = PolicyText.Account(reading.Text(permission["Principal"]), reading);
        yield return new StatementAccess($"function {reading.Name(permission["FunctionName"])}", new Statement
        {
            Allows = true,
            Actions = [reading.Text(permission["Action"])],
            Principals = [principal],
            Conditions = [.. conditions.Select(c => c.Text)],
            SaysWho = conditions.Exists(c => c.Name != "FunctionUrlAuthType" || !c.Text.EndsWith(" NONE", StringComparison.Ordinal)),
        }, OnHolder: true);
    }

    private static IEnumerable<string> Holders(MapValue policy, DisplayValues reading) =>
        from kind in new[] { "Role", "User", "Group" }
        from name in reading.Names(policy[$"{kind}s"]).Concat(reading.Names(policy[$"{kind}Name"]))
        select $"{kind.ToLowerInvariant()} {name}";
}
