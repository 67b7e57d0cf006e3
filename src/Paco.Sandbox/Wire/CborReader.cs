using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Paco.Sandbox.Wire;

/// <summary>Reads CBOR that somebody sent; what is none, or too deep, is an <see cref="AwsError"/>.</summary>
internal sealed class CborReader(byte[] bytes)
{
    private const int MaxDepth = 64;
    private const byte Break = 0xff;

    private int _at;

    public JsonNode? Read()
    {
        var tree = Value(0);
        return _at == bytes.Length ? tree : throw Broken("bytes follow the end");
    }

    private JsonNode? Value(int depth)
    {
        if (depth > MaxDepth)
        {
            throw Broken("it is too deep");
        }

        var first = Byte();
        var (kind, info) = (first >> 5, first & 31);
        return kind switch
        {
            0 => Whole(Argument(info), isNegative: false),
            1 => Whole(Argument(info), isNegative: true),
            2 => JsonValue.Create(Convert.ToBase64String(String(kind, info))),
            3 => JsonValue.Create(Encoding.UTF8.GetString(String(kind, info))),
            4 => List(info, depth),
            5 => Map(info, depth),
            6 => Tagged(info, depth),
            _ => Simple(info),
        };
    }

    // A tag says how to take a value; whoever reads a member knows that.
    private JsonNode? Tagged(int info, int depth)
    {
        Argument(info);
        return Value(depth + 1);
    }

    private static JsonValue Whole(ulong argument, bool isNegative) => argument <= int.MaxValue
        ? JsonValue.Create(isNegative ? -1 - (int)argument : (int)argument)
        : JsonValue.Create(isNegative ? -1.0 - argument : argument);

    private JsonArray List(int info, int depth)
    {
        var list = new JsonArray();
        for (var left = Count(info); More(ref left);)
        {
            list.Add(Value(depth + 1));
        }

        return list;
    }

    private JsonObject Map(int info, int depth)
    {
        var map = new JsonObject();
        for (var left = Count(info); More(ref left);)
        {
            var name = Value(depth + 1)?.ToString() ?? "";
            map[name] = Value(depth + 1);
        }

        return map;
    }

    // Null where the end is marked by a byte of its own.
    private long? Count(int info)
    {
        if (info == 31)
        {
            return null;
        }

        var count = Argument(info);
        return count <= (ulong)(bytes.Length - _at) ? (long)count : throw Broken("it ends too early");
    }

    private bool More(ref long? left)
    {
        if (left is not null)
        {
            return left-- > 0;
        }

        if (_at < bytes.Length && bytes[_at] == Break)
        {
            _at++;
            return false;
        }

        return true;
    }

    private byte[] String(int kind, int info)
    {
        if (info != 31)
        {
            return Take(Argument(info)).ToArray();
        }

        using var whole = new MemoryStream();
        for (var first = Byte(); first != Break; first = Byte())
        {
            if (first >> 5 != kind || (first & 31) == 31)
            {
                throw Broken("a text is made of something else");
            }

            whole.Write(Take(Argument(first & 31)));
        }

        return whole.ToArray();
    }

    private JsonValue? Simple(int info) => info switch
    {
        20 => JsonValue.Create(false),
        21 => JsonValue.Create(true),
        22 or 23 => null,
        25 => Real((double)BinaryPrimitives.ReadHalfBigEndian(Take(2))),
        26 => Real(BinaryPrimitives.ReadSingleBigEndian(Take(4))),
        27 => Real(BinaryPrimitives.ReadDoubleBigEndian(Take(8))),
        _ => throw Broken("it has a simple value nobody knows"),
    };

    private static JsonValue Real(double number) => double.IsFinite(number) ? JsonValue.Create(number) : throw Broken("a number is none");

    private ulong Argument(int info) => info switch
    {
        < 24 => (ulong)info,
        24 => Byte(),
        25 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        26 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        27 => BinaryPrimitives.ReadUInt64BigEndian(Take(8)),
        _ => throw Broken("a length is none"),
    };

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(bytes.Length - _at))
        {
            throw Broken("it ends too early");
        }

        var taken = bytes.AsSpan(_at, (int)count);
        _at += (int)count;
        return taken;
    }

    private static AwsError Broken(string why) => new("SerializationException", $"The body is no CBOR: {why}");
}
