using System.Collections.Immutable;

namespace Paco.Clouds;

/// <summary>What is looked at in an account, in the order somebody would.</summary>
public enum CheckKind
{
    /// <summary>Keys to begin with: found, and taken by AWS.</summary>
    Keys,

    /// <summary>A session in the account, which is the one the project means.</summary>
    Account,

    /// <summary>The organization's name for it.</summary>
    Name,

    /// <summary>What the organization says of its life: active, suspended, closed.</summary>
    Status,

    /// <summary>The role that was assumed there.</summary>
    Role,

    /// <summary>This machine's clock, which signatures are made by.</summary>
    Clock,

    /// <summary>A region of the project: enabled.</summary>
    Region,

    /// <summary>CloudFormation answers in a region, and reads a template.</summary>
    CloudFormation,

    /// <summary>The calls a run makes, as IAM works them out.</summary>
    Permissions,
}

/// <summary>How a check came out.</summary>
public enum CheckState
{
    Good,

    /// <summary>Nobody could say; nothing is known to be wrong.</summary>
    Unknown,

    /// <summary>A run would fail there.</summary>
    Wrong,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Words">What was found, as a clause or AWS's own words.</param>
/// <param name="Region">Where, of what has regions.</param>
/// <param name="Remedy">What to do about what is wrong or unknown.</param>
public sealed record AccountCheck(CheckKind Kind, CheckState State, string Words, string? Region = null, string? Remedy = null);

/// <summary>An account as the project has it.</summary>
/// <param name="Name">Its name in <c>accounts/</c>.</param>
/// <param name="Id">12 digits; null where it is not made yet.</param>
/// <param name="Region">Where it is asked what has no region.</param>
public sealed record ExpectedAccount(string Name, string? Id, string Region);

/// <summary>What was found of an account.</summary>
/// <param name="Identity">Who Paco is there; null where nobody could sign in.</param>
public sealed record CheckedAccount(ExpectedAccount Account, AccountIdentity? Identity, ImmutableArray<AccountCheck> Checks)
{
    /// <summary>A run could begin there, as far as anybody knows.</summary>
    public bool IsGood => Checks.All(c => c.State != CheckState.Wrong);
}
