using Paco.Syntax;

namespace Paco.Binding;

/// <summary>
/// A number or a flag, which is used as one, and the scalar it was read from: what it is handed on to knows the line it came from. Two are
/// the same where their values are, wherever they are written.
/// </summary>
/// <param name="Value">The number or flag.</param>
/// <param name="Node">Where it is written; null for a default.</param>
public readonly record struct Given<T>(T Value, ScalarNode? Node)
    where T : struct
{
    public static implicit operator T(Given<T> given) => given.Value;

    public bool Equals(Given<T> other) => Value.Equals(other.Value);

    public override int GetHashCode() => Value.GetHashCode();

    public override string ToString() => FormattableString.Invariant($"{Value}");
}
