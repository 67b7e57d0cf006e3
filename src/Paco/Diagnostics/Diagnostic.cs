namespace Paco.Diagnostics;

public enum Severity
{
    Info,
    Warning,
    Error,
}

/// <summary>A kind of mistake: its stable id (<c>PACO2001</c>), how grave it is, and what <c>paco explain</c> says about it.</summary>
public sealed record DiagnosticCode(string Id, Severity Severity, string Title, string Explanation)
{
    /// <summary>Where the same explanation stands for people who read documentation.</summary>
    public string DocsLink => $"docs/diagnostics.md#{Id.ToLowerInvariant()}";
}

/// <summary>Another place that belongs to a mistake, and why: the base value, the first of two duplicates.</summary>
public sealed record RelatedPlace(Location Location, string Label);

/// <summary>One mistake or remark, with its place and its way out.</summary>
public sealed record Diagnostic(DiagnosticCode Code, string Message, Location Location)
{
    public Severity Severity => Code.Severity;

    /// <summary>The way out, or null: <c>did you mean "instance_type"?</c></summary>
    public string? Hint { get; init; }

    public RelatedPlace? Related { get; init; }

    /// <summary>The object it is about, as its path in the project (<c>netenv.mynet.dev.…</c>), or null.</summary>
    public string? Subject { get; init; }
}
