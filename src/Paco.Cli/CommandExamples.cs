using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Paco.Cli.Views;

namespace Paco.Cli;

/// <summary>
/// Examples at the end of every page of help. They work as they are printed, one after the other, in a project made by
/// <c>paco init project</c>; tests run them.
/// </summary>
internal static class CommandExamples
{
    // By the words that lead to the command.
    private static readonly Dictionary<string, (string Line, string What)[]> All = new(StringComparer.Ordinal)
    {
        [""] =
        [
            ("init project shop --defaults", "a project to begin with, in ./shop"),
            ("validate --home shop", "all its mistakes, offline"),
            ("provision accounts --home shop --sandbox --yes", "its accounts, in a local cloud"),
        ],
        ["init"] = [("init project shop", "asks what it has to know"), ("init accounts --home shop", "a file for each of its accounts")],
        ["init project"] =
        [
            ("init project shop", "asks what it has to know"),
            ("init project store --defaults --set domain_name=example.org", "asks nothing"),
        ],
        ["init credentials"] = [("init credentials", "asks for a user and the two parts of its access key")],
        ["init accounts"] = [("init accounts", "a file for each account that accounts/master.yaml lists")],
        ["init github"] =
        [
            ("init github netenv.mynet.dev netenv.mynet.prod", "a comment for each of two environments"),
        ],
        ["validate"] =
        [
            ("validate", "everything, as CI should"),
            ("validate netenv.mynet.dev", "one environment and what it needs"),
            ("validate --format sarif", "for code hosts and editors"),
        ],
        ["synth"] =
        [
            ("synth --out templates", "the whole project"),
            ("synth netenv.mynet.dev -o dev", "one environment"),
        ],
        ["list"] =
        [
            ("list", "the whole project"),
            ("list netenv.mynet.dev -v", "one environment, also what is not there"),
        ],
        ["outputs"] =
        [
            ("outputs netenv.mynet.dev", "every address of an environment"),
            ("outputs netenv.mynet.dev alb.dnsname", "one value, for a script"),
        ],
        ["alarms"] =
        [
            ("alarms netenv.mynet.dev", "what is watched of an environment, and how it stands"),
            ("alarms --offline", "what the project says, without a cloud"),
            ("alarms netenv.mynet.dev --state ALARM --exit-code", "what is wrong now, for a script"),
        ],
        ["logs"] =
        [
            ("logs netenv.mynet.dev", "the newest lines of every group of an environment"),
            ("logs netenv.mynet.dev --since 2h --filter ERROR", "all errors of two hours"),
            ("logs netenv.mynet.dev --group cfn_init --lines 100", "one group; with -f until Ctrl-C"),
        ],
        ["plan"] =
        [
            ("plan netenv.mynet.dev", "one environment"),
            ("plan", "the whole project"),
            ("plan netenv.mynet.dev --out dev.plan", "kept, for: provision dev.plan"),
            ("plan netenv.mynet --sandbox --json", "every environment, in the sandbox, for a program"),
            ("plan netenv.mynet.dev --format markdown", "a page for a comment below a pull request"),
        ],
        ["secret"] = [("secret set netenv.mynet.dev.us-west-2.secrets_manager.app.site.database", "asks for the value, unseen")],
        ["secret set"] = [("secret set netenv.mynet.dev.us-west-2.secrets_manager.app.site.database", "asks for the value, unseen")],
        ["provision"] =
        [
            ("provision netenv.mynet.dev", "plan, ask, apply"),
            ("provision resource --yes", "everything below resource/, without a question"),
            ("provision netenv.mynet.dev --prune", "and delete what left the configuration"),
            ("provision --all --sandbox --pace 0.01", "a rehearsal of everything, 100 times as fast"),
        ],
        ["delete"] =
        [
            ("delete netenv.mynet.dev --allow-destroy netenv.mynet.dev", "an environment with its data"),
            ("delete netenv.mynet.staging.us-west-2.applications --allow-destroy netenv.mynet.staging", "all but its network"),
        ],
        ["recover"] =
        [
            ("recover netenv.mynet.dev", "shows what is stuck, asks, and goes on"),
            ("recover --all --yes", "whatever is stuck in the whole project"),
        ],
        ["drift"] =
        [
            ("drift netenv.mynet.dev", "one environment"),
            ("drift --json", "the whole project, for a program"),
        ],
        ["doctor"] =
        [
            ("doctor", "every account of the project"),
            ("doctor netenv.mynet.dev --json", "those an environment needs, for a program"),
        ],
        ["sandbox"] = [("sandbox serve", "for the AWS CLI and SDKs, until Ctrl-C")],
        ["sandbox connect"] =
        [
            ("sandbox connect", "those that wait, and what to say to agree"),
            ("sandbox connect arn:aws:codeconnections:us-west-2:123456789012:connection/0a1b2c3d", "agree to that one"),
        ],
        ["sandbox serve"] =
        [
            ("sandbox serve", "on port 4566, until Ctrl-C"),
            ("sandbox serve --port 0", "on any port that is free"),
        ],
        ["demo"] = [("demo", "in ./paco-demo"), ("demo first-try", "in ./first-try")],
        ["explain"] =
        [
            ("explain PACO2001", "a diagnostic"),
            ("explain ASG", "the fields of a resource type"),
            ("explain netenv", "those of a kind of file"),
            ("explain --filter ERROR -", "which lines of the standard input a metric filter counts"),
            ("explain", "what there is"),
        ],
        ["help"] =
        [
            ("help plan", "the same as plan --help"),
            ("help guard", "what --yes never covers"),
            ("help", "what there is to read about"),
        ],
        ["completion"] =
        [
            ("completion bash", "in ~/.bashrc: source <(paco completion bash)"),
            ("completion zsh", "after compinit: source <(paco completion zsh)"),
            ("completion fish", "into ~/.config/fish/completions/paco.fish"),
        ],
        ["schema"] = [("schema --out schemas", "for a project's .vscode/settings.json")],
    };

    /// <summary>
    /// The option that shows help, with the examples below it. The library's own looks for its description in resources by language, which
    /// takes longer than parsing the line, of every command.
    /// </summary>
    public static Option<bool> Help(Terminal terminal) => new("--help", "-h", "/h", "-?", "/?")
    {
        Description = "Show help and usage information",
        Arity = ArgumentArity.Zero,
        Recursive = true,
        Action = new HelpWithExamples(new HelpAction(), terminal),
    };

    /// <summary>The examples of the command that some words lead to; none of one that nobody is told of.</summary>
    public static IReadOnlyList<(string Line, string What)> Of(string words) => All.GetValueOrDefault(words, []);

    /// <summary>The words that lead to a command from the program's name on.</summary>
    public static string WordsOf(System.CommandLine.Parsing.CommandResult at) =>
        at.Parent is not System.CommandLine.Parsing.CommandResult above ? "" : $"{WordsOf(above)} {at.Command.Name}".TrimStart();

    private static void Show(Screen screen, string program, IReadOnlyList<(string Line, string What)> examples)
    {
        if (examples.Count == 0)
            return;
        var width = examples.Max(e => e.Line.Length);
        screen.Line("Examples:");
        foreach (var (line, what) in examples)
            screen.Line($"  {program} {line.PadRight(width)}  # {what}");
    }

    internal sealed class HelpWithExamples(HelpAction page, Terminal terminal) : SynchronousCommandLineAction
    {
        // What is half a line is half a line with --help, too.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var exit = page.Invoke(parseResult);
            var screen = terminal.Screen;
            Show(screen, terminal.Command, Of(WordsOf(parseResult.CommandResult)));
            screen.Line();
            return exit;
        }
    }
}
