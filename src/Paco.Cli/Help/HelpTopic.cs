using System.Collections.Immutable;

namespace Paco.Cli.Help;

/// <summary>Something to read about beside the commands: a few sections of <c>docs/</c>.</summary>
/// <param name="Sections">Page and heading of each.</param>
internal sealed record HelpTopic(string Name, string Summary, params ImmutableArray<(string File, string Heading)> Sections)
{
    private const string Commands = "docs/commands.md";

    public static readonly ImmutableArray<HelpTopic> All =
    [
        new("scopes", "what a command acts on", (Commands, "Scopes"), (Commands, "Where the project is")),
        new("references", "how objects of a project name each other", ("docs/projects.md", "References")),
        new("environments", "the base, and what differs in an environment or region", ("docs/projects.md", "Environments")),
        new("guard", "what --yes never covers, and --allow-destroy permits", (Commands, "What --yes does not cover")),
        new("secrets", "values that nobody is shown", (Commands, "Secrets"), (Commands, "secret set")),
        new("signing-in", "where the keys come from that Paco begins with", ("docs/signing-in.md", "Where the first keys come from")),
        new("rehearsing", "the sandbox, a local cloud, and how to let it fail", ("docs/sandbox.md", "The sandbox"), (Commands, "Faults")),
        new("files", "what Paco reads and writes beside the project's own", (Commands, "Files")),
        new("json", "what programs are told", (Commands, "JSON")),
        new("colours", "what a terminal shows, and what a file gets", (Commands, "Colours")),
        new("environment-variables", "all that Paco reads", (Commands, "Environment variables")),
        new("exit-codes", "what a command ends with", (Commands, "Exit codes")),
    ];

    public static HelpTopic? Find(string name) => All.FirstOrDefault(topic => topic.Name == name);

    public IEnumerable<DocBlock> Blocks => Sections.SelectMany(section => DocSection.Read(section.File, section.Heading));
}
