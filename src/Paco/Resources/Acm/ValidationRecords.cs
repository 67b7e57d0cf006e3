using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Resources.Acm;

/// <summary>
/// Writes the records that prove a certificate's names into a zone of another account, while the certificate's stack waits for
/// them: CloudFormation only writes into its own account. AWS makes the same records for the same name and account every
/// time and needs them again for renewals, so they are never deleted.
/// </summary>
public sealed record ValidationRecords(string DomainName, ImmutableArray<string> Names) : CloudAction
{
    /// <summary>The name of the input that holds the zone's id.</summary>
    public const string ZoneId = "HostedZoneId";

    private const int Ttl = 300;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private NodeId Stack => During ?? Id;

    public override async Task<ActionState> Read(ICloud cloud, ImmutableDictionary<string, string> inputs, CancellationToken cancel)
    {
        if (!inputs.TryGetValue(ZoneId, out var zone) || await cloud.CloudFormation(Stack.Place).DescribeStack(Stack.Name, cancel) is null)
            return ActionState.Absent;
        if (await Records(cloud, await Own(cloud, cancel), cancel) is not { IsEmpty: false } wanted)
            return ActionState.Absent;
        var written = await cloud.Route53(Id.Place).ListRecords(zone, cancel);
        var found = wanted.Count(record => written.Any(w => Same(w, record)));
        return new ActionState(Exists: found > 0, IsCurrent: found == wanted.Length, $"{found} of {wanted.Length} records are there");
    }

    // Whether the stack got anywhere is not judged here: between two steps of its work it rests, and who works on it knows when it has
    // failed.
    public override async Task<ActionResult> Apply(ICloud cloud, ImmutableDictionary<string, string> inputs, ActionContext context,
        CancellationToken cancel)
    {
        var began = context.Time.GetTimestamp();
        while (true)
        {
            var stack = await cloud.CloudFormation(Stack.Place).DescribeStack(Stack.Name, cancel);
            var moves = stack is not null && IsMoving(stack.Status);
            var own = stack is null ? null : await Own(cloud, cancel);
            if (own is { Status: "FAILED" or "VALIDATION_TIMED_OUT" })
                throw Refused(own);
            var isFree = stack is not null && (!moves || await Unblock(cloud, own, inputs[ZoneId], cancel));
            if (isFree && await Records(cloud, own, cancel) is { IsEmpty: false } records)
            {
                foreach (var record in records)
                    await cloud.Route53(Id.Place).UpsertRecord(inputs[ZoneId], record, cancel);
                return ActionResult.Done;
            }
            if (context.Time.GetElapsedTime(began) >= Patience)
            {
                throw Ended(
                    $"AWS has not said which record proves {DomainName} within {Patience.TotalMinutes:0} minutes; run the command again");
            }
            // Each look is four calls or more.
            await Task.Delay(Pauses.Next(context.Time.GetElapsedTime(began), LongestPause, 3), context.Time, cancel);
        }
    }

    // A run that was killed may have left the stack waiting for other names than the project has by now. It waits for days, and
    // cannot be changed before it has what it waits for. True where it waits for nothing else than what is written here.
    private async Task<bool> Unblock(ICloud cloud, Certificate? own, string zone, CancellationToken cancel)
    {
        if (own is not { Status: "PENDING_VALIDATION" })
            return true;
        var others = own.Validations.Where(v => !Names.Any(n => Bare(n) == Bare(v.DomainName))).ToList();
        if (others.Exists(v => v.Record is null))
            return false;
        var isOurs = DomainNames.Normal(own.DomainName) == DomainNames.Normal(DomainName);
        foreach (var record in others.Select(v => v.Record! with { Ttl = Ttl }).DistinctBy(r => r.Name))
        {
            try
            {
                await cloud.Route53(Id.Place).UpsertRecord(zone, record, cancel);
            }
            catch (CloudException e) when (e.Kind == CloudErrorKind.Refused)
            {
                // A name of the same certificate may belong to another zone, and is written there.
                if (!isOurs)
                {
                    throw Ended(
                        $"the stack {Stack.Name} still waits for a certificate of {own.DomainName}, which cannot be proved in this zone ({e.Message}): delete what it began with paco delete {Ref}, then provision again");
                }
            }
        }
        return isOurs;
    }

    public override Task Delete(ICloud cloud, CancellationToken cancel) => Task.CompletedTask;

    /// <inheritdoc/>
    public override bool StaysOnDelete => true;

    // The records of this zone's names, once AWS knows all of them; empty before.
    private async Task<ImmutableArray<DnsRecord>> Records(ICloud cloud, Certificate? own, CancellationToken cancel)
    {
        if (own is not null && RecordsOf(own) is { IsEmpty: false } ownRecords)
            return ownRecords;
        // The stack names its certificate a little late. Any other of the domain in this account has the same records.
        var acm = cloud.Acm(Stack.Place);
        foreach (var listed in await acm.ListCertificates(cancel))
        {
            if (listed.Arn != own?.Arn && DomainNames.Normal(listed.DomainName) == DomainNames.Normal(DomainName)
                && await acm.DescribeCertificate(listed.Arn, cancel) is { } other && RecordsOf(other) is { IsEmpty: false } records)
            {
                return records;
            }
        }
        return [];
    }

    private ImmutableArray<DnsRecord> RecordsOf(Certificate certificate)
    {
        var records = Names.Select(name => RecordOf(certificate, name)).ToArray();
        return records.All(r => r is not null) ? [.. records.OfType<DnsRecord>().DistinctBy(r => r.Name)] : [];
    }

    // The certificate the stack has, as soon as it names one.
    private async Task<Certificate?> Own(ICloud cloud, CancellationToken cancel)
    {
        var resources = await cloud.CloudFormation(Stack.Place).DescribeStackResources(Stack.Name, cancel);
        return resources.FirstOrDefault(r => r.LogicalResourceId == "Certificate")?.PhysicalResourceId is { } id
            && id.StartsWith("arn:", StringComparison.Ordinal)
            ? await cloud.Acm(Stack.Place).DescribeCertificate(id, cancel)
            : null;
    }

    private static DnsRecord? RecordOf(Certificate certificate, string name) =>
        certificate.Validations.FirstOrDefault(v => Bare(v.DomainName) == Bare(name) && v.Record is not null)?.Record is { } record
            ? record with { Ttl = Ttl }
            : null;

    private static string Bare(string name) =>
        DomainNames.Normal(name) is var n && n.StartsWith("*.", StringComparison.Ordinal) ? n[2..] : n;

    private static bool Same(DnsRecord a, DnsRecord b) =>
        DomainNames.Normal(a.Name) == DomainNames.Normal(b.Name) && a.Type == b.Type
        && a.Values.Select(DomainNames.Normal).SequenceEqual(b.Values.Select(DomainNames.Normal));

    private static bool IsMoving(StackStatus status) =>
        status is StackStatus.CreateInProgress or StackStatus.UpdateInProgress or StackStatus.ReviewInProgress;

    private CloudException Refused(Certificate certificate) => new(CloudErrorKind.Refused, certificate.Status,
        $"AWS refused the certificate for {DomainName}: {certificate.FailureReason ?? certificate.Status}", "acm:DescribeCertificate");

    private static CloudException Ended(string message) =>
        new(CloudErrorKind.Refused, "NoValidationRecord", message, "acm:DescribeCertificate");
}
