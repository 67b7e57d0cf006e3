using System.Globalization;
using System.Text;
using Paco.Starters;

namespace Paco.Tests.BadInput;

/// <summary>One file of the starter, damaged: what a slip of the hand, a merge gone wrong or somebody hostile makes of it.</summary>
internal sealed record Mutation(int Seed, string Path, byte[] Bytes)
{
    private static readonly GeneratedFile[] Yaml = [.. Starting.Files.Where(f => f.Path.EndsWith(".yaml", StringComparison.Ordinal))];
    private static readonly GeneratedFile Netenv = Yaml.Single(f => f.Path.StartsWith("netenv/", StringComparison.Ordinal));

    // What may stand where a scalar stood.
    private static readonly string[] Odd =
    [
        "", "~", "null", "[]", "{}", "[1, 2]", "{a: b}", "[[[]]]", "{a: {b: [c]}}", "true", "no", "0", "-1", "2147483648",
        "99999999999999999999999999",
        "1e400", ".nan", "0x1F", "1_000", "2026-10-01", "\"\"", "\" \"", "\"\\0\"", "\"\\uFEFF\"", "\"a\\nb\\r\\nc\"", "\"\\u2028\"",
        "'it''s'", "äöü", "日本語", "🦊",
        "!Ref X", "!Sub '${X}'", "!Join ['', [a]]", "!replace []", "!replace {}", "!GetAtt a.b", "!unknown x", "!!binary aGk=", "!<x> y",
        "&a b", "*a", "<<",
        "paco.ref", "paco.ref ", "paco.ref netenv", "paco.ref netenv.", "paco.ref netenv.mynet", "paco.ref netenv..x",
        "paco.ref resource.ec2.keypairs",
        "paco.ref accounts.dev", "paco.ref accounts.nobody.id", "paco.ref alias.x.y", "paco.ref function.aws.ec2.ami.latest.x",
        "paco.ref service.x.y",
        "paco.ref netenv.mynet.dev.us-west-2.network.vpc.id", "paco.ref netenv.mynet.<environment>.<region>.network.vpc.id",
        "paco.sub 'a ${paco.ref accounts.dev} b'", "paco.sub '", "paco.sub '${'", "paco.sub '${}'", "paco.sub 'x${AWS::Region}'",
        "10.0.0.0/16", "10.0.0.0/33", "999.1.1.1/8", "::/0", "arn:aws:iam::111111111111:role/x", "../../../../etc/hostname", "/dev/zero",
        "\"/\\0\"", "us-east-1",
        "a.b", "a{b}", "app{two}", "--", "-", "x-", "{{resolve:secretsmanager:x}}", "|", ">", "|-", "'", "\"", "[", "{", "}", "]", "? x",
        "%", "@", "`", "- - -",
        new string('a', 300), new string('9', 2000),
    ];

    public string Text => Encoding.UTF8.GetString(Bytes);

    public static Mutation Of(int seed)
    {
        var random = new Random(seed);
        var file = random.Next(10) < 7 ? Netenv : Yaml[random.Next(Yaml.Length)];
        var lines = file.Text.Split('\n').ToList();
        for (var i = random.Next(3); i >= 0; i--)
            Change(random, lines);
        var text = string.Join(random.Next(40) == 0 ? "\r\n" : "\n", lines);
        var bytes = Encoding.UTF8.GetBytes(Starting.InFewestEnvironments(text, seed));
        return new Mutation(seed, file.Path, random.Next(12) == 0 ? Scramble(random, bytes) : bytes);
    }

    public override string ToString() => $"seed {Seed}, {Path}:\n{Text}";

    private static void Change(Random random, List<string> lines)
    {
        if (lines.Count == 0)
            return;
        var at = random.Next(lines.Count);
        switch (random.Next(16))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(random.Next(lines.Count + 1), lines[at]);
                break;
            case 2:
                var moved = lines[at];
                lines.RemoveAt(at);
                lines.Insert(random.Next(lines.Count + 1), moved);
                break;
            case 3:
                lines[at] = new string(' ', random.Next(1, 5)) + lines[at];
                break;
            case 4:
                lines[at] = lines[at].StartsWith(' ') ? lines[at][1..] : "\t" + lines[at];
                break;
            case 5:
                lines.RemoveRange(at, Math.Min(random.Next(1, 30), lines.Count - at));
                break;
            case 6:
                Splice(random, lines, at);
                break;
            case 7:
                lines[at] = Key(random, lines[at]);
                break;
            case 8:
                lines.RemoveRange(at, lines.Count - at);
                break;
            default:
                lines[at] = Value(random, lines[at]);
                break;
        }
    }

    // Another value behind the key or the dash; what stands below the line stays, which is a mistake of its own.
    private static string Value(Random random, string line)
    {
        var end = line.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon
            ? colon + 1
            : line.IndexOf('-', StringComparison.Ordinal) + 1;
        return line[..end] + " " + Odd[random.Next(Odd.Length)];
    }

    private static string Key(Random random, string line)
    {
        var start = line.Length - line.TrimStart().Length;
        var end = line.IndexOf(':', StringComparison.Ordinal);
        if (end <= start)
            return line + Odd[random.Next(Odd.Length)];
        return random.Next(3) switch
        {
            0 => line.Remove(random.Next(start, end), 1),
            1 => line[..start] + Odd[random.Next(Odd.Length)] + line[end..],
            _ => line.Insert(random.Next(start, end), random.Next(10).ToString(CultureInfo.InvariantCulture)),
        };
    }

    // A subtree (a line with all that is indented deeper) from anywhere put anywhere, at the indentation found there.
    private static void Splice(Random random, List<string> lines, int at)
    {
        var from = random.Next(lines.Count);
        var depth = Indent(lines[from]);
        var tree = lines.Skip(from).TakeWhile((l, i) => i == 0 || Indent(l) > depth).Take(60).Select(l => l[Math.Min(depth, l.Length)..])
            .ToList();
        var indent = new string(' ', Indent(lines[at]));
        lines.InsertRange(at, tree.Select(l => indent + l));
    }

    private static int Indent(string line) => line.Length - line.TrimStart(' ').Length;

    private static byte[] Scramble(Random random, byte[] bytes)
    {
        for (var i = random.Next(1, 6); i > 0 && bytes.Length > 0; i--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }
}
