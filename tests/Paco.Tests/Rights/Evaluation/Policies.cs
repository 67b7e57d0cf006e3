using System.Collections.Immutable;

namespace Paco.Tests.Rights.Evaluation;

/// <summary>What a role or user has.</summary>
/// <param name="Boundary">Null where it has none.</param>
internal sealed record Identity(ImmutableArray<PolicyStatement> Statements, ImmutableArray<PolicyStatement>? Boundary = null)
{
    public static readonly Identity None = new([]);
}

/// <summary>What has a policy of its own, and whose it is.</summary>
internal sealed record Owned(string Account, ImmutableArray<PolicyStatement> Statements);

/// <summary>All policies of all accounts, as AWS looks at them when it decides about a call.</summary>
internal interface IPolicies
{
    /// <summary>Those of a role or user, by its ARN.</summary>
    Identity Of(string arn);

    /// <summary>The policy that stands at a resource, or at what it lies in: a role's trust, a key's, a bucket's.</summary>
    Owned? At(string resource);

    /// <summary>The organization that an account belongs to.</summary>
    string? OrganizationOf(string account);
}
