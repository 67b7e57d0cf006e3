using Paco.Syntax;

namespace Paco.Cli.Tests.Install;

/// <summary>What Windows and bare machines do otherwise, as far as it can be brought about here (docs/systems.md).</summary>
public sealed class OtherSystemsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_console_that_understands_no_codes_gets_none(bool understands)
    {
        var terminal = new Terminal
        {
            In = TextReader.Null, Out = TextWriter.Null, Error = TextWriter.Null, Environment = _ => null, Directory = "/",
            IsOutTerminal = true, UnderstandsCodes = understands,
        };

        Assert.Equal((understands, understands), (terminal.Screen.HasColour, terminal.Screen.CanRedraw));
    }

    [Theory]
    [InlineData(32, true)]
    [InlineData(unchecked((int)0x8007006D), true)]
    [InlineData(unchecked((int)0x800700E8), true)]
    // ERROR_SHARING_VIOLATION, which is 32 as well: somebody else has a file open.
    [InlineData(unchecked((int)0x80070020), false)]
    public void A_reader_that_went_is_told_from_a_file_that_is_open_elsewhere(int code, bool isClosed) =>
        Assert.Equal(isClosed, OutputWriter.IsClosed(new IOException("said otherwise", code)));

    [Theory]
    [InlineData("nul.pem", "_nul.pem")]
    [InlineData("Com1-access-key-1.ini", "Com1-access-key-1.ini")]
    [InlineData("com1.pem", "_com1.pem")]
    [InlineData("null.pem", "null.pem")]
    [InlineData("-rf", "_rf")]
    public void No_secret_is_written_to_a_device(string name, string file) => Assert.Equal(file, SecretFiles.NameOf(name));

    [Theory]
    [InlineData("title: Prod\r\naccount_id: \"\"\r\n", "title: Prod\r\naccount_id: \"1\"\r\n")]
    [InlineData("title: Prod\r\n", "title: Prod\r\naccount_id: \"1\"\r\n")]
    [InlineData("title: Prod\n", "title: Prod\naccount_id: \"1\"\n")]
    public void A_file_keeps_its_line_ends_when_a_field_is_written_into_it(string before, string after) =>
        Assert.Equal(after, YamlText.WithTopLevel(before, "account_id", "1"));

    [Fact]
    public void A_link_is_told_from_what_it_leads_to_by_what_Windows_knows_of_files()
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", "");
        string At(string name) => Path.Combine(folder.Path, name);
        File.CreateSymbolicLink(At("link"), At("file"));
        File.CreateSymbolicLink(At("to folder"), folder.Path);
        File.CreateSymbolicLink(At("to nothing"), At("nothing"));
        FileKind?[] Kinds(string name) => [.. new[] { false, true }.Select(follows => FileStatus.OfAttributes(At(name), follows)?.Kind)];

        Assert.Equal([FileKind.Regular, FileKind.Regular], Kinds("file"));
        Assert.Equal([FileKind.Link, FileKind.Regular], Kinds("link"));
        Assert.Equal([FileKind.Link, FileKind.Directory], Kinds("to folder"));
        Assert.Equal([FileKind.Link, null], Kinds("to nothing"));
        Assert.Equal([null, null], Kinds("nothing"));
    }

    [Fact]
    public void A_machine_without_a_list_of_users_names_nobody()
    {
        Assert.Equal("paco-ann", CloudChoice.SessionName(() => "ann"));
        Assert.Equal("paco", CloudChoice.SessionName(() => ""));
        Assert.Equal("paco", CloudChoice.SessionName(() => throw new FileNotFoundException("/etc/passwd")));
    }
}
