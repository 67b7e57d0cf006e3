using System.Text.Json;

namespace Paco.Cli.Tests.Install;

/// <summary>Whose work the command line is made with is said where it is handed out.</summary>
public sealed class NoticesTests
{
    [Fact]
    public void Every_package_beside_the_program_has_its_notice()
    {
        using var built = JsonDocument.Parse(File.ReadAllText(Built("Paco.Cli.deps.json")));
        var packages = built.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => library.Name.Replace('/', ' ')).ToList();
        var notices = File.ReadAllLines(Repository.Path("THIRD-PARTY-NOTICES.txt"));

        var missing = packages.Except(notices).ToList();

        Assert.Contains(packages, p => p.StartsWith("YamlDotNet ", StringComparison.Ordinal));
        Assert.True(missing.Count == 0, $"eng/package --notices writes these anew; it lacks {string.Join(", ", missing)}");
    }

    // Of the configuration that these tests were built in.
    private static string Built(string file) => Repository.Path("src", "Paco.Cli",
        Path.GetRelativePath(Repository.Path("tests", "Paco.Cli.Tests"), AppContext.BaseDirectory), file);
}
