using System.Text.RegularExpressions;

namespace Paco.Cli.Tests.Install;

/// <summary>An empty project in a folder of its own that takes its version as the command line does.</summary>
internal sealed partial class VersionedSources : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <VersionPrefix>10.0.0</VersionPrefix>
            <VersionSuffix>alpha.7</VersionSuffix>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="MinVer" Version="VERSION" PrivateAssets="all" />
          </ItemGroup>
          <Import Project="Version.targets" />
        </Project>
        """;

    private const string Folder = "src/Paco.Cli";
    private const string ProjectFile = $"{Folder}/Paco.Cli.csproj";

    // A configuration of Git's that is nobody's.
    private readonly Dictionary<string, string> _variables = new()
    {
        ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_SYSTEM"] = "/dev/null",
        ["GIT_AUTHOR_NAME"] = "A", ["GIT_AUTHOR_EMAIL"] = "a@example.com",
        ["GIT_COMMITTER_NAME"] = "A", ["GIT_COMMITTER_EMAIL"] = "a@example.com",
    };
    private readonly TemporaryFolder _root = new();
    private bool _isRestored;

    public VersionedSources()
    {
        var pinned = Pinned().Match(Source("Directory.Packages.props")).Groups[1].Value;
        Write(ProjectFile, Project.Replace("VERSION", pinned, StringComparison.Ordinal));
        Write($"{Folder}/Version.targets", Source($"{Folder}/Version.targets"));
        Write(".gitignore", "obj/\nbin/\n");
        // What is looked for changes in is there in every repository of Paco.
        foreach (var file in (string[])["Directory.Build.props", "Directory.Packages.props"])
            Write(file, "<Project />\n");
        Write("global.json", Source("global.json"));
    }

    private static string Source(string file) => File.ReadAllText(Repository.Path(file));

    public void Write(string file, string text) => _root.Write(file, text);

    public async Task<string> Git(params string[] arguments) =>
        (await Programs.Run("git", arguments, _variables, _root.Path)).Succeeds().Out.Trim();

    public async Task Commit(string time)
    {
        _variables["GIT_COMMITTER_DATE"] = _variables["GIT_AUTHOR_DATE"] = time;
        await Git("add", "--all");
        await Git("commit", "--quiet", "--message", "A commit");
    }

    public Task<string> Head() => Git("rev-parse", "HEAD");

    /// <summary>What the build writes of the version, as code.</summary>
    public async Task<string> Build(string configuration = "Release")
    {
        string[] restore = _isRestored ? [] : ["-restore"];
        string[] line = ["msbuild", ProjectFile, "-target:WriteVersion", $"-property:Configuration={configuration}", "-nologo", .. restore];
        (await Programs.Run("dotnet", line, _variables, _root.Path)).Succeeds();
        _isRestored = true;
        var written = await File.ReadAllTextAsync(Path.Combine(_root.Path, $"{Folder}/obj/{configuration}/net10.0/ProgramVersion.g.cs"));
        return Written().Match(written).Groups[1].Value;
    }

    public void Dispose() => _root.Dispose();

    [GeneratedRegex("""Include="MinVer" Version="([^"]+)""")]
    private static partial Regex Pinned();

    [GeneratedRegex("Own => (.+);")]
    private static partial Regex Written();
}
