using System.Text.Json;

namespace Paco.Eng.Packing;

/// <summary>Parts of which any may be missing: a number whose bits say which are there, and those that are, in their order.</summary>
internal sealed class OptionalParts(PackedParts parts)
{
    private readonly List<byte> _bytes = [];
    private long _there;
    private int _next;

    /// <summary>One that says all by being there.</summary>
    public OptionalParts Flag(bool isThere) => Part(isThere, _ => { });

    public OptionalParts Part(bool isThere, Action<PartWriter> write)
    {
        if (isThere)
        {
            var part = new PartWriter(parts);
            write(part);
            _bytes.AddRange(part.ToArray());
            _there |= 1L << _next;
        }

        _next++;
        return this;
    }

    /// <summary>The value of a keyword, where the schema has it.</summary>
    public OptionalParts Part(JsonElement schema, string keyword, Action<PartWriter, JsonElement> write) =>
        schema.TryGetProperty(keyword, out var value) ? Part(true, part => write(part, value)) : Part(false, _ => { });

    /// <summary>A keyword's whole number. Others limit nothing.</summary>
    public OptionalParts Number(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.TryGetInt64(out var number)
            ? Part(true, part => part.Number(number))
            : Part(false, _ => { });

    public OptionalParts Texts(JsonElement schema, string keyword) =>
        Part(schema, keyword, (part, value) => part.Texts(ShapePacker.Names(value)));

    public byte[] ToArray() => [.. new PartWriter(parts).Number(_there).ToArray(), .. _bytes];
}
