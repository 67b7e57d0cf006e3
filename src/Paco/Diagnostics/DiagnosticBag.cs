using System.Collections.Immutable;

namespace Paco.Diagnostics;

/// <summary>
/// Collects the mistakes of a run. The same mistake at the same place counts once: a base section is read again for every
/// environment built on it. Past <see cref="Limit"/> only the count is told, so that broken input cannot flood a screen; errors go before
/// warnings then.
/// </summary>
public sealed class DiagnosticBag
{
    public const int Limit = 1000;

    private readonly HashSet<(string, Location, string)> _seen = [];
    private readonly List<Diagnostic> _errors = [];
    private readonly List<Diagnostic> _remarks = [];

    public bool HasErrors => _errors.Count > 0;

    /// <summary>How many there were in all, also those past the limit.</summary>
    public int Count => _errors.Count + _remarks.Count;

    public void Add(Diagnostic diagnostic)
    {
        if (!_seen.Add((diagnostic.Code.Id, diagnostic.Location, diagnostic.Message)))
            return;
        (diagnostic.Severity == Severity.Error ? _errors : _remarks).Add(diagnostic);
    }

    /// <summary>What another bag holds, as if it had been added here one by one.</summary>
    public void Add(DiagnosticBag other)
    {
        foreach (var diagnostic in other._errors.Concat(other._remarks))
            Add(diagnostic);
    }

    public void Add(DiagnosticCode code, Location location, string message, string? hint = null, RelatedPlace? related = null,
        string? subject = null) =>
        Add(new Diagnostic(code, message, location) { Hint = hint, Related = related, Subject = subject });

    /// <summary>By file, line and column; those without a place first.</summary>
    public ImmutableArray<Diagnostic> ToSorted() =>
    [
        .. _errors.Concat(_remarks).Take(Limit).OrderBy(d => d.Location.File?.Path, StringComparer.Ordinal)
            .ThenBy(d => d.Location.Line)
            .ThenBy(d => d.Location.Column)
            .ThenBy(d => d.Code.Id, StringComparer.Ordinal),
    ];
}
