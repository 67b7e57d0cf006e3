using System.Collections.Immutable;
using System.Text;

namespace Paco.CloudFormation.Authorization;

/// <summary>
/// The actions of a service, in whatever case their names are written. They lie in the order of their names in small letters; of the
/// hundreds a service has only those are made that somebody asks for.
/// </summary>
/// <param name="places">Where the name of each begins, and what it takes.</param>
internal sealed class ActionTable(ServiceAuthorization service, PackedFile packed, ImmutableArray<(int Name, int Takes)> places)
{
    // Far longer than any.
    private const int LongestName = 256;

    private readonly AuthorizedAction?[] _made = new AuthorizedAction?[places.Length];

    public int Count => places.Length;

    public IEnumerable<string> Names => Enumerable.Range(0, Count).Select(at => At(at).Name);

    /// <summary>An action by its name without the service; null where there is none.</summary>
    public AuthorizedAction? this[string name] =>
        packed.IndexOf(Count, at => places[at].Name, text => Order(text, name)) is >= 0 and var found ? At(found) : null;

    /// <summary>The actions that a pattern stands for.</summary>
    public ImmutableArray<AuthorizedAction> Fitting(string pattern)
    {
        var wanted = pattern.ToLowerInvariant();
        return [.. packed.Read(0, part => Fitting(part, wanted)).Select(At)];
    }

    private List<int> Fitting(PackedReader part, string wanted)
    {
        var fitting = new List<int>();
        Span<char> name = stackalloc char[LongestName];
        for (var i = 0; i < Count; i++)
        {
            Ascii.ToLower(part.Utf8(places[i].Name), name, out var length);
            if (Glob.Meet(wanted, name[..length]))
                fitting.Add(i);
        }
        return fitting;
    }

    private AuthorizedAction At(int index) => _made[index] ??= packed.Read(0,
        part => new AuthorizedAction(service, packed, Encoding.UTF8.GetString(part.Utf8(places[index].Name)), places[index].Takes));

    private static int Order(ReadOnlySpan<byte> one, ReadOnlySpan<char> other)
    {
        for (var i = 0; i < one.Length && i < other.Length; i++)
        {
            if (Small((char)one[i]) - Small(other[i]) is not 0 and var difference)
                return difference;
        }
        return one.Length - other.Length;
    }

    private static char Small(char c) => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
}
