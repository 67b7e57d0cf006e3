using System.CommandLine;
using System.CommandLine.Parsing;
using Paco.Cli.Commands;

namespace Paco.Cli;

/// <summary>The commands, their arguments and options.</summary>
internal static class CommandLine
{
    private const string JsonOption = "--json";
    private const string FormatOption = "--format";
    private const string Markdown = "markdown";

    public static string Version => ProgramVersion.Own.Number;

    public static Command Build(Terminal terminal, Interrupts interrupts)
    {
        var root = new Command("paco", "Paco: one directory of YAML becomes CloudFormation stacks across accounts and regions.")
        {
            CommandExamples.Help(terminal), new Option<bool>("--version") { Description = "Show version, commit and date." },
            Init(terminal, interrupts), Validate(terminal), Synth(terminal), InventoryCommands.List(terminal, interrupts),
            InventoryCommands.Outputs(terminal, interrupts), InventoryCommands.Alarms(terminal, interrupts),
            LogsCommand.Line(terminal, interrupts),
            Plan(terminal, interrupts), Provision(terminal, interrupts),
            Delete(terminal, interrupts),
            Recover(terminal, interrupts), SecretCommands.Group(terminal, interrupts), SecretCommands.OldName(terminal, interrupts),
            Drift(terminal, interrupts), DoctorCommand.Line(terminal, interrupts),
            SandboxGroup(terminal, interrupts), Demo(terminal, interrupts),
            Explain(terminal), Schema(terminal), HelpCommand.Line(terminal), CompletionCommand.Line(terminal),
            CompletionCommand.Protocol(terminal),
        };
        return root;
    }

    internal const string Scopes = "accounts, netenv[.NAME[.ENVIRONMENT[.REGION…]]], resource[.TYPE…]";

    internal static Argument<string?> OptionalScope() => Optional("SCOPE", $"{Scopes}; without one the whole project.");

    internal static Argument<string?> Optional(string name, string description) =>
        NoOption(new Argument<string?>(name) { Description = description, Arity = ArgumentArity.ZeroOrOne });

    // A word would take a misspelt option for itself.
    internal static Argument<T> NoOption<T>(Argument<T> argument)
    {
        argument.Validators.Add(given =>
        {
            if (given.Tokens.Any(t => CommandLineMistake.IsOption(t.Value)))
                given.AddError("an option, and no word");
        });
        return argument;
    }

    internal static Option<string?> Home() => new("--home")
    {
        Description = "The project's directory (else PACO_HOME, else the current one).",
        HelpName = "DIR",
    };

    private static Command Init(Terminal terminal, Interrupts interrupts)
    {
        var name = new Argument<string>("NAME") { Description = "The directory to make; its last part is the project's name." };
        var template = new Option<string?>("--template") { Description = "The starter to begin with.", HelpName = "ID" };
        var set = new Option<string[]>("--set") { Description = "An answer, as key=value; may be repeated.", HelpName = "KEY=VALUE" };
        var answers = new Option<string?>("--answers") { Description = "A YAML file of answers.", HelpName = "FILE" };
        var defaults = new Option<bool>("--defaults") { Description = "Take the sample answer for everything not given." };
        var project = new Command("project", "Make a new project from a starter.") { name, template, set, answers, defaults };
        project.SetAction(r => InitProjectCommand.Run(terminal, r.GetValue(name)!, r.GetValue(template), r.GetValue(set) ?? [],
            r.GetValue(answers), r.GetValue(defaults)));
        var home = Home();
        var accounts = new Command("accounts", "Write a file for every account the organization should have.") { home };
        accounts.SetAction(r => InitAccountsCommand.Run(terminal, r.GetValue(home)));
        var credentials = new Command("credentials", "Write the keys of a user to sign in with, readable by you alone.") { home };
        credentials.SetAction((r, _) => InitCredentialsCommand.Run(terminal, r.GetValue(home), interrupts.First));
        return new Command("init", "Begin a project, its credentials, its accounts or its workflow on GitHub.")
        {
            project, credentials, accounts, GitHub(terminal),
        };
    }

    private static Command GitHub(Terminal terminal)
    {
        var (home, scopes) = (Home(), new Argument<string[]>("SCOPE")
        {
            Description = $"{Scopes}; several have a comment each, without one the whole project.", Arity = ArgumentArity.ZeroOrMore,
        });
        var repository = new Option<string?>("--repository")
        {
            Description = "Which one of resource/github.yaml, where it has several.", HelpName = "KEY",
        };
        var command = new Command("github", "Write a workflow of GitHub that plans pull requests and comments.")
        {
            NoOption(scopes), home, repository,
        };
        command.SetAction(r => InitGitHubCommand.Run(terminal, r.GetValue(home), r.GetValue(scopes) ?? [], r.GetValue(repository)));
        return command;
    }

    private static Command Validate(Terminal terminal)
    {
        var (scope, home) = (OptionalScope(), Home());
        var format = new Option<string>(FormatOption) { Description = "human, json or sarif.", DefaultValueFactory = _ => "human" };
        format.AcceptOnlyFromAmong("human", "json", "sarif");
        var command = new Command("validate", "Check a project, offline: all mistakes at once.") { scope, home, format };
        command.SetAction(r => ValidateCommand.Run(Of(terminal, r), r.GetValue(home), r.GetValue(scope), r.GetValue(format)!));
        return command;
    }

    private static Command Synth(Terminal terminal)
    {
        var (scope, home) = (OptionalScope(), Home());
        var output = new Option<string>("--out", "-o") { Description = "Where the templates go.", Required = true, HelpName = "DIR" };
        var command = new Command("synth", "Write the CloudFormation templates and stacks.json, offline.") { scope, home, output };
        command.SetAction(r => SynthCommand.Run(terminal, r.GetValue(home), r.GetValue(scope), r.GetValue(output)!));
        return command;
    }

    private static Command Plan(Terminal terminal, Interrupts interrupts)
    {
        var options = new CloudOptions { MakesPlan = true };
        var file = new Option<string?>("--out", "-o")
        {
            Description = "Keep the plan in a file; provision FILE does exactly that, or refuses.",
            HelpName = "FILE",
        };
        var drift = new Option<bool>("--drift")
        {
            Description = "Look at what is really there too: what the project wants, what was deployed, what is there now.",
        };
        var format = new Option<string>(FormatOption)
        {
            Description = "human, json, or markdown: one page, short enough for a comment on GitHub.",
            DefaultValueFactory = _ => "human",
        };
        format.AcceptOnlyFromAmong("human", "json", Markdown);
        var json = Json();
        var command = new Command("plan", "Show what provisioning would do. Exit code 0: nothing, 2: changes, 1: error.")
        {
            json, format, file,
        };
        command.Validators.Add(given =>
        {
            if (given.GetResult(json) is { Implicit: false } && given.GetResult(format) is { Implicit: false })
                given.AddError("--json and --format contradict each other: give one of them");
        });
        options.AddTo(command);
        command.Add(drift);
        command.SetAction((r, _) =>
            PlanCommand.Run(Of(terminal, r), options.Read(r, terminal) with { Drift = r.GetValue(drift) }, r.GetValue(file),
                interrupts.First));
        return command;
    }

    private static Command Drift(Terminal terminal, Interrupts interrupts)
    {
        var options = new CloudOptions();
        var command = new Command("drift", "Show what was changed outside Paco. Exit code 0: nothing, 2: drift, 1: error.") { Json() };
        options.AddTo(command);
        command.SetAction((r, _) => DriftCommand.Run(Of(terminal, r), options.Read(r, terminal), interrupts.First));
        return command;
    }

    private static Command Provision(Terminal terminal, Interrupts interrupts)
    {
        var command = new Command("provision", "Bring AWS to what the project says: plan, confirm, apply. SCOPE may be a plan's file.");
        return Applying(terminal, command, isDelete: false, interrupts);
    }

    private static Command Delete(Terminal terminal, Interrupts interrupts)
    {
        var command = new Command("delete", "Delete everything in the scope, in reverse order.");
        return Applying(terminal, command, isDelete: true, interrupts);
    }

    private static Command Recover(Terminal terminal, Interrupts interrupts)
    {
        var options = new CloudOptions { NeedsScope = true, HasDetails = false, Runs = true };
        var skip = new Option<string[]>("--skip")
        {
            Description = "Leave this resource as it is while a rollback is continued; may be repeated.",
            HelpName = "LOGICAL-ID",
        };
        var (yes, allow) = (Yes(), AllowDestroy());
        var command = new Command("recover", "Bring stacks out of failed rollbacks, failed creations and failed deletions.")
        {
            skip, yes, allow, JsonLines(),
        };
        options.AddTo(command);
        command.SetAction((r, _) => RecoverCommand.Run(
            Of(terminal, r),
            options.Read(r, terminal) with { AllowDestroy = [.. r.GetValue(allow) ?? []] },
            r.GetValue(skip) ?? [],
            r.GetValue(yes),
            interrupts));
        return command;
    }

    private static Command Applying(Terminal terminal, Command command, bool isDelete, Interrupts interrupts)
    {
        var options = isDelete
            ? new CloudOptions { NeedsScope = true, Runs = true }
            : new CloudOptions
            {
                NeedsScope = true, OrElse = "; or the file of a plan", MakesPlan = true, Runs = true, RevealsSecrets = true,
            };
        var (yes, allow) = (Yes(), AllowDestroy());
        options.AddTo(command);
        var revert = new Option<bool>("--revert-drift") { Description = "Bring back what was changed or deleted outside Paco." };
        if (!isDelete)
            command.Add(revert);
        command.Add(yes);
        command.Add(allow);
        command.Add(JsonLines());
        command.SetAction((r, _) => ProvisionCommand.Run(
            Of(terminal, r),
            options.Read(r, terminal) with { AllowDestroy = [.. r.GetValue(allow) ?? []], RevertDrift = !isDelete && r.GetValue(revert) },
            isDelete,
            r.GetValue(yes),
            interrupts));
        return command;
    }

    private static Command SandboxGroup(Terminal terminal, Interrupts interrupts)
    {
        var home = Home();
        var port = new Option<int>("--port")
        {
            Description = "The loopback port; 0 takes a free one.",
            HelpName = "PORT",
            DefaultValueFactory = _ => 4566,
        };
        var serve = new Command("serve", "Answer the AWS CLI and SDKs on a loopback port.") { home, port };
        serve.SetAction((r, _) => SandboxCommand.Serve(terminal, r.GetValue(home), r.GetValue(port), interrupts));
        var arn = new Argument<string?>("ARN")
        {
            Description = "The connection; without one, those that wait are listed.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var connect = new Command("connect", "Agree to a connection, as a person does in AWS's console.") { arn, home };
        connect.SetAction(async (r, _) => await SandboxConnect.Run(terminal, r.GetValue(home), r.GetValue(arn)));
        return new Command("sandbox", "The built-in local cloud of a project.") { serve, connect };
    }

    private static Command Demo(Terminal terminal, Interrupts interrupts)
    {
        var directory = Optional("DIR", "The directory to make: paco-demo, or the next free paco-demo-2, …");
        var command = new Command("demo", "Make the starter project and provision it in the sandbox.") { directory };
        command.SetAction((r, _) => DemoCommand.Run(terminal, r.GetValue(directory), interrupts));
        return command;
    }

    private static Command Explain(Terminal terminal)
    {
        var word = new Argument<string?>("WORD|FILE")
        {
            Description = "A code (PACO2001), a type (ASG) or a kind of file (netenv, resource/ec2); with --filter a file, or -.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var filter = new Option<string?>("--filter")
        {
            Description = "Try a filter pattern of CloudWatch Logs on the lines of a file: which fit, and why the others do not.",
            HelpName = "PATTERN",
        };
        var value = new Option<string?>("--value")
        {
            Description = "With --filter: what a line that fits adds to the metric.",
            HelpName = "VALUE",
        };
        var json = JsonLines();
        var command = new Command("explain", "Say more about a diagnostic, a resource type or a kind of file; try a filter pattern.")
        {
            word, filter, value, json,
        };
        word.Validators.Add(given =>
        {
            if (given.Tokens.Any(t => t.Value != "-" && CommandLineMistake.IsOption(t.Value)))
                given.AddError("an option, and no word");
        });
        command.Validators.Add(given =>
        {
            if (given.GetResult(filter) is null && (given.GetResult(value) is not null || given.GetResult(json) is not null))
                given.AddError("--value and --json go with --filter");
        });
        command.SetAction(r => r.GetValue(filter) is { } pattern
            ? ExplainFilterCommand.Run(Of(terminal, r), pattern, r.GetValue(value), r.GetValue(word))
            : ExplainCommand.Run(terminal, r.GetValue(word)));
        return command;
    }

    private static Command Schema(Terminal terminal)
    {
        var output = new Option<string>("--out", "-o") { Description = "Where the schemas go.", Required = true, HelpName = "DIR" };
        var command = new Command("schema", "Write the JSON Schemas of a project's files, for editors.") { output };
        command.SetAction(r => SchemaCommand.Run(terminal, r.GetValue(output)!));
        return command;
    }

    private static Option<bool> Yes() => new("--yes", "-y") { Description = "Do not ask. Never covers what would lose data." };

    private static Option<string[]> AllowDestroy() => new("--allow-destroy")
    {
        Description = "Permit losing the data of this object and all below it; may be repeated.",
        HelpName = "REF",
    };

    internal static Option<bool> Json() => new(JsonOption) { Description = "For programs: one JSON document, as docs/schemas has it." };

    // A run tells of itself while it lasts.
    private static Option<bool> JsonLines() => new(JsonOption)
    {
        Description = "For programs: JSON as docs/schemas has it, one object a line.",
    };

    /// <summary>The output belongs to a program, also where the rest of the line is wrong.</summary>
    public static bool IsForPrograms(ParseResult line) =>
        line.CommandResult.Command.Options.Select(line.GetResult).OfType<OptionResult>().Any(AsksForJson);

    private static bool AsksForJson(OptionResult given) => !given.Errors.Any() && given.Option.Name switch
    {
        JsonOption => given.GetValueOrDefault<bool>(),
        FormatOption => given.GetValueOrDefault<string>() is "json" or Markdown,
        _ => false,
    };

    internal static Terminal Of(Terminal terminal, ParseResult line) => terminal with
    {
        IsForPrograms = IsForPrograms(line), MarkdownScope = MarkdownScope(line),
    };

    // Also where the rest of the line is wrong: whoever looks for the page of a scope finds why there is none.
    private static string? MarkdownScope(ParseResult line)
    {
        var given = line.CommandResult.Command.Options.Select(line.GetResult).OfType<OptionResult>().Where(o => !o.Errors.Any()).ToList();
        return given.Exists(o => o.Option.Name == FormatOption && o.GetValueOrDefault<string>() == Markdown)
            && !given.Exists(o => o.Option.Name == JsonOption && o.GetValueOrDefault<bool>())
            ? line.CommandResult.Children.OfType<ArgumentResult>().FirstOrDefault() is { Tokens: [var scope, ..] } ? scope.Value : "all"
            : null;
    }
}
