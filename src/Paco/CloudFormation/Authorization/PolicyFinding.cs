namespace Paco.CloudFormation.Authorization;

/// <summary>A statement of a policy that does not do what it says.</summary>
/// <param name="Path">Where in the resource's properties: <c>Policies[0].PolicyDocument.Statement[1].Action[0]</c>.</param>
/// <param name="Hint">The way out, where there is one to name.</param>
internal sealed record PolicyFinding(PolicyRule Rule, string Path, string Message, string? Hint = null);

internal enum PolicyRule
{
    /// <summary>An action that no service has.</summary>
    UnknownAction,

    /// <summary>A statement none of whose actions can be allowed on what it names: it allows nothing.</summary>
    WrongResource,

    /// <summary>One of several actions that cannot be allowed on what the statement names, or one of a service that is no more.</summary>
    Idle,

    /// <summary>A condition key that no service has.</summary>
    UnknownKey,

    /// <summary>A condition key that none of the statement's actions knows.</summary>
    ForeignKey,
}
