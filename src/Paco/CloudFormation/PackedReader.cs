using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Paco.CloudFormation;

/// <summary>
/// Reads a packed file from some place on, part by part, as <c>eng/Packing</c> wrote it. What leads beyond its end, or makes no sense, is
/// an exception of the framework's; <see cref="PackedFile.Read"/> says what that means.
/// </summary>
internal ref struct PackedReader(ReadOnlySpan<byte> all, int at)
{
    private const int LongestNumber = 9;

    private readonly ReadOnlySpan<byte> _all = all;
    private int _at = at;

    public long Number()
    {
        var number = 0L;
        for (var i = 0; i < LongestNumber; i++)
        {
            var next = _all[_at++];
            number |= (long)(next & 127) << (7 * i);
            if (next < 128)
                return number;
        }

        throw new FormatException();
    }

    /// <summary>How many follow, or where something is: no more than there are bytes.</summary>
    public int Place() => Number() is var number && number <= _all.Length ? (int)number : throw new FormatException();

    /// <summary>Four bytes, the lowest first.</summary>
    public int Fixed()
    {
        var number = BinaryPrimitives.ReadInt32LittleEndian(_all[_at..]);
        _at += sizeof(int);
        return number;
    }

    public string Text() => Encoding.UTF8.GetString(Utf8(Place()));

    public ImmutableArray<string> Texts()
    {
        var texts = new string[Place()];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = Text();
        return ImmutableCollectionsMarshal.AsImmutableArray(texts);
    }

    /// <summary>The text that begins at a place, as it lies there.</summary>
    public readonly ReadOnlySpan<byte> Utf8(int place)
    {
        var text = new PackedReader(_all, place);
        var length = text.Place();
        return _all.Slice(text._at, length);
    }

    /// <summary>Which of several parts follow, asked one after the other.</summary>
    public Presence Optional() => new(Number());

    /// <summary>The bits of a number, from the lowest up.</summary>
    internal struct Presence(long bits)
    {
        private long _bits = bits;

        public bool IsThere()
        {
            var isThere = (_bits & 1) == 1;
            _bits >>= 1;
            return isThere;
        }
    }
}
