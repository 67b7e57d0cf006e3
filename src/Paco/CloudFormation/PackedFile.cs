using System.Text;

namespace Paco.CloudFormation;

/// <summary>
/// What is known of things by name, an embedded resource that <c>eng/Packing</c> makes and that is read where it lies. Opening looks at the
/// header only, finding a name at a dozen others, and of what is known each part is read by whoever comes to it.
/// </summary>
/// <remarks>
/// Layout: a word of twelve letters that tells what it holds; its whole length and the number of things, four bytes each; for every
/// thing, in ordinal order, where its name begins and where the rest does, four bytes each; the parts. A part is numbers in groups of
/// seven bits, the lowest first. A text is its length and its UTF-8; who names a text or another part has the number of where it begins,
/// so that what is alike lies there once. What may be missing is told by the bits of a number before it.
/// </remarks>
internal sealed class PackedFile
{
    private const int WordLength = 12;
    private const int HeaderLength = 20;
    private const int IndexEntryLength = 8;

    private readonly string _what;
    private readonly ReadOnlyMemory<byte> _bytes;

    /// <param name="word">What it must begin with: <c>PacoSchemas2</c>.</param>
    /// <param name="what">What it holds, for whoever reads that it is damaged: <c>resource schemas</c>.</param>
    public PackedFile(string word, string what, ReadOnlyMemory<byte> bytes)
    {
        (_what, _bytes) = (what, bytes);
        Count = Read(WordLength, part => _bytes.Span.StartsWith(Encoding.UTF8.GetBytes(word)) && part.Fixed() == _bytes.Length
            ? part.Fixed()
            : throw new FormatException());
    }

    public delegate T Reading<out T>(PackedReader part);

    /// <summary>How many things there are.</summary>
    public int Count { get; }

    /// <summary>All names, in ordinal order.</summary>
    public IReadOnlyCollection<string> Names => field ??= [.. Enumerable.Range(0, Count).Select(Name)];

    /// <summary>Where what is known of a thing begins; null for one that is not there.</summary>
    public int? Find(string name)
    {
        var wanted = Encoding.UTF8.GetBytes(name);
        return IndexOf(Count, NamePlace, text => text.SequenceCompareTo(wanted)) is >= 0 and var at
            ? Read(Entry(at) + sizeof(int), static part => part.Fixed())
            : null;
    }

    /// <summary>The number of one of several texts that lie in order; -1 where there is none.</summary>
    /// <param name="place">Where the text of a number begins.</param>
    /// <param name="order">How a text stands to the one that is looked for: below 0 where it comes first.</param>
    public int IndexOf(int count, Func<int, int> place, Func<ReadOnlySpan<byte>, int> order)
    {
        var (low, high) = (0, count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = Read(0, part => order(part.Utf8(place(middle))));
            if (found == 0)
                return middle;
            (low, high) = found < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return -1;
    }

    /// <summary>Reads the part that begins at a place. Whatever that trips over, it is not what was packed.</summary>
    public T Read<T>(int at, Reading<T> read)
    {
        try
        {
            return read(new PackedReader(_bytes.Span, at));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"the {_what} that are packed into this program are damaged", e);
        }
    }

    private string Name(int number) => Read(0, part => Encoding.UTF8.GetString(part.Utf8(NamePlace(number))));

    private int NamePlace(int number) => Read(Entry(number), static part => part.Fixed());

    private static int Entry(int number) => HeaderLength + IndexEntryLength * number;
}
