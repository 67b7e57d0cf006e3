using System.Text.Json.Nodes;
using Paco.CloudFormation.Schemas;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Drift;

/// <summary>
/// One property that is not as the template says: <c>/SecurityGroupIngress/0/CidrIp</c>, and how it differs in AWS's word.
/// </summary>
internal sealed record Difference(string Path, JsonNode? Expected, JsonNode? Actual, string How)
{
    public const string NotEqual = "NOT_EQUAL";
    public const string Add = "ADD";
    public const string Remove = "REMOVE";
}

/// <summary>
/// Compares what a template wrote with what is there. Only what the template wrote is compared; what can never be read back,
/// and what a dynamic reference filled in, is left out; so are spellings the service regards as equal. The items of a list match in any
/// order.
/// </summary>
internal sealed class DriftComparison(ResourceSchema? schema)
{
    public List<Difference> Of(JsonObject expected, JsonObject actual)
    {
        var found = new List<Difference>();
        Walk("", expected, actual, found);
        return found;
    }

    private void Walk(string path, JsonNode? expected, JsonNode? actual, List<Difference> found)
    {
        if (path.Length > 0 && (schema?.IsWriteOnly(path[1..]) == true || IsDynamic(expected)))
        {
            return;
        }

        switch (expected, actual)
        {
            case (JsonObject want, JsonObject have):
                foreach (var (name, value) in want)
                {
                    Member($"{path}/{name}", value, have, name, found);
                }

                break;
            case (JsonArray want, JsonArray have):
                Items(path, want, have, found);
                break;
            default:
                if (!Json.Same(expected, actual) && !IsAsGood(path[1..], expected, actual))
                {
                    found.Add(new(path, expected, actual, actual is null ? Difference.Remove : Difference.NotEqual));
                }

                break;
        }
    }

    private void Member(string path, JsonNode? value, JsonObject have, string name, List<Difference> found)
    {
        if (have.TryGetPropertyValue(name, out var other))
        {
            Walk(path, value, other, found);
        }
        else if (value is not (null or JsonArray { Count: 0 }) && schema?.IsWriteOnly(path[1..]) != true && !IsDynamic(value))
        {
            found.Add(new(path, value, null, Difference.Remove));
        }
    }

    private void Items(string path, JsonArray want, JsonArray have, List<Difference> found)
    {
        var (missing, extra) = (Enumerable.Range(0, want.Count).ToList(), Enumerable.Range(0, have.Count).ToList());
        foreach (var i in missing.ToList())
        {
            if (extra.Where(j => IsSame($"{path}/{j}", want[i], have[j])).Select(j => (int?)j).FirstOrDefault() is { } match)
            {
                missing.Remove(i);
                extra.Remove(match);
            }
        }

        foreach (var i in missing)
        {
            if (Nearest(want[i], have, extra, want.Count == have.Count) is { } near)
            {
                extra.Remove(near);
                Walk($"{path}/{near}", want[i], have[near], found);
            }
            else
            {
                found.Add(new($"{path}/{i}", want[i], null, Difference.Remove));
            }
        }

        found.AddRange(extra.Select(j => new Difference($"{path}/{j}", null, have[j], Difference.Add)));
    }

    private bool IsSame(string path, JsonNode? want, JsonNode? have)
    {
        var found = new List<Difference>();
        Walk(path, want, have, found);
        return found.Count == 0;
    }

    /// <summary>Which of the items left over an item has become: the one it shares most members with.</summary>
    private static int? Nearest(JsonNode? want, JsonArray have, List<int> left, bool sameLength)
    {
        var best = left.Select(j => (At: j, Shared: Shared(want, have[j]))).OrderByDescending(c => c.Shared)
            .Select(c => ((int At, int Shared)?)c).FirstOrDefault();
        return best is { } found && (found.Shared > 0 || sameLength) ? found.At : null;
    }

    private static int Shared(JsonNode? want, JsonNode? have) =>
        want is JsonObject a && have is JsonObject b
            ? a.Count(p => b.TryGetPropertyValue(p.Key, out var other) && Json.Same(p.Value, other))
            : 0;

    /// <summary>Another spelling of the same, as far as Amazon's schema says so.</summary>
    private bool IsAsGood(string path, JsonNode? expected, JsonNode? actual) =>
        expected is JsonValue && actual is JsonValue && schema?.AreEqual(path, Json.Scalar(expected), Json.Scalar(actual)) == true;

    private static bool IsDynamic(JsonNode? node) =>
        node is JsonValue value && Json.Scalar(value).Contains("{{resolve:", StringComparison.Ordinal);
}
