using System.Collections.Immutable;

namespace Paco.Tests.Rights.Evaluation;

/// <summary>One key of a statement's condition: all of them must hold.</summary>
/// <param name="Operator">As written: <c>StringLikeIfExists</c>, <c>ForAnyValue:StringEquals</c>.</param>
internal sealed record Condition(string Operator, string Key, ImmutableArray<string> Values)
{
    private const string IfExists = "IfExists";

    /// <summary>Whether it holds for a call.</summary>
    /// <param name="context">The keys that the call sets, each with its values.</param>
    /// <param name="hasVariables"><c>${…}</c> in the values stands for a key's value.</param>
    public bool Holds(Context context, bool hasVariables)
    {
        var (set, name) = Operator.Split(':') is [var quantifier, var rest] ? (quantifier, rest) : ("", Operator);
        if (name == "Null")
            return Values.Any(v => IsTrue(v) == context[Key].IsEmpty);
        var present = context[Key];
        if (name.EndsWith(IfExists, StringComparison.Ordinal))
        {
            if (present.IsEmpty)
                return true;
            name = name[..^IfExists.Length];
        }
        var (isNot, test) = Test(name);
        return set switch
        {
            "ForAllValues" => present.All(Fits),
            "ForAnyValue" => present.Any(Fits),
            _ => present.IsEmpty ? isNot : present.All(Fits),
        };

        bool Fits(string value) => isNot != Values.Any(v => (hasVariables ? context.Fill(v) : v) is { } written && test(written, value));
    }

    // What is written first, what the call has second.
    private static (bool IsNot, Func<string, string, bool> Test) Test(string name) => name switch
    {
        "StringEquals" => (false, string.Equals),
        "StringNotEquals" => (true, string.Equals),
        "StringEqualsIgnoreCase" => (false, SameWord),
        "StringNotEqualsIgnoreCase" => (true, SameWord),
        "StringLike" => (false, (pattern, text) => Wildcards.Fits(pattern, text)),
        "StringNotLike" => (true, (pattern, text) => Wildcards.Fits(pattern, text)),
        "ArnEquals" or "ArnLike" => (false, Wildcards.FitsArn),
        "ArnNotEquals" or "ArnNotLike" => (true, Wildcards.FitsArn),
        "Bool" => (false, SameWord),
        _ => throw new NotSupportedException($"nothing here knows the operator {name}"),
    };

    private static bool SameWord(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool IsTrue(string value) => SameWord(value, "true");
}
