using System.Text;
using Paco.Syntax;

namespace Paco.Tests.BadInput;

/// <summary>Files are UTF-8 text; whatever else they are is said, with the file's name.</summary>
public sealed class EncodingTests
{
    private const string File = BadProject.Netenv;

    public static readonly TheoryData<string, byte[]> NoText = new()
    {
        { "UTF-16 with a mark", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("network:\n")] },
        { "UTF-16 without a mark", Encoding.Unicode.GetBytes("network:\n") },
        { "UTF-16, the other way round", Encoding.BigEndianUnicode.GetBytes("network:\n") },
        { "UTF-32", Encoding.UTF32.GetBytes("network:\n") },
        { "Latin-1", Encoding.Latin1.GetBytes("title: Zürich\n") },
        { "zero bytes", "network:\0\0\0\n"u8.ToArray() },
        { "a picture", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] },
        { "half a character", [.. "title: "u8, 0xE2, 0x82] },
    };

    [Theory]
    [MemberData(nameof(NoText))]
    public void What_is_no_text_is_named(string what, byte[] bytes)
    {
        using var project = new BadProject().With(File, bytes);
        var diagnostic = project.Only(SyntaxCodes.NotText);
        Assert.True(diagnostic.Location.File?.Path == File, what);
        Assert.Contains("not UTF-8", diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal("save it as UTF-8", diagnostic.Hint);
    }

    [Fact]
    public void A_byte_order_mark_is_fine()
    {
        using var project = new BadProject().In(new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), File)
            .In(Encoding.UTF8, "project.yaml");
        project.Valid();
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Lines_may_end_as_on_other_systems(string end)
    {
        using var project = new BadProject();
        project.With(File, project.Text(File).Replace("\n", end, StringComparison.Ordinal)).Valid();
    }

    [Fact]
    public void Places_are_right_whatever_lines_end_with()
    {
        using var project = new BadProject();
        project.Replace(File, "  title: My network\n", "  titel: My network\n")
            .With(File, project.Text(File).Replace("\n", "\r\n", StringComparison.Ordinal));
        var diagnostic = project.Only(Binding.BindingCodes.UnreadKey);
        Assert.Equal((2, 3), (diagnostic.Location.Line, diagnostic.Location.Column));
        Assert.Equal("  titel: My network", diagnostic.Location.File!.Line(2));
    }
}
