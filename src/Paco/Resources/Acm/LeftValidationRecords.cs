using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Resources.Acm;

/// <summary>
/// Validation records that stand in a zone that is to go, whoever wrote them: <see cref="ValidationRecords"/>, or CloudFormation, which
/// leaves them behind. While they stand Route 53 does not delete the zone. There is nothing to make of it: it is planned only to be
/// deleted.
/// </summary>
/// <param name="HostedZoneId">The zone's id.</param>
/// <param name="Records">Those the plan shows; no other is touched.</param>
public sealed record LeftValidationRecords(string HostedZoneId, ImmutableArray<DnsRecord> Records) : CloudAction
{
    private const int Named = 3;

    /// <summary>True for a record such as ACM asks for: a CNAME from <c>_….name</c> to <c>….acm-validations.aws</c>.</summary>
    public static bool IsOne(DnsRecord record) => record is { Type: "CNAME", Values: [var value] }
        && record.Name.StartsWith('_') && DomainNames.Normal(value).EndsWith(".acm-validations.aws", StringComparison.Ordinal);

    /// <summary>What is there by the plan's own look.</summary>
    public ActionState State => new(Exists: true, IsCurrent: false, Detail);

    public override async Task<ActionState> Read(ICloud cloud, ImmutableDictionary<string, string> inputs, CancellationToken cancel) =>
        await Standing(cloud, cancel) is { IsEmpty: false } ? State : ActionState.Absent;

    public override Task<ActionResult> Apply(ICloud cloud, ImmutableDictionary<string, string> inputs, ActionContext context,
        CancellationToken cancel) => Task.FromResult(ActionResult.Done);

    public override async Task Delete(ICloud cloud, CancellationToken cancel)
    {
        foreach (var record in await Standing(cloud, cancel))
            await Delete(cloud, record, cancel);
    }

    // Route 53 refuses to delete what is gone, and an answer may have been lost.
    private async Task Delete(ICloud cloud, DnsRecord record, CancellationToken cancel)
    {
        try
        {
            await cloud.Route53(Id.Place).DeleteRecord(HostedZoneId, record, cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.Refused)
        {
            if ((await Standing(cloud, cancel)).Any(r => r.Name == record.Name))
                throw;
        }
    }

    // Of those the plan shows, as they are now: a deletion names a record with everything in it.
    private async Task<ImmutableArray<DnsRecord>> Standing(ICloud cloud, CancellationToken cancel)
    {
        try
        {
            var there = await cloud.Route53(Id.Place).ListRecords(HostedZoneId, cancel);
            return [.. there.Where(r => IsOne(r) && Records.Any(known => known.Name == r.Name))];
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return [];
        }
    }

    private string Detail
    {
        get
        {
            var names = string.Join(", ", Records.Take(Named).Select(r => r.Name[(r.Name.IndexOf('.', StringComparison.Ordinal) + 1)..]));
            var more = Records.Length > Named ? $" and {Records.Length - Named} more" : "";
            var count = Records.Length == 1 ? "1 record" : $"{Records.Length} records";
            return $"{count}, without which AWS renews no certificate of {names}{more}";
        }
    }
}
