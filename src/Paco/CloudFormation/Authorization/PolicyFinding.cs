namespace Paco.CloudFormation.Authorization;

/// <summary>A statement of a policy that does not do what it says.</summary>
/// <param name="Path">Where in the resource's properties: <c>Policies[0].PolicyDocument.Statement[1].Action[0]</c>.</param>
/// <param name="Hint">The way out, where there is one to name.</param>
internal sealed record PolicyFinding(PolicyRule Rule, string Path, string Message, string? Hint = null);

internal enum PolicyRule
{
    /// <summary>An action that no service has.</summary>
    UnknownAction,

    /// <summary>An action on a kind of resource that it cannot be allowed on.</summary>
    WrongResource,

    /// <summary>A condition key that no service has.</summary>
    UnknownKey,

    /// <summary>A condition key that none of the statement's actions knows.</summary>
    ForeignKey,
}
