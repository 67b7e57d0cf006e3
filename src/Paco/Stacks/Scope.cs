using Paco.Syntax;

namespace Paco.Stacks;

/// <summary>
/// What a command acts on: <c>accounts</c>, <c>netenv[.NE[.ENV[.REGION…]]]</c>, <c>resource[.TYPE[…]]</c>, or everything.
/// </summary>
public sealed record Scope(ObjectPath Path)
{
    private static readonly string[] Roots = ["accounts", "netenv", "resource"];
    private static readonly string[] NoDeeper = ["codecommit", "route53", "s3", "snstopics"];

    /// <summary>The whole project: accounts, everything below <c>resource/</c>, all environments.</summary>
    public static readonly Scope All = new(ObjectPath.Root);

    /// <summary>
    /// What is read for it and built as a whole: an environment with all its regions, a file below <c>resource/</c>, the accounts; of
    /// what is wider than these, itself.
    /// </summary>
    public Scope Part => new(string.Join('.', Path.Parts.Take(Path.First == "netenv" ? 3 : 2)));

    /// <summary>Reads a scope; null where it is none, and then <paramref name="problem"/> says why.</summary>
    public static Scope? Parse(string text, out string? problem)
    {
        var parts = text.Split('.');
        problem = parts[0] switch
        {
            _ when parts.Any(p => p.Length == 0) => $"\"{text}\" is not a scope: names joined with dots",
            "accounts" when parts.Length > 1 => "the scope \"accounts\" stands alone",
            "resource" when parts.Length > 2 && NoDeeper.Contains(parts[1].ToLowerInvariant()) =>
                $"resource.{parts[1]} is provisioned as a whole",
            "accounts" or "netenv" or "resource" => null,
            "service" => "services are not built: a scope begins with accounts, netenv or resource",
            var other => $"a scope begins with accounts, netenv or resource, not with \"{other}\"" + Hint(other),
        };
        if (problem is not null)
            return null;
        if (parts is ["resource", _, ..])
            parts[1] = parts[1].ToLowerInvariant();
        // The topics, whichever file they are in.
        if (parts is ["resource", "snstopics"])
            parts[1] = "sns";
        return new Scope(string.Join('.', parts));
    }

    /// <summary>True for an object at or below the scope.</summary>
    public bool Covers(ObjectPath path) => Path.Covers(path);

    /// <summary>As people read it.</summary>
    public override string ToString() => this == All ? "the whole project" : Path;

    private static string Hint(string word) =>
        Diagnostics.Spelling.Nearest(word, Roots) is { } near ? $"; did you mean \"{near}\"?" : "";
}
