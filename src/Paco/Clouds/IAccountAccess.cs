using System.Collections.Immutable;

namespace Paco.Clouds;

/// <summary>What can be asked of an account before anything is done in it. It reads only.</summary>
public interface IAccountAccess
{
    /// <summary>Signs in to an account, proves that it is the one the project means, and tells how.</summary>
    Task<AccountIdentity> Identity(string account, CancellationToken cancel);

    /// <summary>The regions of the account's partition, and whether the account has each: <c>opt-in-not-required</c>, <c>opted-in</c>,
    /// <c>not-opted-in</c>. Asked in the region of the place.</summary>
    Task<ImmutableSortedDictionary<string, string>> RegionStates(Place place, CancellationToken cancel);

    /// <summary>Has CloudFormation read a template, which changes nothing.</summary>
    Task ValidateTemplate(Place place, string template, CancellationToken cancel);

    /// <summary>Which of the calls the policies of a user or role allow, as IAM works it out: <c>allowed</c>, <c>implicitDeny</c>,
    /// <c>explicitDeny</c>.</summary>
    /// <param name="place">Where it is asked.</param>
    /// <param name="principal">The ARN of a user or role of that account.</param>
    /// <param name="actions">As in <c>cloudformation:CreateStack</c>.</param>
    Task<ImmutableSortedDictionary<string, string>> Simulate(Place place, string principal, ImmutableArray<string> actions,
        CancellationToken cancel);
}

/// <summary>Who a session in an account is, as AWS itself says.</summary>
/// <param name="AccountId">12 digits.</param>
/// <param name="Arn">Of the user, or of the role's session.</param>
/// <param name="Source">Where the keys come from that it began with, for a person.</param>
/// <param name="Role">The ARN of the role that was assumed; null where the keys were used as they are.</param>
/// <param name="ClockAhead">How far this machine's clock is ahead of AWS's, as far as that is known.</param>
public sealed record AccountIdentity(string AccountId, string Arn, string Source, string? Role, TimeSpan? ClockAhead);
