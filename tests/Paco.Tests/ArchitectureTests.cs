using System.Text.RegularExpressions;

namespace Paco.Tests;

/// <summary>The house rule: inside the library a folder uses only the folders above it in this list.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Floors =
    [
        "Diagnostics", "Syntax", "Binding", "Clouds", "CloudFormation", "Stacks", "Monitoring", "Resources", "Network", "Global",
        "Project", "Linking", "Planning", "Drifting", "Applying",
    ];

    [Fact]
    public void Every_folder_of_the_library_has_its_floor() =>
        Assert.Empty(Directory.EnumerateDirectories(Repository.Path("src", "Paco")).Select(Path.GetFileName).Except([.. Floors, "bin", "obj"]));

    [Fact]
    public void A_folder_uses_only_folders_above_it()
    {
        var breaches =
            from file in Directory.EnumerateFiles(Repository.Path("src", "Paco"), "*.cs", SearchOption.AllDirectories)
            let folder = Path.GetRelativePath(Repository.Path("src", "Paco"), file).Split(Path.DirectorySeparatorChar)[0]
            let floor = Array.IndexOf(Floors, folder)
            where floor >= 0
            from Match use in Uses().Matches(File.ReadAllText(file))
            let used = use.Groups[1].Value
            where Array.IndexOf(Floors, used) > floor
            select $"{folder} uses {used}: {Path.GetFileName(file)}";
        Assert.Empty(breaches.Distinct());
    }

    [Fact]
    public void A_room_knows_no_other_room()
    {
        string[] shared = ["Dns", "Iam", "Secrets", "LaunchBundles", "Rds", "LoadBalancers"];
        var breaches =
            from file in Directory.EnumerateFiles(Repository.Path("src", "Paco", "Resources"), "*.cs", SearchOption.AllDirectories)
            let room = Path.GetFileName(Path.GetDirectoryName(file))
            from Match use in RoomUses().Matches(File.ReadAllText(file))
            let used = use.Groups[1].Value
            where used != room && !shared.Contains(used)
            select $"{room} uses {used}";
        Assert.Empty(breaches.Distinct());
    }

    [GeneratedRegex(@"\bPaco\.([A-Z][A-Za-z]+)\b")]
    private static partial Regex Uses();

    [GeneratedRegex(@"using Paco\.Resources\.([A-Z][A-Za-z]+)")]
    private static partial Regex RoomUses();
}
