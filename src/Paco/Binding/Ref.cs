using System.Collections.Frozen;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Binding;

/// <summary>
/// A reference to an object of the project or to an output of one. <see cref="Path"/> is what stands behind
/// <c>paco.ref </c>, with environment and region filled in; <see cref="Written"/> is what the file says.
/// </summary>
public sealed record Ref(ObjectPath Path, string Written, Location Location)
{
    public const string Prefix = "paco.ref ";

    private static readonly string[] Roots = ["netenv", "resource", "accounts", "function", "service"];

    /// <summary>The text names in templates are hashed from: <c>paco.ref </c> and the path.</summary>
    public string Text => Prefix + Path;

    /// <summary>What it refers to, wherever it is written: safe to hash.</summary>
    public override string ToString() => Text;

    /// <summary>It names the account, environment or region of whoever uses it: <c>&lt;region&gt;</c>.</summary>
    public bool HasPlaceholder => Path.Text.Contains('<', StringComparison.Ordinal);

    /// <summary>This reference with a suffix: <c>x.Output("arn")</c> is <c>x.arn</c>; with none it is itself.</summary>
    public Ref Output(string suffix) => this with { Path = Path.Below(suffix) };

    public static bool IsRef(string text) => text.StartsWith("paco.ref", StringComparison.Ordinal);

    /// <summary>Reads a reference; the answer is null where it is none, and then <paramref name="problem"/> says why.</summary>
    public static Ref? Parse(ScalarNode node, RefScope scope, out string? problem)
    {
        problem = null;
        var text = node.Value;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            problem = IsRef(text)
                ? "a reference is written \"paco.ref \" with one space"
                : $"expected a reference (\"paco.ref …\"), got \"{Short(text)}\"";
            return null;
        }
        var written = text[Prefix.Length..];
        var parts = written.Split('.');
        if (parts.Length < 2 || parts.Any(p => p.Length == 0 || p.Contains(' ', StringComparison.Ordinal)))
        {
            problem = $"\"{Short(text)}\" is not a reference: names joined with dots, no blanks";
        }
        else if (!Roots.Contains(parts[0]))
        {
            problem = $"\"{parts[0]}\" is not where a reference can begin: {string.Join(", ", Roots)}"
                + (Spelling.Nearest(parts[0], Roots) is { } near ? $"; did you mean \"{near}\"?" : "");
        }
        return problem is null
            ? new Ref(scope.Fill(node.Moves.Aggregate(new ObjectPath(written), (path, move) => move.Of(path))), written, node.Location)
            : null;
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..57] + "…";
}

/// <summary>
/// Where a reference is written: inside an environment's region, references into the same network environment leave out
/// environment and region, which are filled in here.
/// </summary>
/// <param name="NetworkEnvironment">Name of the file below <c>netenv/</c>, or empty outside any.</param>
/// <param name="Environments">The environments of that file with the regions each has.</param>
public sealed record RefScope(
    string NetworkEnvironment,
    string Environment,
    string Region,
    FrozenDictionary<string, FrozenSet<string>> Environments)
{
    public static readonly RefScope Global = new("", "", "", FrozenDictionary<string, FrozenSet<string>>.Empty);

    internal ObjectPath Fill(ObjectPath path)
    {
        if (Environment.Length == 0 || path.Parts is not ["netenv", var netenv, _, ..] parts || netenv != NetworkEnvironment)
            return path;
        var isFull = parts.Length > 3 && Environments.TryGetValue(parts[2], out var regions) && regions.Contains(parts[3]);
        return isFull ? path : string.Join('.', [parts[0], netenv, Environment, Region, .. parts[2..]]);
    }
}

/// <summary>A field that takes a reference or plain text; exactly one of the two is set.</summary>
public sealed record RefOrText(Ref? Ref, string? Text, Location Location);

/// <summary>A reference that some field holds, kept to be checked once the whole project is known.</summary>
/// <param name="Kinds">The kinds of object it may name (<c>SecurityGroup</c>); empty where any object or output will do.</param>
public sealed record RefUse(Ref Ref, ObjectPath Owner, string Field, IReadOnlyList<string> Kinds)
{
    /// <summary>It stands in something that is only read: its object must be there, but nobody knows which outputs would be.</summary>
    public bool ToObject { get; init; }
}

/// <summary>A field that takes a reference, or a secret in plain text; exactly one of the two is set.</summary>
public sealed record RefOrSecret(Ref? Ref, Secret? Secret);
