using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Paco.CloudFormation;

namespace Paco.Tests.BadInput;

/// <summary>What is written is read back as the same value, whatever stands in it.</summary>
public sealed class TemplateRoundTripTests
{
    private static readonly string[] Odd =
    [
        "", " ", "\n", "\n\n", "a\n", "a\n\n", "a\n b", " a\nb", "a \nb", "a\n\tb", "\ta", "a\r\nb", "a\rb", "\0", "\u0001", "\u007F",
        "\u0085", "a\u0085b\nc", "\u2028", "x\u2028y\nz", "\uFEFF", "a\nb\uFEFF",
        "true", "false", "yes", "No", "null", "~", "Null", "on", "5", "-5", "5.", "5.0", "05", "1e3", "0x1F", "0o7", ".inf", ".nan",
        "1_000", "2026-10-01", "12:30:45", "=", "<<",
        "- a", "-", "? a", ": a", "a: b", "a:", "a #b", "#a", "&a", "*a", "!a", "%a", "@a", "`a", "'a'", "\"a\"", "[a]", "{a}", "a,b", "|",
        ">", "---", "...", "---\na", "...\nb",
        "🦊", "日本語", "é", "e\u0301", "\u200B", "\\", "\\n", "\"", "${A}", "{{resolve:x}}", "arn:aws:iam::1:role/x", "/a/b", "Fn::Sub",
        "Ref", "a\n# b\n", "#!/bin/bash\nset -e\n\nexit 0\n",
    ];

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Elements(Odd),
        Gen.Choose(0, 0x2FF).Select(c => ((char)c).ToString()).ListOf().Select(string.Concat),
        Gen.Elements(Odd).Two().Select(two => two.Item1 + two.Item2),
        Gen.Elements(Odd).Two().Select(two => two.Item1 + "\n" + two.Item2));

    private static readonly Gen<string> Key = Gen.OneOf(Text.Where(k => k is not "Ref" and not "Condition"
        && !k.StartsWith("Fn::", StringComparison.Ordinal)), Gen.Elements("Type", "Properties", "a b", "a:b"));

    private static readonly Gen<Value> Leaf = Gen.OneOf(
        Text.Select(t => (Value)t), Text.Select(t => (Value)t),
        Gen.Choose(int.MinValue, int.MaxValue).Select(n => (Value)n),
        Gen.Elements(0.5m, -1.25m, 1.0m, 1.10m, decimal.MaxValue, 0.0000001m).Select(n => (Value)new NumberValue(n)),
        Gen.Elements(true, false).Select(b => (Value)b),
        Gen.Elements("A", "AWS::Region", "Web1").Select(Fn.Ref),
        Gen.Elements("Arn", "Endpoint.Address", "a.b.c").Select(a => Fn.GetAtt("Db", a)));

    private static readonly Arbitrary<Value> Values = Gen.Sized(size => Of(Math.Min(size, 40) / 8)).ToArbitrary();

    [Theory]
    [InlineData(11UL)]
    [InlineData(12UL)]
    public void A_value_is_read_back_as_it_was_written(ulong seed) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(seed, 1),
            Prop.ForAll(Values, value => Same(new MapValue { ["Value"] = value })));

    [Fact]
    public void Every_odd_text_is_read_back_as_text_key_and_item() =>
        Assert.All(Odd, text => Same(new MapValue
        {
            ["Plain"] = text,
            ["List"] = Value.List(text, Value.List(text)),
            ["Map"] = new MapValue { [text is "Ref" or "Fn::Sub" ? "x" : text] = text, ["second"] = text },
            ["Sub"] = Fn.Sub(text),
            ["Join"] = Fn.Join(text, [text, Fn.Ref("A")]),
        }));

    [Fact]
    public void A_value_of_a_hundred_levels_is_read_back()
    {
        Value value = "deep";
        for (var i = 0; i < 100; i++)
            value = i % 2 == 0 ? new MapValue { ["k"] = value } : Value.List(value);
        Same(new MapValue { ["Value"] = value });
    }

    [Fact]
    public void The_same_value_is_written_as_the_same_bytes() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(13, 1), Prop.ForAll(Values, value =>
        {
            var text = TemplateWriter.ToYaml(new MapValue { ["Value"] = value });
            Assert.Equal(text, TemplateWriter.ToYaml(TemplateReader.Read(text)!));
        }));

    private static Gen<Value> Of(int depth) => depth == 0
        ? Leaf
        : Gen.OneOf(
            Leaf,
            Of(depth - 1).ListOf().Select(items => (Value)Value.List(items.Take(5))),
            Key.Zip(Of(depth - 1)).ListOf().Select(entries => (Value)Map(entries)),
            // No function takes a number or a flag alone; behind a tag they are text.
            Of(depth - 1).Where(v => v is not (NumberValue or FlagValue))
                .Zip(Gen.Elements("Fn::Join", "Fn::Sub", "Fn::Select", "Fn::Base64", "Fn::If"))
                .Select(f => (Value)new FunctionValue(f.Item2, f.Item1)));

    private static MapValue Map(IEnumerable<(string Key, Value Value)> entries) => MapValue.Of(entries.Take(5), e => e.Key, e => e.Value);

    private static void Same(MapValue value)
    {
        var text = TemplateWriter.ToYaml(value);
        var read = TemplateReader.Read(text);
        Assert.True(read is not null, $"not read back:\n{text}");
        Assert.True(JsonNode.DeepEquals(read.ToJson(), value.ToJson()),
            $"read back as {read.ToJson()}\ninstead of {value.ToJson()}:\n{text}");
    }
}
