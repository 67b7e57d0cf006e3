using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Global.Accounts;

/// <summary>One account of the organization, made where none of its name exists. The management account is never made.</summary>
internal sealed record AccountAction : CloudAction
{
    /// <summary>The input that holds the account's id, empty until there is one.</summary>
    public const string IdInput = "AccountId";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    public required string AccountName { get; init; }

    public required string Email { get; init; }

    public required string RoleName { get; init; }

    /// <summary>The file that gets its id, relative to the project.</summary>
    public required string File { get; init; }

    public override bool StaysOnDelete => true;

    public override async Task<ActionState> Read(ICloud cloud, ImmutableDictionary<string, string> inputs, CancellationToken cancel)
    {
        if (inputs.GetValueOrDefault(IdInput) is { Length: > 0 } known)
            return State(known, isCurrent: true);
        var found = await Find(cloud, cancel);
        return found is null
            ? ActionState.Absent
            : State(found.Id, isCurrent: false) with { Detail = $"exists as {found.Id}; its id goes into {File}" };
    }

    public override async Task<ActionResult> Apply(ICloud cloud, ImmutableDictionary<string, string> inputs, ActionContext context,
        CancellationToken cancel)
    {
        if (inputs.GetValueOrDefault(IdInput) is { Length: > 0 })
            return ActionResult.Done;
        if (await Find(cloud, cancel) is { } found)
            return Found(found.Id);
        var organizations = cloud.Organizations(Id.Place);
        var (until, began) = (context.Time.GetUtcNow() + Patience, context.Time.GetTimestamp());
        try
        {
            var creation = await Begin(organizations, until, context.Time, cancel);
            while (creation.State == "IN_PROGRESS" && context.Time.GetUtcNow() < until)
            {
                creation = await organizations.DescribeCreateAccountStatus(creation.RequestId, cancel);
                if (creation.State == "IN_PROGRESS")
                    await Task.Delay(Pauses.Next(context.Time.GetElapsedTime(began), Pause, 5), context.Time, cancel);
            }
            return creation is { State: "SUCCEEDED", AccountId: { } id }
                ? Found(id)
                : Failed(creation.FailureReason ?? "no answer in time", RemedyFor(creation.FailureReason ?? ""));
        }
        catch (CloudException e) when (RemedyFor($"{e.Code} {e.Message}") is { } remedy)
        {
            return Failed(e.Message, remedy);
        }
    }

    // A new organization takes no accounts for a while; Amazon says up to an hour, so nothing is gained by asking more often. Source: API,
    // FinalizingOrganizationException.
    private async Task<AccountCreation> Begin(IOrganizations organizations, DateTimeOffset until, TimeProvider time,
        CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await organizations.CreateAccount(AccountName, Email, RoleName, cancel);
            }
            catch (CloudException e) when (e.Code == Finalizing && time.GetUtcNow() < until)
            {
                await Task.Delay(Pause, time, cancel);
            }
        }
    }

    /// <summary>Closing an account is not something a scope's deletion should do.</summary>
    public override Task Delete(ICloud cloud, CancellationToken cancel) => Task.CompletedTask;

    private async Task<OrganizationAccount?> Find(ICloud cloud, CancellationToken cancel)
    {
        var organizations = cloud.Organizations(Id.Place);
        if (await organizations.DescribeOrganization(cancel) is null)
            return null;
        var found = (await organizations.ListAccounts(cancel)).FirstOrDefault(a => a.Name == AccountName);
        return found is null or { Status: OrganizationAccount.Active } ? found : throw new CloudException(CloudErrorKind.Refused,
            "AccountNotActive", $"The account {AccountName} ({found.Id}) is {found.Status}: {found.StatusRemedy}.", "organizations:ListAccounts");
    }

    private static ActionState State(string id, bool isCurrent) =>
        new(true, isCurrent) { Outputs = ImmutableSortedDictionary<string, string>.Empty.Add("Id", id) };

    private ActionResult Found(string id) => new()
    {
        Outputs = ImmutableSortedDictionary<string, string>.Empty.Add("Id", id),
        Found = [new FoundField(File, "account_id", id)],
    };

    private ActionResult Failed(string why, string? remedy) => new()
    {
        Failure = $"AWS did not make the account {AccountName}: {why.TrimEnd('.')}{(remedy is null ? "" : $"; {remedy}")}",
    };

    // A reason stands by itself, or in the words of a refusal. Source: API, CreateAccountFailureReason, ConstraintViolationException.
    private string? RemedyFor(string why) => Remedies.Where(r => why.Contains(r.Reason, StringComparison.Ordinal))
        .Select(r => r.Remedy.Replace("FILE", File, StringComparison.Ordinal)).FirstOrDefault();

    private static readonly ImmutableArray<(string Reason, string Remedy)> Remedies =
    [
        ("EMAIL_ALREADY_EXISTS", "every account needs an address of its own: change root_email in FILE"),
        ("INVALID_EMAIL", "AWS takes no mail at that address: change root_email in FILE"),
        ("ACCOUNT_LIMIT_EXCEEDED", LimitReached),
        ("ACCOUNT_NUMBER_LIMIT_EXCEEDED", LimitReached),
        ("exceeded the allowed number of", LimitReached),
        ("ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED", "AWS makes no more accounts for today: run this again tomorrow"),
        ("CONCURRENT_ACCOUNT_MODIFICATION", "something else changes it: run this again"),
        ("MISSING_PAYMENT_INSTRUMENT", "the management account needs a valid payment method: add one in its billing console"),
        ("MISSING_BUSINESS_VALIDATION", "AWS has yet to validate the management account's business: ask AWS Support"),
        ("PENDING_BUSINESS_VALIDATION", "AWS still validates the management account's business: run this again when it is done"),
        (Finalizing, "AWS is not done with the organization: run this again in an hour"),
        ("INTERNAL_FAILURE", "AWS failed: run this again, and ask AWS Support where it stays so"),
    ];

    private const string LimitReached =
        "the organization may have no more accounts (ten, until AWS raises that): ask for a higher quota in Service Quotas, or close one";

    private const string Finalizing = "FinalizingOrganizationException";
}
