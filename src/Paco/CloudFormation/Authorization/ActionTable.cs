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
    public AuthorizedAction? this[string name] => packed.Read(0, part => IndexOf(part, name)) is >= 0 and var at ? At(at) : null;

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
            var utf8 = part.Utf8(places[i].Name);
            for (var at = 0; at < utf8.Length; at++)
                name[at] = Small((char)utf8[at]);
            if (Glob.Meet(wanted, name[..utf8.Length]))
                fitting.Add(i);
        }
        return fitting;
    }

    private int IndexOf(PackedReader part, string name)
    {
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = Order(part.Utf8(places[middle].Name), name);
            if (order == 0)
                return middle;
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return -1;
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
