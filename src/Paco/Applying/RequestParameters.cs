using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Planning;

namespace Paco.Applying;

/// <summary>
/// The parameters of one request. Of secret values it carries those that the plan lists, and those that the stack does not have yet; for
/// all others the deployed one stays.
/// </summary>
internal sealed class RequestParameters
{
    private readonly ImmutableSortedDictionary<string, string> _values;
    private readonly HashSet<string> _kept;

    private RequestParameters(ImmutableSortedDictionary<string, string> values, ImmutableSortedDictionary<string, string> shown,
        HashSet<string> kept) => (_values, Shown, _kept) = (values, shown, kept);

    /// <summary>The values as they may be compared and digested: secrets masked.</summary>
    public ImmutableSortedDictionary<string, string> Shown { get; }

    public IEnumerable<StackParameter> Sent => _values.Select(p => _kept.Contains(p.Key)
        ? new StackParameter(p.Key, null, UsePreviousValue: true)
        : new StackParameter(p.Key, p.Value) { IsSecret = Shown.GetValueOrDefault(p.Key) != p.Value });

    /// <param name="now">The stack as it stands; null where it is created.</param>
    /// <param name="values">All values, secret ones among them.</param>
    /// <param name="renewed">Secret values the stack has and that are sent all the same.</param>
    public static RequestParameters Of(PlannedStack planned, DeployedStack? now, ImmutableSortedDictionary<string, string> values,
        IReadOnlySet<string> renewed)
    {
        var secrets = planned.Stack.Parameters.Where(p => p.NoEcho).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var deployed = secrets.Where(name => now?.Parameters.ContainsKey(name) == true).ToHashSet(StringComparer.Ordinal);
        var shown = values.SetItems(secrets.Select(name => KeyValuePair.Create(name,
            deployed.Contains(name) && renewed.Contains(name) ? Renewed(planned, name) : PlannedValues.Masked)));
        deployed.ExceptWith(renewed);
        return new RequestParameters(values, shown, deployed);
    }

    /// <summary>The same with other values to send; what is compared stays.</summary>
    public RequestParameters With(ImmutableSortedDictionary<string, string> values) => new(values, Shown, _kept);

    private static string Renewed(PlannedStack planned, string name) =>
        planned.Secrets.FirstOrDefault(s => s is { IsSent: true } && s.Parameter == name)?.Shown ?? PlannedValues.Renewed;
}
