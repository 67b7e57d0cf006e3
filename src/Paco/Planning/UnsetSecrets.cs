using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;

namespace Paco.Planning;

/// <summary>A secret that nobody has put a value into: what reads it gets a placeholder.</summary>
/// <param name="IsDeployed">It is there already, and can be set; else it can when the plan is done.</param>
public sealed record UnsetSecret(ProjectSecret Secret, bool IsDeployed);

/// <summary>
/// Which secrets have no value yet. Their values are not read for it: CloudFormation makes a secret with one version, and whoever sets it
/// makes another. One listing an account and region, and none where AWS makes up all values.
/// </summary>
internal static class UnsetSecrets
{
    // What all names of ours begin with.
    private const string Names = "netenv.";

    public static async Task<(ImmutableArray<UnsetSecret> Unset, ImmutableArray<PlanProblem> Unknown)> Find(
        IEnumerable<PlannedNode> nodes, ICloud cloud, CancellationToken cancel)
    {
        var secrets = (
            from stack in nodes.OfType<PlannedStack>().Where(Stays)
            from secret in ProjectSecret.Of(stack.StackNode)
            where !secret.Generated
            select (Secret: secret, IsNew: GetsPlaceholder(stack, secret))).ToLookup(s => s.IsNew, s => s.Secret);
        var looked = await Task.WhenAll(secrets[false].GroupBy(s => s.Stack.Place).Select(g => Look(g.Key, [.. g], cloud, cancel)));
        var unset = looked.SelectMany(l => l.Unset).Select(s => new UnsetSecret(s, IsDeployed: true))
            .Concat(secrets[true].Select(s => new UnsetSecret(s, IsDeployed: false)));
        return ([.. unset.OrderBy(u => u.Secret.Name, StringComparer.Ordinal)], [.. looked.Select(l => l.Unknown).OfType<PlanProblem>()]);
    }

    private static bool Stays(PlannedStack stack) =>
        stack.Action is NodeAction.None or NodeAction.Create or NodeAction.Update or NodeAction.Recreate or NodeAction.Settle
            or NodeAction.Protected;

    /// <summary>It is made by this plan, or gets the placeholder in place of what AWS made up.</summary>
    private static bool GetsPlaceholder(PlannedStack stack, ProjectSecret secret) => stack.Deployed is null
        || stack.Changes.Any(c => c.LogicalId == secret.LogicalId && (c.Kind is ChangeKind.Create or ChangeKind.Replace
            || c.Properties.Any(p => p.Path.StartsWith("GenerateSecretString", StringComparison.Ordinal))));

    private static async Task<(IEnumerable<ProjectSecret> Unset, PlanProblem? Unknown)> Look(Place place,
        ImmutableArray<ProjectSecret> secrets, ICloud cloud, CancellationToken cancel)
    {
        try
        {
            var there = await cloud.SecretsManager(place).ListSecrets(Names, cancel);
            var set = there.Where(s => s.Versions > 1).Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
            return (secrets.Where(s => !set.Contains(s.Name)), null);
        }
        catch (CloudException e) when (e.Kind is CloudErrorKind.AccessDenied or CloudErrorKind.Unsupported)
        {
            var (names, have) = (string.Join(", ", secrets.Select(s => s.Name)), secrets.Length == 1 ? "has a value" : "have values");
            return ([], new PlanProblem(secrets[0].Stack, $"nobody could look whether {names} {have} ({e.Code})",
                "it takes the permission secretsmanager:ListSecrets"));
        }
    }
}
