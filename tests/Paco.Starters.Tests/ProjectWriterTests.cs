namespace Paco.Starters.Tests;

public sealed class ProjectWriterTests : IDisposable
{
    private static readonly GeneratedFile[] Files = [new("a.txt", "ä\n"), new("b/c.sh", "#!/bin/sh\n")];

    private readonly string _folder = Directory.CreateTempSubdirectory("paco-starters-").FullName;

    private string Target => Path.Combine(_folder, "shop");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_project_is_written_whole()
    {
        ProjectWriter.Write(Files, Target);

        Assert.Equal([.. "ä\n"u8], File.ReadAllBytes(Path.Combine(Target, "a.txt")));
        Assert.Equal("#!/bin/sh\n", File.ReadAllText(Path.Combine(Target, "b", "c.sh")));
        Assert.Equal([Target], Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void An_empty_directory_is_taken()
    {
        Directory.CreateDirectory(Target);

        ProjectWriter.Write(Files, Target + Path.DirectorySeparatorChar);

        Assert.True(File.Exists(Path.Combine(Target, "a.txt")));
    }

    [Fact]
    public void A_directory_with_anything_in_it_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, ".mine"), "");

        var refused = Assert.Throws<ProjectWriteException>(() => ProjectWriter.Write(Files, Target));

        Assert.Contains("is not empty", refused.Message, StringComparison.Ordinal);
        Assert.Equal([".mine"], Directory.EnumerateFileSystemEntries(Target).Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_in_the_way_is_refused()
    {
        File.WriteAllText(Target, "");

        var refused = Assert.Throws<ProjectWriteException>(() => ProjectWriter.Write(Files, Target));

        Assert.Contains("is a file", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void When_one_file_cannot_be_written_none_is_left()
    {
        GeneratedFile[] broken = [.. Files, new("a.txt/below", "")];

        var failed = Assert.Throws<ProjectWriteException>(() => ProjectWriter.Write(broken, Target));

        Assert.StartsWith($"The project cannot be written to {Target}: ", failed.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void A_place_that_takes_no_files_is_a_message()
    {
        File.WriteAllText(Target, "");

        var failed = Assert.Throws<ProjectWriteException>(() => ProjectWriter.Write(Files, Path.Combine(Target, "below")));

        Assert.Contains("cannot be written", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/outside")]
    public void No_file_leaves_the_project(string path)
    {
        Assert.Throws<ArgumentException>(() => ProjectWriter.Write([.. Files, new(path, "")], Target));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }
}
