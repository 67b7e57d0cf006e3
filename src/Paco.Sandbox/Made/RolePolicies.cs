using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>A policy of a role: its document, or the ARN of one of AWS's own.</summary>
internal sealed record RolePolicy(JsonNode? Document, string? Arn);

/// <summary>The policies a role has, whichever resource gave them to it.</summary>
internal static class RolePolicies
{
    // Each names roles in a property, as a list or alone.
    private static readonly (string Type, string Property)[] Givers =
        [("AWS::IAM::Policy", "Roles"), ("AWS::IAM::ManagedPolicy", "Roles"), ("AWS::IAM::RolePolicy", "RoleName")];

    public static IEnumerable<RolePolicy> Of(Store store, LiveResource role)
    {
        foreach (var own in role.Properties["Policies"] as JsonArray ?? [])
            yield return new(own?["PolicyDocument"], null);
        foreach (var arn in (role.Properties["ManagedPolicyArns"] as JsonArray ?? []).Select(Json.Scalar))
            yield return new(store.Anywhere("AWS::IAM::ManagedPolicy", arn)?.Properties["PolicyDocument"], arn);
        foreach (var (type, property) in Givers)
        {
            foreach (var policy in store.OfType(role.Account, type).Where(p => Names(p.Properties[property]).Contains(role.Physical)))
                yield return new(policy.Properties["PolicyDocument"], null);
        }
    }

    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonArray many => many.Select(Json.Scalar),
        null => [],
        _ => [Json.Scalar(node)],
    };
}
