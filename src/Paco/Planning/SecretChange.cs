using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Diagnostics;

namespace Paco.Planning;

/// <summary>
/// A secret value of a deployed stack that changes, or of which nobody could say whether it does. The value itself, its length or a
/// digest of it are nowhere in a plan.
/// </summary>
/// <param name="Parameter">The name of the parameter that carries it.</param>
/// <param name="IsKnown">It changes. Otherwise it may have changed, and <paramref name="Doubt"/> says why that is not known.</param>
/// <param name="IsSent">The run sends it. Otherwise the deployed one stays.</param>
public sealed record SecretChange(string Parameter, bool IsKnown, bool IsSent, string? Doubt = null)
{
    /// <summary>Where in the project's files it is written; nowhere where it is put together of several things.</summary>
    public Location Source { get; init; }

    /// <summary>The properties of the project's template that receive it.</summary>
    public ImmutableArray<PropertyPlace> Receivers { get; init; } = [];

    /// <summary>What stands for the value in a comparison with <see cref="PlannedValues.Masked"/>.</summary>
    internal string Shown => (IsKnown, IsSent) switch
    {
        (true, _) => PlannedValues.Renewed,
        (false, true) => PlannedValues.Resent,
        (false, false) => PlannedValues.Masked,
    };
}
