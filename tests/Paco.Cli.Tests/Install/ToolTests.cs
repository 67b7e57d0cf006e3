namespace Paco.Cli.Tests.Install;

/// <summary>The package of the tool of .NET, made of the build beside these tests and installed where nothing else is.</summary>
public sealed class ToolTests
{
    private const string OnlyHere = """
        <configuration>
          <packageSources>
            <clear />
            <add key="here" value="feed" />
          </packageSources>
        </configuration>
        """;

    [Fact]
    public async Task The_tool_is_installed_from_a_folder_and_makes_a_project()
    {
        using var folder = new TemporaryFolder();
        string At(string name) => Path.Combine(folder.Path, name);
        var variables = Variables(At);
        async Task<Ran> Run(string program, params string[] arguments) =>
            (await Programs.Run(program, arguments, variables, folder.Path)).Succeeds();

        // The package is made with this machine's packages: it was built with them.
        var project = Repository.Path("src", "Paco.Cli");
        string[] pack = ["pack", "--no-build", project, "--configuration", Configuration, "--output", At("feed")];
        (await Programs.Run("dotnet", pack)).Succeeds();
        folder.Write("nuget.config", OnlyHere);
        await Run("dotnet", "tool", "install", "Paco.Cli", "--version", CommandLine.Version, "--tool-path", At("tools"),
            "--configfile", At("nuget.config"));

        var paco = Path.Combine(At("tools"), OperatingSystem.IsWindows() ? "paco.exe" : "paco");
        Assert.Equal($"paco {ProgramVersion.Own}\n", (await Run(paco, "--version")).Out);
        await Run(paco, "init", "project", "shop", "--defaults");
        Assert.Contains("The whole project is valid", (await Run(paco, "validate", "--home", "shop")).Out, StringComparison.Ordinal);
        // SQLite's library is in the package for this system too.
        var provisioned = await Run(paco, "provision", "accounts", "--home", "shop", "--sandbox", "--yes");
        Assert.Contains("created", provisioned.Out, StringComparison.Ordinal);
    }

    private static string Configuration =>
        Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;

    // Neither the home directory of whoever tests nor its packages are read or written.
    private static Dictionary<string, string> Variables(Func<string, string> at) => new()
    {
        ["HOME"] = at("home"), ["DOTNET_CLI_HOME"] = at("home"), ["NUGET_PACKAGES"] = at("packages"),
        ["NUGET_HTTP_CACHE_PATH"] = at("http"), ["DOTNET_ROOT"] = Path.GetDirectoryName(Environment.ProcessPath)!,
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_NOLOGO"] = "1",
    };
}
