using Paco.Monitoring.FilterPatterns;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Made;

/// <summary>A log group goes with what is logged in it.</summary>
internal sealed class LogGroupHandler : ResourceHandler
{
    public const string Type = "AWS::Logs::LogGroup";

    public override void Delete(Store store, LiveResource it)
    {
        store.RemoveLogs(new LogPlace(it.Account, it.Region, it.Physical));
        base.Delete(store, it);
    }
}

/// <summary>
/// A metric filter, whose pattern CloudWatch Logs has to understand. Source for the words: aws-cdk#16278,
/// aws-cloudformation-resource-providers-logs#64.
/// </summary>
internal sealed class MetricFilterHandler : ResourceHandler
{
    public const string Type = "AWS::Logs::MetricFilter";

    public override LiveResource Create(ResourceRequest m)
    {
        Check(m);
        return base.Create(m);
    }

    public override LiveResource Update(ResourceRequest m, LiveResource before)
    {
        Check(m);
        return base.Update(m, before);
    }

    private static void Check(ResourceRequest m)
    {
        if (PatternRefusal.Of(m.Text("FilterPattern") ?? "", "Invalid metric filter pattern") is { } refusal)
        {
            throw new ResourceFailure(
                $"Resource handler returned message: \"Invalid request provided: {Type}. {refusal} (Service: CloudWatchLogs, Status Code: 400)\" (RequestToken: {m.Seed.Uuid("token")}, HandlerErrorCode: InvalidRequest)");
        }
    }
}

/// <summary>What CloudWatch Logs says to a filter pattern that is none.</summary>
internal static class PatternRefusal
{
    /// <summary>Its words, or null for a pattern.</summary>
    /// <param name="otherwise">What it says where it names no character.</param>
    public static string? Of(string pattern, string otherwise) => FilterPattern.Parse(pattern, out var mistake) is not null ? null
        : mistake?.Term is { } term ? $"Invalid character(s) in term '{term}'"
        : otherwise;
}
