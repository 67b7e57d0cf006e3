using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// What CodeBuild refuses in a build specification before the first command runs, or would silently not do. Source: CodeBuild User Guide,
/// "Build specification reference for CodeBuild".
/// </summary>
internal sealed class BuildspecCheck
{
    private const string Batches = "build-list, build-matrix, build-graph, build-fanout";

    private static readonly string[] Sections =
        ["version", "run-as", "env", "proxy", "batch", "phases", "reports", "artifacts", "cache"];

    private static readonly string[] Phases = ["install", "pre_build", "build", "post_build"];
    private static readonly string[] PhaseFields = ["run-as", "on-failure", "runtime-versions", "commands", "finally"];
    private static readonly string[] Versions = ["0.1", "0.2"];

    private readonly List<BuildspecMistake> _mistakes = [];

    /// <summary>The mistakes in the order of the text; none where CodeBuild takes it.</summary>
    public static IReadOnlyList<BuildspecMistake> Of(SourceFile content, bool isBatch)
    {
        var (check, bag) = (new BuildspecCheck(), new DiagnosticBag());
        var root = YamlReader.Read(content, bag);
        if (bag.ToSorted().FirstOrDefault(d => d.Severity == Severity.Error) is { } wrong)
            check.Refuse(wrong.Location, $"the build specification cannot be read: {wrong.Message}", wrong.Hint);
        else if (root is MapNode map)
            check.Root(map, isBatch);
        else
            check.Refuse(root?.Location ?? Location.Of(content), "a build specification has a \"version\" and \"phases\"", "version: 0.2");
        return check._mistakes;
    }

    private void Root(MapNode root, bool isBatch)
    {
        Misspelt(root, Sections);
        if ((root["version"] as ScalarNode)?.Value is not { } version)
            Refuse(root["version"]?.Location ?? root.Location, "a build specification states its \"version\"", "version: 0.2");
        else if (!Versions.Contains(version))
            Refuse(root["version"]!.Location, $"CodeBuild has no version {version} of build specifications", "version: 0.2");
        if (isBatch && root["batch"] is not MapNode)
            Refuse(root.Location, "a batch needs a section \"batch\" that says which builds there are", $"with one of {Batches}");
        // The builds of a batch may have specifications of their own.
        if (root["phases"] is MapNode phases)
            EachPhase(phases);
        else if (root["batch"] is not MapNode)
            Refuse(root["phases"]?.Location ?? root.Location, "a build specification has \"phases\" with commands");
    }

    private void EachPhase(MapNode phases)
    {
        var commands = 0;
        foreach (var phase in phases.Entries)
        {
            if (!Phases.Contains(phase.Key))
            {
                Refuse(phase.KeyLocation, $"CodeBuild has no phase \"{phase.Key}\"",
                    Spelling.DidYouMean(phase.Key, Phases) ?? $"one of {string.Join(", ", Phases)}");
            }
            else if (phase.Value is MapNode fields)
            {
                Misspelt(fields, PhaseFields);
                commands += Commands(fields["commands"]) + Commands(fields["finally"]);
            }
            else
            {
                Refuse(phase.KeyLocation, $"the phase {phase.Key} has no \"commands\"");
            }
        }
        if (commands == 0 && _mistakes.Count == 0)
            Refuse(phases.Location, "the build has no commands", "phases: {build: {commands: [make]}}");
    }

    private int Commands(Node? node)
    {
        switch (node)
        {
            case null or ScalarNode { IsNull: true }:
                return 0;
            case ListNode list:
                foreach (var item in list.Items.Where(item => item is not ScalarNode))
                {
                    var read = item is MapNode ? "\": \" in it as a name and a value" : "a list here";
                    Refuse(item.Location, $"a command is text; YAML reads {read}", "put the command into quotes, or write it behind |");
                }
                return list.Items.Length;
            default:
                Refuse(node.Location, "commands are a list", "- and a command on each line");
                return 1;
        }
    }

    // What is not known may be new; what is nearly known is a slip.
    private void Misspelt(MapNode map, string[] known)
    {
        foreach (var entry in map.Entries.Where(e => !known.Contains(e.Key)))
        {
            if (Spelling.DidYouMean(entry.Key, known) is { } meant)
                Refuse(entry.KeyLocation, $"a build specification has no \"{entry.Key}\" here", meant);
        }
    }

    private void Refuse(Location at, string message, string? wayOut = null) => _mistakes.Add(new BuildspecMistake(at, message, wayOut));
}

/// <summary>A mistake in a build specification.</summary>
/// <param name="At">Where, in the specification's own text.</param>
internal readonly record struct BuildspecMistake(Location At, string Message, string? WayOut);
