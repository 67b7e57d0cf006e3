namespace Paco.Cli;

/// <summary>Which version a program is, and of which commit. What is known of that the build writes (Version.targets).</summary>
/// <param name="Number">The semantic version, as JSON and SARIF have it.</param>
/// <param name="Commit">The whole name of the commit; empty where the build had no Git to ask.</param>
/// <param name="Date">The commit's date, as Git writes it: 2026-11-30.</param>
/// <param name="IsModified">Sources differed from the commit.</param>
/// <param name="IsDevelopment">A build to test with, which asks for no commit.</param>
internal sealed partial record ProgramVersion(string Number, string Commit, string Date, bool IsModified, bool IsDevelopment)
{
    /// <summary>Enough of a commit's name to find it by, the same in every clone: Git's own abbreviation grows with the clone.</summary>
    private const int ShortCommit = 8;

    private string Origin => this switch
    {
        { IsDevelopment: true } => "development build",
        { Commit: "" } => "commit unknown: built outside of a Git repository",
        { IsModified: true } => $"{Commit[..ShortCommit]}, {Date}, modified",
        _ => $"{Commit[..ShortCommit]}, {Date}",
    };

    /// <summary>For people: <c>10.0.0-alpha.2 (1a2b3c4d, 2026-11-30)</c>.</summary>
    public override string ToString() => $"{Number} ({Origin})";
}
