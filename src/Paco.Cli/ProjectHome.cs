using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Cli;

/// <summary>Where the project is and what its <c>.pacoconfig</c> asks for. Flag beats environment beats file.</summary>
internal sealed record ProjectHome(string Path)
{
    private static readonly string[] Keys = ["verbose", "warn", "sandbox"];

    public bool? Verbose { get; private init; }

    public bool? Warn { get; private init; }

    /// <summary>The cloud to work on where the command line says nothing; null where nobody does.</summary>
    public SandboxDefault? Sandbox { get; private init; }

    /// <summary>--home, else PACO_HOME, else the current directory where that holds a project.</summary>
    public static ProjectHome Find(Terminal terminal, string? flag) => Config(terminal, Directory(terminal, flag));

    /// <summary>The same without a look at what its configuration asks for.</summary>
    public static string Directory(Terminal terminal, string? flag)
    {
        var named = flag ?? terminal.Environment("PACO_HOME");
        if (string.IsNullOrEmpty(named))
        {
            named = File.Exists(terminal.FullPath("project.yaml"))
                ? "."
                : throw new CommandError("no project: --home is not given, PACO_HOME is not set, and there is no project.yaml here",
                    "paco init project NAME makes one");
        }
        var path = terminal.FullPath(named);
        if (!System.IO.Directory.Exists(path))
        {
            throw new CommandError($"the project's directory {path} does not exist",
                flag is null ? "PACO_HOME names it" : "--home names it");
        }
        return path;
    }

    private static ProjectHome Config(Terminal terminal, string home)
    {
        var config = Read(home);
        foreach (var entry in config?.Entries.Where(e => !Keys.Contains(e.Key)) ?? [])
        {
            throw new CommandError($"{entry.KeyLocation}: nobody reads \"{entry.Key}\"",
                Spelling.DidYouMean(entry.Key, Keys) ?? $"there is: {string.Join(", ", Keys)}");
        }
        return new ProjectHome(home)
        {
            Verbose = Flag(config, "verbose"),
            Warn = Flag(config, "warn"),
            Sandbox = SandboxDefault.Of(terminal, Flag(config, "sandbox")),
        };
    }

    private static MapNode? Read(string home)
    {
        var path = System.IO.Path.Combine(home, ".pacoconfig");
        if (!File.Exists(path))
            return null;
        var bag = new DiagnosticBag();
        var root = new ProjectFiles(home, bag).ReadYaml(path);
        if (bag.ToSorted().FirstOrDefault(d => d.Severity == Severity.Error) is { } mistake)
            throw new CommandError($"{mistake.Location}: {mistake.Message}", mistake.Hint);
        return root is null or MapNode
            ? root as MapNode
            : throw new CommandError($"{root.Location}: .pacoconfig is no YAML map",
                $"it may hold {string.Join(", ", Keys.Select(k => $"{k}: true"))}");
    }

    private static bool? Flag(MapNode? map, string key) => map?[key] switch
    {
        null => null,
        ScalarNode { Value: "true" } => true,
        ScalarNode { Value: "false" } => false,
        var other => throw new CommandError($"{other.Location}: \"{key}\" takes true or false"),
    };
}
