using System.Text.Json.Nodes;
using Paco.Sandbox.Alarms;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudWatch;

/// <summary>Values as PutMetricData brings them.</summary>
internal static class Measured
{
    /// <summary>What one entry of PutMetricData says: a value, several, or what a set of them comes to.</summary>
    public static Sample Read(JsonObject one, DateTimeOffset now)
    {
        var (at, unit) = (one.Time("Timestamp") ?? now, one.Text("Unit") ?? "None");
        if (one["StatisticValues"] is JsonObject set)
        {
            return new(at, Given(set, "SampleCount"), Given(set, "Sum"), Given(set, "Minimum"), Given(set, "Maximum"), [], unit);
        }

        var values = one.Texts("Values").Count > 0 ? Counted(one) : [(Given(one, "Value"), 1.0)];
        return new(at, values.Sum(v => v.Count), values.Sum(v => v.Value * v.Count), values.Min(v => v.Value), values.Max(v => v.Value),
            values, unit);
    }

    private static List<(double Value, double Count)> Counted(JsonObject one)
    {
        var (values, counts) = (Numbers(one, "Values"), Numbers(one, "Counts"));
        return counts.Count > 0 && counts.Count != values.Count
            ? throw new AwsError("InvalidParameterValue", "The parameters Values and Counts must have the same size.")
            : [.. values.Select((v, i) => (v, counts.Count > 0 ? counts[i] : 1.0))];
    }

    private static List<double> Numbers(JsonObject one, string member) =>
        [.. one.Texts(member).Select(text => new JsonObject { [member] = text }.Number(member) ?? 0)];

    private static double Given(JsonObject of, string member) =>
        of.Number(member) ?? throw new AwsError("MissingParameter", $"The parameter {member} is required.");
}
