using System.Text.RegularExpressions;

namespace Paco.Cli.Tests.Golden;

/// <summary>A difference on purpose: patterns of the stack's name and of what differs, and why.</summary>
internal sealed record Intended(string Stack, string What, string Reason)
{
    public static readonly IReadOnlyList<Intended> All =
    [
    ];

    public bool Covers(Difference difference) => Regex.IsMatch(difference.Stack, $"^{Stack}$") && Regex.IsMatch($"{difference.What} | {difference.Golden ?? "-"} -> {difference.Ours ?? "-"}", $"^{What}");
}
