using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// What goes on with the value a secret had when AWS makes up a new one for it: CloudFormation resolves a dynamic reference
/// only when the resource that holds it is updated for another reason, so a database keeps its password.
/// </summary>
internal static class SecretRotation
{
    public static IEnumerable<PlanProblem> KeepOldValues(StackGraph all, ImmutableArray<PlannedNode> nodes,
        ImmutableDictionary<NodeId, DeployedStack> deployed)
    {
        var changed = nodes.OfType<PlannedStack>().SelectMany(s => s.Changes, (s, c) => (s.Id, c.LogicalId)).ToHashSet();
        return
            from stack in nodes.OfType<PlannedStack>()
            from secret in stack.Changes
            where secret is { Type: ProjectSecret.Type, Loses: not null }
            from user in all.Nodes.OfType<StackNode>()
            where deployed.ContainsKey(user.Id)
            from resource in user.Stack.Template.Resources
            where Inputs(user.Stack, stack, secret.LogicalId).Any(input => Resolves(resource.Properties, input))
            select changed.Contains((user.Id, resource.LogicalId)) ? TakesOver(user, secret) : Keeps(user, resource, secret);
    }

    private static PlanProblem TakesOver(StackNode user, ResourceChange secret) => new(user.Id,
        $"{user.Title} is changed too, so a secret value changes in it: it gets the new one of {Name(secret)}", null);

    private static PlanProblem Keeps(StackNode user, Resource resource, ResourceChange secret) => new(user.Id,
        $"{user.Title} keeps its password when {Name(secret)} gets a new value, and refuses whoever reads that",
        $"to rotate, leave the secret's fields as they are, {NewPassword(resource.Type)} and put it into the secret (paco secret set {Name(secret)})");

    // What a stack calls a secret: its own logical id, or the parameters that come from the other's outputs.
    private static IEnumerable<string> Inputs(Stack user, PlannedStack owner, string logicalId)
    {
        if (user.Id == owner.Id)
            return [logicalId];
        var outputs = owner.Stack.Template.Outputs.Where(o => TemplateReferences.In(o.Value).Contains(logicalId))
            .Select(o => new OutputSource(owner.Id, o.Key)).ToHashSet();
        return user.Parameters.Where(p => p.Source.Outputs.Any(outputs.Contains)).Select(p => p.Name);
    }

    private static bool Resolves(Value value, string name) => value switch
    {
        FunctionValue function => TemplateReferences.In(function).Contains(name) && SaysResolve(function.Argument),
        MapValue map => map.Any(e => Resolves(e.Value, name)),
        ListValue list => list.Items.Any(item => Resolves(item, name)),
        _ => false,
    };

    private static bool SaysResolve(Value value) => value switch
    {
        TextValue { Text: var text } => text.Contains("{{resolve:secretsmanager:", StringComparison.Ordinal),
        ListValue list => list.Items.Any(SaysResolve),
        FunctionValue function => SaysResolve(function.Argument),
        _ => false,
    };

    private static string Name(ResourceChange secret) => (secret.After?["Name"] as TextValue)?.Text ?? secret.LogicalId;

    private static string NewPassword(string type) => type switch
    {
        "AWS::RDS::DBInstance" => "give the database a new password (aws rds modify-db-instance --master-user-password)",
        "AWS::RDS::DBCluster" => "give the database a new password (aws rds modify-db-cluster --master-user-password)",
        _ => "give it a new password",
    };
}
