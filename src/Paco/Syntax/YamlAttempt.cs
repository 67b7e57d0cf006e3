using System.Collections.Immutable;
using Paco.Diagnostics;

namespace Paco.Syntax;

/// <summary>What became of reading a text as YAML.</summary>
/// <param name="Bag">Mistakes that did not stop it.</param>
internal sealed record YamlAttempt(DiagnosticBag Bag)
{
    public Node? Root { get; init; }

    /// <summary>What stopped it, or null where it came to the end.</summary>
    public Diagnostic? Mistake { get; init; }

    /// <summary>
    /// Lines the mistake may be in: where it shows, where what it breaks begins, where the last thing stands that was understood.
    /// </summary>
    public ImmutableArray<int> Suspects { get; init; } = [];

    /// <summary>The line up to which it was understood.</summary>
    public int Reached { get; init; }

    public void Report(DiagnosticBag bag)
    {
        if (Mistake is not null)
            bag.Add(Mistake);
        bag.Add(Bag);
    }
}
