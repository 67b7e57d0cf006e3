using System.Collections.Immutable;

namespace Paco.Clouds;

/// <summary>
/// Looks at every account of a project at once, as a run would find it: whether there is a way in, whether it is the account that is meant,
/// what may be done there. Reads only.
/// </summary>
public sealed class AccountCheckup(ICloud cloud, IAccountAccess access, ImmutableArray<string> regions)
{
    // Nothing has this name: the question is whether it may be asked.
    private const string Nowhere = "paco-doctor-looks-only";
    private const string Template = """{"Resources":{"Nothing":{"Type":"AWS::CloudFormation::WaitConditionHandle"}}}""";

    // AWS takes signatures that are off by five minutes.
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(4);

    private static readonly ImmutableArray<string> Needed =
    [
        "cloudformation:CreateStack", "cloudformation:UpdateStack", "cloudformation:DeleteStack", "cloudformation:CreateChangeSet",
        "cloudformation:ExecuteChangeSet", "cloudformation:DeleteChangeSet", "cloudformation:DescribeChangeSet",
        "cloudformation:DescribeStackEvents", "cloudformation:GetTemplate", "cloudformation:SetStackPolicy",
        "cloudformation:UpdateTerminationProtection",
    ];

    /// <param name="accounts">In the order they are answered in.</param>
    /// <param name="management">The one that holds the organization.</param>
    public async Task<ImmutableArray<CheckedAccount>> Run(ImmutableArray<ExpectedAccount> accounts, ExpectedAccount management,
        CancellationToken cancel)
    {
        var organization = OrganizationCheck.Ask(cloud, management, accounts, cancel);
        return [.. await Task.WhenAll(accounts.Select(account => Check(account, management, organization, cancel)))];
    }

    private async Task<CheckedAccount> Check(ExpectedAccount account, ExpectedAccount management, Task<OrganizationCheck> organization,
        CancellationToken cancel)
    {
        var (identity, entry) = await Enter(account, management, cancel);
        var checks = entry.ToBuilder();
        checks.AddRange((await organization).Of(account));
        if (identity is not null)
        {
            if (identity.ClockAhead is { } ahead)
                checks.Add(Clock(ahead));
            var permissions = Permissions(account, identity, cancel);
            checks.AddRange(await Regions(account, cancel));
            checks.Add(await permissions);
        }
        return new CheckedAccount(account, identity, [.. checks.OrderBy(c => c.Kind)]);
    }

    private async Task<(AccountIdentity?, ImmutableArray<AccountCheck>)> Enter(ExpectedAccount account, ExpectedAccount management,
        CancellationToken cancel)
    {
        if (account.Id is null && account != management)
        {
            return (null, [new(CheckKind.Account, CheckState.Wrong, "it has no account_id yet", null,
                "paco provision accounts makes it, or write account_id into its file below accounts/")]);
        }
        try
        {
            var identity = await access.Identity(account.Name, cancel);
            return (identity,
            [
                new(CheckKind.Keys, CheckState.Good, identity.Source),
                new(CheckKind.Account, CheckState.Good, identity.AccountId),
                new(CheckKind.Role, CheckState.Good, identity.Role ?? $"none; the keys are of this account ({identity.Arn})"),
            ]);
        }
        catch (CloudException e)
        {
            var kind = e.Operation.StartsWith("aws:", StringComparison.Ordinal) || e.IsExpired ? CheckKind.Keys
                : e is { Kind: CloudErrorKind.AccessDenied, Operation: "sts:AssumeRole" } ? CheckKind.Role
                : CheckKind.Account;
            var lines = e.Message.Split('\n', 2);
            var remedy = lines.Length > 1 ? lines[1] : PlaceFailures.Remedy(e) ?? Unreached(e);
            return (null, [new(kind, CheckState.Wrong, lines[0], null, remedy)]);
        }
    }

    private static string? Unreached(CloudException e) =>
        e.Kind == CloudErrorKind.Connection ? "is this machine online, and does its proxy let AWS through?" : null;

    private static AccountCheck Clock(TimeSpan ahead)
    {
        var words = $"{ahead.Duration().TotalSeconds:0} s {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} AWS's";
        return ahead.Duration() < MostSkew ? new(CheckKind.Clock, CheckState.Good, words)
            : new(CheckKind.Clock, CheckState.Wrong, words, null,
                "set this machine's clock (by network time): AWS refuses signatures that are off by five minutes");
    }

    private async Task<IEnumerable<AccountCheck>> Regions(ExpectedAccount account, CancellationToken cancel)
    {
        ImmutableSortedDictionary<string, string>? states = null;
        string? refusal = null;
        try
        {
            states = await access.RegionStates(new Place(account.Name, account.Region), cancel);
        }
        catch (CloudException e)
        {
            refusal = $"ec2:DescribeRegions: {e.Message} ({e.Code})";
        }
        var checks = await Task.WhenAll(regions.Select(async region =>
        {
            var enabled = Enabled(account, region, states, refusal);
            return enabled.State == CheckState.Wrong ? new[] { enabled }
                : [enabled, await Answers(new Place(account.Name, region), cancel)];
        }));
        return checks.SelectMany(c => c);
    }

    private static AccountCheck Enabled(ExpectedAccount account, string region, ImmutableSortedDictionary<string, string>? states,
        string? refusal) => states is null
        ? new(CheckKind.Region, CheckState.Unknown, refusal!, region)
        : states.GetValueOrDefault(region) switch
        {
            "opt-in-not-required" or "opted-in" => new(CheckKind.Region, CheckState.Good, "enabled", region),
            null => new(CheckKind.Region, CheckState.Wrong, "AWS does not know this region", region,
                "take it out of active_regions in project.yaml, or write it as AWS does"),
            var state => new(CheckKind.Region, CheckState.Wrong, $"the account has not enabled it ({state})", region,
                $"enable it in {account.Name} (account settings, AWS Regions; it takes some minutes), or take it out of active_regions in project.yaml"),
        };

    private async Task<AccountCheck> Answers(Place place, CancellationToken cancel)
    {
        try
        {
            await cloud.CloudFormation(place).DescribeStack(Nowhere, cancel);
            await access.ValidateTemplate(place, Template, cancel);
            return new(CheckKind.CloudFormation, CheckState.Good, "answers", place.Region);
        }
        catch (CloudException e)
        {
            return new(CheckKind.CloudFormation, CheckState.Wrong, $"{e.Operation}: {e.Message} ({e.Code})", place.Region,
                PlaceFailures.Remedy(e));
        }
    }

    private async Task<AccountCheck> Permissions(ExpectedAccount account, AccountIdentity identity, CancellationToken cancel)
    {
        if (Principal(identity) is not { } principal)
            return new(CheckKind.Permissions, CheckState.Good, "the root user's, who may do everything");
        try
        {
            var decisions = await access.Simulate(new Place(account.Name, account.Region), principal, Needed, cancel);
            ImmutableArray<string> denied = [.. Needed.Where(action => decisions.GetValueOrDefault(action, "allowed") != "allowed")];
            return denied.IsEmpty ? new(CheckKind.Permissions, CheckState.Good, $"{Needed.Length} of {Needed.Length} calls")
                : new(CheckKind.Permissions, CheckState.Wrong, $"{principal} may not call {string.Join(", ", denied)}", null,
                    $"allow it in the policies of {principal.Split(':')[^1]} in {account.Name}");
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.Unsupported)
        {
            return new(CheckKind.Permissions, CheckState.Unknown, "not known: this cloud evaluates no IAM policies");
        }
        catch (CloudException e)
        {
            return new(CheckKind.Permissions, CheckState.Unknown, $"{e.Operation}: {e.Message} ({e.Code})", null,
                e.Kind == CloudErrorKind.AccessDenied
                    ? "a run does not need it; whoever wants this checked allows iam:SimulatePrincipalPolicy"
                    : null);
        }
    }

    // IAM knows users and roles, and no sessions of them; the path of a role that was not assumed here is not in its session's ARN.
    private static string? Principal(AccountIdentity identity) => identity.Role ?? identity.Arn.Split(':') switch
    {
        [_, _, _, _, _, "root"] => null,
        [_, var partition, "sts", _, var account, var session] when session.Split('/') is ["assumed-role", var role, ..] =>
            $"arn:{partition}:iam::{account}:role/{role}",
        _ => identity.Arn,
    };
}
