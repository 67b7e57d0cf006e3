using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paco.Sandbox.Wire;

/// <summary>CBOR (RFC 8949) to and from JSON trees, as AWS's RPC v2 protocol uses it. A time is a number of seconds with a tag.</summary>
internal static class Cbor
{
    private const byte TimeTag = 0xc1;

    /// <summary>A tree as CBOR; the numbers of members called as in <paramref name="times"/> are times.</summary>
    public static byte[] Write(JsonNode? tree, IReadOnlySet<string> times)
    {
        using var bytes = new MemoryStream();
        Write(bytes, tree, times, isTime: false);
        return bytes.ToArray();
    }

    /// <summary>Reads what somebody sent; throws <see cref="AwsError"/> for what is no CBOR.</summary>
    public static JsonNode? Read(byte[] bytes) => new CborReader(bytes).Read();

    private static void Write(MemoryStream to, JsonNode? node, IReadOnlySet<string> times, bool isTime)
    {
        switch (node)
        {
            case JsonObject map:
                // AWS writes no member that has no value.
                Head(to, 5, (ulong)map.Count(m => m.Value is not null));
                foreach (var (name, value) in map.Where(m => m.Value is not null))
                {
                    Text(to, name);
                    Write(to, value, times, times.Contains(name));
                }

                break;
            case JsonArray list:
                Head(to, 4, (ulong)list.Count);
                foreach (var item in list)
                {
                    Write(to, item, times, isTime);
                }

                break;
            default:
                Scalar(to, node as JsonValue, isTime);
                break;
        }
    }

    private static void Scalar(MemoryStream to, JsonValue? value, bool isTime)
    {
        switch (value?.GetValueKind())
        {
            case JsonValueKind.String:
                Text(to, value.GetValue<string>());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                to.WriteByte(value.GetValueKind() == JsonValueKind.True ? (byte)0xf5 : (byte)0xf4);
                break;
            case JsonValueKind.Number:
                Number(to, value, isTime);
                break;
            default:
                to.WriteByte(0xf6);
                break;
        }
    }

    private static void Number(MemoryStream to, JsonValue value, bool isTime)
    {
        if (isTime)
        {
            to.WriteByte(TimeTag);
        }
        else if (value.TryGetValue<int>(out var whole))
        {
            Head(to, whole < 0 ? (byte)1 : (byte)0, (ulong)(whole < 0 ? -1L - whole : whole));
            return;
        }

        to.WriteByte(0xfb);
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(eight, value.GetValue<double>());
        to.Write(eight);
    }

    private static void Text(MemoryStream to, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Head(to, 3, (ulong)bytes.Length);
        to.Write(bytes);
    }

    /// <summary>A kind (0 to 7) and its argument, in as few bytes as hold it.</summary>
    private static void Head(MemoryStream to, byte kind, ulong argument)
    {
        var size = argument switch { < 24 => 0, <= byte.MaxValue => 1, <= ushort.MaxValue => 2, <= uint.MaxValue => 4, _ => 8 };
        to.WriteByte((byte)((kind << 5) | size switch { 0 => (int)argument, 1 => 24, 2 => 25, 4 => 26, _ => 27 }));
        for (var i = size - 1; i >= 0; i--)
        {
            to.WriteByte((byte)(argument >> (8 * i)));
        }
    }
}
