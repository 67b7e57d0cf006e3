using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Resources.Acm;
using Paco.Stacks;

namespace Paco.Tests.Resources.Acm;

public sealed class ValidationRecordsTests
{
    private const string Arn = "arn:aws:acm:us-west-2:222222222222:certificate/1";

    private static readonly ImmutableDictionary<string, string> Inputs =
        ImmutableDictionary<string, string>.Empty.Add(ValidationRecords.ZoneId, "Z1");

    private static readonly ValidationRecords Action = new("dev.example.com", ["dev.example.com", "www.example.com"])
    {
        Id = new NodeId(new Place("prod", "us-west-2"), "cert-validation"),
        Ref = "netenv.mynet.dev.us-west-2.applications.app.groups.site.resources.cert",
        Title = "validation record",
        During = new NodeId(new Place("dev", "us-west-2"), "cert"),
    };

    private readonly SmallCloud _cloud = new() { Stack = StackStatus.CreateInProgress };

    [Fact]
    public async Task Records_are_written_to_the_account_of_the_zone_once_AWS_has_made_them_all()
    {
        Sees(null, Certificate("PENDING_VALIDATION", ("dev.example.com", false)),
            Certificate("PENDING_VALIDATION", ("dev.example.com", true), ("www.example.com", false)), Whole);
        await Apply();
        Assert.Equal(
        [
            "UpsertRecord _a.dev.example.com CNAME 300 _b.acm-validations.aws in Z1 of prod",
            "UpsertRecord _a.www.example.com CNAME 300 _b.acm-validations.aws in Z1 of prod",
        ], _cloud.Calls);
    }

    [Fact]
    public async Task A_stack_that_does_not_name_its_certificate_yet_has_it_found_by_domain()
    {
        _cloud.PhysicalId = "";
        Sees(Whole);
        await Apply();
        Assert.Equal(2, _cloud.Calls.Count);
    }

    [Fact]
    public async Task A_wildcard_is_proved_by_the_record_of_the_name_above_it()
    {
        Sees(Certificate("PENDING_VALIDATION", ("*.dev.example.com", true), ("dev.example.com", true)));
        await (Action with { Names = ["*.dev.example.com"] }).Apply(_cloud, Inputs, On(new JumpingTime()), default);
        Assert.Single(_cloud.Calls);
    }

    [Fact]
    public async Task Before_the_stack_exists_there_is_nothing()
    {
        _cloud.Stack = null;
        Assert.Equal(ActionState.Absent, await Action.Read(_cloud, Inputs, default));
        _cloud.Stack = StackStatus.CreateInProgress;
        Assert.Equal(ActionState.Absent, await Action.Read(_cloud, [], default));
    }

    [Fact]
    public async Task Written_records_are_current_and_a_missing_one_is_not()
    {
        Sees(Whole);
        Assert.False((await Action.Read(_cloud, Inputs, default)).Exists);
        await Apply();
        Assert.True((await Action.Read(_cloud, Inputs, default)).IsCurrent);
        _cloud.Zone = [_cloud.Zone[0]];
        Assert.Equal(new ActionState(true, false, "1 of 2 records are there"), await Action.Read(_cloud, Inputs, default));
    }

    [Fact]
    public async Task A_certificate_that_AWS_refuses_ends_it_with_the_reason()
    {
        Sees(Whole with { Status = "FAILED", FailureReason = "CAA_ERROR" });
        var refused = await Assert.ThrowsAsync<CloudException>(Apply);
        Assert.Equal("AWS refused the certificate for dev.example.com: CAA_ERROR", refused.Message);
        Assert.Empty(_cloud.Calls);
    }

    [Fact]
    public async Task A_stack_that_a_killed_run_left_waiting_for_another_name_gets_its_record_first()
    {
        var typo = Certificate("PENDING_VALIDATION", ("dve.example.com", true)) with { DomainName = "dve.example.com" };
        Sees(typo, typo with { Status = "ISSUED" }, Whole);
        await Apply();
        Assert.Equal("UpsertRecord _a.dve.example.com CNAME 300 _b.acm-validations.aws in Z1 of prod", _cloud.Calls[0]);
        Assert.Equal(3, _cloud.Calls.Count);
    }

    [Fact]
    public async Task A_name_that_cannot_be_proved_in_the_zone_is_said_with_the_way_out()
    {
        _cloud.Refuses = name => name.EndsWith("exmaple.com", StringComparison.Ordinal);
        Sees(Certificate("PENDING_VALIDATION", ("dev.exmaple.com", true)) with { DomainName = "dev.exmaple.com" });
        var ended = await Assert.ThrowsAsync<CloudException>(Apply);
        Assert.Contains("still waits for a certificate of dev.exmaple.com", ended.Message, StringComparison.Ordinal);
        Assert.Contains("paco delete netenv.mynet.dev.us-west-2.applications.app.groups.site.resources.cert", ended.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_further_name_of_the_certificate_that_belongs_to_another_zone_is_left_to_its_own_action()
    {
        _cloud.Refuses = name => name.EndsWith("example.org", StringComparison.Ordinal);
        Sees(Certificate("PENDING_VALIDATION", ("dev.example.com", true), ("www.example.com", true), ("www.example.org", true)));
        await Apply();
        Assert.Equal(2, _cloud.Calls.Count);
    }

    [Fact]
    public async Task A_stack_that_rests_between_two_steps_of_its_work_is_waited_for()
    {
        Sees(null, null, Whole);
        var rests = new Queue<StackStatus>([StackStatus.RollbackComplete, StackStatus.CreateInProgress]);
        await Action.Apply(_cloud, Inputs, On(new JumpingTime { AtEveryWait = () => _cloud.Stack = rests.Dequeue() }), default);
        Assert.Equal(2, _cloud.Calls.Count);
    }

    [Fact]
    public async Task It_does_not_wait_for_ever()
    {
        Sees([null]);
        var ended = await Assert.ThrowsAsync<CloudException>(Apply);
        Assert.Contains("within 15 minutes", ended.Message, StringComparison.Ordinal);
    }

    private static Certificate Whole => Certificate("PENDING_VALIDATION", ("dev.example.com", true), ("www.example.com", true));

    private static ActionContext On(TimeProvider time) => new(time, NoSecretSink.Instance);

    private Task<ActionResult> Apply() => Action.Apply(_cloud, Inputs, On(new JumpingTime()), default);

    private void Sees(params Certificate?[] certificates)
    {
        foreach (var certificate in certificates)
            _cloud.Certificates.Enqueue(certificate);
    }

    private static Certificate Certificate(string status, params (string Name, bool HasRecord)[] names) =>
        new(Arn, "dev.example.com", status, null,
        [
            .. names.Select(n => new DomainValidation(n.Name,
                n.HasRecord
                    ? new DnsRecord($"_a.{n.Name.Replace("*.", "", StringComparison.Ordinal)}", "CNAME", 0, ["_b.acm-validations.aws"])
                    : null)),
        ]);
}
