using System.Buffers.Binary;
using System.Text;

namespace Paco.Eng.Packing;

/// <summary>
/// The parts of the file, one behind the other. What is alike byte by byte stands there once, so that a part is known by where it begins.
/// </summary>
internal sealed class PackedParts(int start)
{
    private readonly List<byte> _bytes = [];
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

    public int End => start + _bytes.Count;

    /// <summary>Where these bytes begin.</summary>
    public int Place(byte[] part)
    {
        var key = Convert.ToHexString(part);
        if (_known.TryGetValue(key, out var place))
            return place;
        place = End;
        _bytes.AddRange(part);
        _known.Add(key, place);
        return place;
    }

    /// <summary>Where a text begins: its length in UTF-8, and that.</summary>
    public int Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Place([.. new PartWriter(this).Number(bytes.Length).ToArray(), .. bytes]);
    }

    public byte[] ToArray() => [.. _bytes];
}

/// <summary>
/// Writes one part: numbers in groups of seven bits, the lowest first, texts and other parts as the number of where they begin.
/// </summary>
internal sealed class PartWriter(PackedParts parts)
{
    private readonly List<byte> _bytes = [];

    public PartWriter Number(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        for (; number > 127; number >>= 7)
            _bytes.Add((byte)(number | 128));
        _bytes.Add((byte)number);
        return this;
    }

    public PartWriter Text(string text) => Number(parts.Text(text));

    public PartWriter Texts(IReadOnlyCollection<string> texts)
    {
        Number(texts.Count);
        foreach (var text in texts)
            Text(text);
        return this;
    }

    public PartWriter Numbers(IReadOnlyCollection<int> numbers)
    {
        Number(numbers.Count);
        foreach (var number in numbers)
            Number(number);
        return this;
    }

    public PartWriter Part(OptionalParts part)
    {
        _bytes.AddRange(part.ToArray());
        return this;
    }

    public byte[] ToArray() => [.. _bytes];

    public static byte[] Fixed(params ReadOnlySpan<int> numbers)
    {
        var bytes = new byte[4 * numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), numbers[i]);
        return bytes;
    }
}
