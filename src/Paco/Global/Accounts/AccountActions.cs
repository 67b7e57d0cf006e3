using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Global.Accounts;

/// <summary>The organization itself, with all features.</summary>
internal sealed record OrganizationAction : CloudAction
{
    public override bool StaysOnDelete => true;

    public override async Task<ActionState> Read(ICloud cloud, ImmutableDictionary<string, string> inputs, CancellationToken cancel) =>
        await cloud.Organizations(Id.Place).OrganizationExists(cancel) ? new ActionState(true, true) : ActionState.Absent;

    public override async Task<ActionResult> Apply(ICloud cloud, ImmutableDictionary<string, string> inputs, ActionContext context,
        CancellationToken cancel)
    {
        try
        {
            await cloud.Organizations(Id.Place).CreateOrganization(cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.AlreadyExists)
        {
            // An earlier attempt whose answer was lost.
        }
        return ActionResult.Done;
    }

    /// <summary>An organization is not Paco's to dissolve.</summary>
    public override Task Delete(ICloud cloud, CancellationToken cancel) => Task.CompletedTask;
}

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
        var creation = await organizations.CreateAccount(AccountName, Email, RoleName, cancel);
        var until = context.Time.GetUtcNow() + Patience;
        while (creation.State == "IN_PROGRESS" && context.Time.GetUtcNow() < until)
        {
            creation = await organizations.DescribeCreateAccountStatus(creation.RequestId, cancel);
            if (creation.State == "IN_PROGRESS")
                await Task.Delay(Pause, context.Time, cancel);
        }
        return creation is { State: "SUCCEEDED", AccountId: { } id }
            ? Found(id)
            : new ActionResult
            {
                Failure =
                    $"AWS did not make the account {AccountName}: {creation.FailureReason ?? "no answer in time"}{Remedy(creation.FailureReason)}",
            };
    }

    /// <summary>Closing an account is not something a scope's deletion should do.</summary>
    public override Task Delete(ICloud cloud, CancellationToken cancel) => Task.CompletedTask;

    private async Task<OrganizationAccount?> Find(ICloud cloud, CancellationToken cancel)
    {
        var organizations = cloud.Organizations(Id.Place);
        if (!await organizations.OrganizationExists(cancel))
            return null;
        return (await organizations.ListAccounts(cancel)).FirstOrDefault(a => a.Name == AccountName);
    }

    private static ActionState State(string id, bool isCurrent) =>
        new(true, isCurrent) { Outputs = ImmutableSortedDictionary<string, string>.Empty.Add("Id", id) };

    private ActionResult Found(string id) => new()
    {
        Outputs = ImmutableSortedDictionary<string, string>.Empty.Add("Id", id),
        Found = [new FoundField(File, "account_id", id)],
    };

    private string Remedy(string? reason) => reason switch
    {
        "EMAIL_ALREADY_EXISTS" => $"; every account needs an address of its own: change root_email in {File}",
        "ACCOUNT_LIMIT_EXCEEDED" => "; the organization may have no more accounts: ask AWS for a higher quota",
        _ => "",
    };
}

/// <summary>The actions of the scope <c>accounts</c>.</summary>
internal static class AccountActions
{
    public static void Build(GlobalScope scope, ImmutableArray<Account> accounts)
    {
        if (accounts.FirstOrDefault(a => a.Name == "master") is not { } master)
            return;
        foreach (var account in accounts.Where(a => a.AccountId is null && a != master && !master.OrganizationAccountIds.Contains(a.Name)))
        {
            scope.Build.Bag.Add(BindingCodes.MissingField, account.Location,
                $"the account {account.Name} has no account_id, and nobody makes it",
                "write its id, or its name below organization_account_ids of accounts/master.yaml", subject: account.Path);
        }
        if (master.OrganizationAccountIds.IsEmpty)
            return;
        var place = new Place("master", scope.DefaultRegion);
        var organization = new OrganizationAction { Id = new NodeId(place, "organization"), Ref = "accounts", Title = "organization" };
        scope.Build.Add(organization);
        foreach (var name in master.OrganizationAccountIds.Where(n => n != "master").Distinct())
        {
            if (accounts.FirstOrDefault(a => a.Name == name) is { } account)
            {
                scope.Build.Add(Action(account, organization, place));
            }
            else
            {
                scope.Build.Bag.Add(StackCodes.UnknownReference, master.Location,
                    $"organization_account_ids names {name}, but there is no accounts/{name}.yaml",
                    "paco init accounts writes it", subject: master.Path);
            }
        }
    }

    private static AccountAction Action(Account account, OrganizationAction organization, Place place) => new()
    {
        Id = new NodeId(place, $"account {account.Name}"),
        Ref = "accounts",
        Title = $"account {account.Name}",
        // An account that exists already waits for nothing: planned after an organization still to be made it would look new.
        After = account.AccountId is null ? [organization.Id] : [],
        AccountName = account.Name,
        Email = account.RootEmail,
        RoleName = account.AdminDelegateRoleName,
        File = account.Location.File?.Path ?? $"accounts/{account.Name}.yaml",
        Inputs = [new(AccountAction.IdInput, new AccountIdSource(account.Name, MayBeMissing: true))],
    };
}
