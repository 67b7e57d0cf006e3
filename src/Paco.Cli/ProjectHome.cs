using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Cli;

/// <summary>Where the project is and what its <c>.pacoconfig</c> asks for. Flag beats environment beats file.</summary>
internal sealed record ProjectHome(string Path, bool? Verbose, bool? Warn)
{
    /// <summary>--home, else PACO_HOME, else the current directory where that holds a project.</summary>
    public static ProjectHome Find(Terminal terminal, string? flag)
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
        if (!Directory.Exists(path))
        {
            throw new CommandError($"the project's directory {path} does not exist",
                flag is null ? "PACO_HOME names it" : "--home names it");
        }
        return Config(path);
    }

    private static ProjectHome Config(string home)
    {
        var path = System.IO.Path.Combine(home, ".pacoconfig");
        if (!File.Exists(path))
            return new ProjectHome(home, null, null);
        var bag = new DiagnosticBag();
        var root = new ProjectFiles(home, bag).ReadYaml(path);
        if (bag.HasErrors || root is not (null or MapNode))
            throw new CommandError(".pacoconfig is no YAML map", "it may hold verbose: true and warn: true");
        return new ProjectHome(home, Flag(root as MapNode, "verbose"), Flag(root as MapNode, "warn"));
    }

    private static bool? Flag(MapNode? map, string key) => map?[key] switch
    {
        null => null,
        ScalarNode { Value: "true" } => true,
        ScalarNode { Value: "false" } => false,
        _ => throw new CommandError($".pacoconfig: \"{key}\" takes true or false"),
    };
}
