using System.Collections.Immutable;

namespace Paco.Diagnostics;

/// <summary>
/// Collects the mistakes of a run. The same mistake at the same place counts once: a base section is read again for every
/// environment built on it. Past <see cref="Limit"/> only the count grows, so that broken input cannot flood a screen; errors go before
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
    public int Count { get; private set; }

    public void Add(Diagnostic diagnostic)
    {
        if (!_seen.Add((diagnostic.Code.Id, diagnostic.Location, diagnostic.Message)))
            return;
        Count++;
        var list = diagnostic.Severity == Severity.Error ? _errors : _remarks;
        if (list.Count < Limit)
            list.Add(diagnostic);
    }

    public void Add(DiagnosticCode code, Location location, string message, string? hint = null, RelatedPlace? related = null,
        string? subject = null) =>
        Add(new Diagnostic(code, message, location) { Hint = hint, Related = related, Subject = subject });

    /// <summary>By file, line and column; those without a place first.</summary>
    public ImmutableArray<Diagnostic> ToSorted() =>
    [
        .. _errors.Concat(_remarks.Take(Limit - _errors.Count)).OrderBy(d => d.Location.File?.Path, StringComparer.Ordinal)
            .ThenBy(d => d.Location.Line)
            .ThenBy(d => d.Location.Column)
            .ThenBy(d => d.Code.Id, StringComparer.Ordinal),
    ];
}
