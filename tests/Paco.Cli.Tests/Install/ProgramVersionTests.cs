namespace Paco.Cli.Tests.Install;

/// <summary>What a program says of its version, and what the build knows of that.</summary>
public sealed class ProgramVersionTests
{
    private const string Commit = "1a2b3c4d5e6f708192a3b4c5d6e7f80910213243";

    [Theory]
    [InlineData(Commit, "2026-11-30", false, false, "10.0.0-alpha.2 (1a2b3c4d, 2026-11-30)")]
    [InlineData(Commit, "2026-11-30", true, false, "10.0.0-alpha.2 (1a2b3c4d, 2026-11-30, modified)")]
    [InlineData("", "", false, false, "10.0.0-alpha.2 (commit unknown: built outside of a Git repository)")]
    [InlineData("", "", false, true, "10.0.0-alpha.2 (development build)")]
    public void A_version_comes_with_what_it_was_built_from(
        string commit, string date, bool isModified, bool isDevelopment, string expected) =>
        Assert.Equal(expected, $"{new ProgramVersion("10.0.0-alpha.2", commit, date, isModified, isDevelopment)}");

    [GitFact]
    public async Task The_version_follows_the_tags_and_the_commits_of_Git()
    {
        using var sources = new VersionedSources();
        Assert.Equal("""new("10.0.0-alpha.7", "", "", false, false)""", await sources.Build());

        await sources.Git("init", "--quiet");
        await sources.Commit("2026-11-28T10:00:00Z");
        var first = await sources.Head();
        Assert.Equal($"""new("10.0.0-alpha.7", "{first}", "2026-11-28", false, false)""", await sources.Build());

        await sources.Git("tag", "v10.0.0-beta.1");
        Assert.Equal($"""new("10.0.0-beta.1", "{first}", "2026-11-28", false, false)""", await sources.Build());
        Assert.Equal("""new("10.0.0-alpha.7", "", "", false, true)""", await sources.Build("Debug"));

        sources.Write("src/Paco.Cli/Later.cs", "// Not committed yet.\n");
        Assert.Equal($"""new("10.0.0-beta.1", "{first}", "2026-11-28", true, false)""", await sources.Build());

        await sources.Commit("2026-11-30T10:00:00Z");
        Assert.Equal($"""new("10.0.0-beta.1.1", "{await sources.Head()}", "2026-11-30", false, false)""", await sources.Build());
    }
}

/// <summary>A fact about repositories; skipped where Git is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GitFactAttribute : FactAttribute
{
    public GitFactAttribute()
    {
        if (Programs.Find("git") is null)
            Skip = "git is not on PATH";
    }
}
