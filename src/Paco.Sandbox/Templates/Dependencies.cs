using System.Text.Json.Nodes;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Templates;

/// <summary>Which resource needs which.</summary>
internal static class Dependencies
{
    /// <summary>The resources a resource names in Ref, GetAtt, Sub or DependsOn, among those that are there.</summary>
    public static List<string> Of(Template template, string logical, IReadOnlySet<string> among)
    {
        var resource = template.Resource(logical);
        var written = resource["DependsOn"] switch { JsonArray list => list.Select(i => i!.ToString()), JsonValue one => [one.ToString()],
            _ => [] };
        return [.. Intrinsics.Mentions(resource).Select(m => m.Name).Concat(written).Distinct()
            .Where(name => name != logical && among.Contains(name))];
    }

    /// <summary>Logical ids so that each comes after what it needs; throws AWS's words for a circle or a DependsOn into nowhere.</summary>
    public static List<string> Order(Template template, IEnumerable<string> logicals)
    {
        var among = logicals.ToHashSet(StringComparer.Ordinal);
        var (done, open, order) = (new HashSet<string>(), new HashSet<string>(), new List<string>());
        foreach (var logical in among)
        {
            Undefined(template, logical);
            Visit(logical);
        }

        return order;

        void Visit(string logical)
        {
            if (done.Contains(logical))
            {
                return;
            }

            if (!open.Add(logical) || Intrinsics.Mentions(template.Resource(logical)).Any(m => m.Name == logical))
            {
                throw AwsError.Validation($"Circular dependency between resources: [{string.Join(", ", open)}]");
            }

            foreach (var need in Of(template, logical, among))
            {
                Visit(need);
            }

            open.Remove(logical);
            done.Add(logical);
            order.Add(logical);
        }
    }

    private static void Undefined(Template template, string logical)
    {
        var written = template.Resource(logical)["DependsOn"] switch { JsonArray list => list.Select(i => i?.ToString() ?? ""),
            JsonValue one => [one.ToString()], _ => [] };
        if (written.FirstOrDefault(name => !template.Resources.ContainsKey(name)) is { } missing)
        {
            throw AwsError.Validation(
                $"Template format error: Unresolved resource dependencies [{missing}] in the Resources block of the template");
        }
    }
}
