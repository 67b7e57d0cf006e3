using System.Security.Cryptography;
using Paco.Cli.Views;
using Paco.Diagnostics;
using Paco.Starters;
using Paco.Syntax;

namespace Paco.Cli.Commands;

/// <summary><c>paco init project NAME</c>: a new project from a starter, asked for on a terminal or complete without one.</summary>
internal static class InitProjectCommand
{
    public static int Run(Terminal terminal, string target, string? template, IReadOnlyList<string> sets, string? answersFile,
        bool defaults)
    {
        var directory = terminal.FullPath(target);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(directory));
        if (Starter.CheckProjectName(name) is { } wrong)
            throw new CommandError(wrong);
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
            throw new CommandError($"{directory} exists already; nothing was changed", "choose another name, or remove it first");
        var starter = Choose(terminal, template, defaults || sets.Count > 0 || answersFile is not null);
        var given = Given(terminal, sets, answersFile);
        // Without a terminal the answers may still be piped in, one a line; --set and --answers then stand for all of them.
        if (!defaults && (terminal.IsInTerminal || (sets.Count == 0 && answersFile is null)))
            given = Ask(terminal, starter, name, given);
        if (given["s3bucket_hash"] is null)
            given = given.With("s3bucket_hash", BucketHash.From(RandomNumberGenerator.GetBytes(8)));
        Write(starter, name, directory, Complete(starter, name, given, defaults));
        Done(terminal, directory, name, given);
        return ExitCode.Success;
    }

    /// <summary>Writes a starter's project; used by the demo too.</summary>
    public static void Write(Starter starter, string name, string directory, Answers answers)
    {
        try
        {
            ProjectWriter.Write(starter.Render(name, answers), directory);
        }
        catch (ProjectWriteException e)
        {
            throw new CommandError(e.Message);
        }
    }

    public static Answers Complete(Starter starter, string name, Answers given, bool defaults)
    {
        var completion = starter.Complete(name, given, defaults);
        if (completion.Answers is { } answers)
            return answers;
        throw new CommandError(string.Join("; ", completion.Problems.Select(p => $"{p.Key}: {p.Message}")),
            "answer with --set key=value or --answers FILE; --defaults fills in the rest");
    }

    private static Starter Choose(Terminal terminal, string? template, bool silent)
    {
        if (template is not null)
        {
            return StarterCatalog.Find(template)
                ?? throw new CommandError($"there is no starter \"{template}\"",
                    $"there is: {string.Join(", ", StarterCatalog.All.Select(s => s.Id))}");
        }
        if (StarterCatalog.All is [var only] || silent)
            return StarterCatalog.All[0];
        for (var i = 0; i < StarterCatalog.All.Count; i++)
            terminal.Screen.Line($"{i + 1}  {StarterCatalog.All[i].Title} ({StarterCatalog.All[i].Id})");
        return StarterCatalog.Find(Prompt.Ask(terminal, "Starter", "1",
            answer => StarterCatalog.Find(answer) is null ? "Not a valid selection." : null))!;
    }

    private static Answers Given(Terminal terminal, IReadOnlyList<string> sets, string? answersFile)
    {
        var answers = answersFile is null ? Answers.Empty : FromFile(terminal.FullPath(answersFile));
        foreach (var set in sets)
        {
            var at = set.IndexOf('=', StringComparison.Ordinal);
            answers = at > 0 ? answers.With(set[..at], set[(at + 1)..]) : throw new CommandError($"--set takes key=value, got \"{set}\"");
        }
        return answers;
    }

    private static Answers FromFile(string full)
    {
        var bag = new DiagnosticBag();
        if (!File.Exists(full))
            throw new CommandError($"there is no answers file {full}");
        if (new ProjectFiles(Path.GetDirectoryName(full)!, bag).ReadYaml(full) is not MapNode map || bag.HasErrors)
            throw new CommandError($"{full} is no YAML map of answers", bag.ToSorted().FirstOrDefault()?.Message);
        return Answers.From(map.Entries.Where(e => e.Value is ScalarNode)
            .Select(e => KeyValuePair.Create(e.Key, ((ScalarNode)e.Value).Value)));
    }

    private static Answers Ask(Terminal terminal, Starter starter, string name, Answers given)
    {
        foreach (var question in starter.Questions.Where(q => IsAsked(q, terminal) && given[q.Key] is null))
            given = given.With(question.Key, Prompt.Ask(terminal, question.Label, question.DefaultFor(name, given), question.Check));
        return given;
    }

    // A script that pipes its answers in need not know of what has a default.
    private static bool IsAsked(Question question, Terminal terminal) =>
        question.Kind == QuestionKind.Asked || (question.Kind == QuestionKind.Offered && terminal.IsInTerminal);

    private static void Done(Terminal terminal, string directory, string name, Answers answers)
    {
        var (screen, paco) = (terminal.Screen, terminal.Command);
        var netenv = answers["network_environment_name"] ?? "mynet";
        screen.Line($"✓ {name} is in {directory}", TextStyle.Green);
        screen.Line();
        screen.Line("Next:");
        screen.Lines($"  export PACO_HOME={ShellWord.Of(directory)}");
        screen.Line("  # checks the project, offline", TextStyle.Dim);
        screen.Line($"  {paco} validate netenv.{netenv}.dev");
        screen.Line("  # tries everything on this machine first", TextStyle.Dim);
        screen.Line($"  {paco} provision accounts --sandbox");
        screen.Line("README.md in the project goes on from there.");
    }
}
