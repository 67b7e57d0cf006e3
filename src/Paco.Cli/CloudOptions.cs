using System.CommandLine;
using Paco.Cli.Commands;

namespace Paco.Cli;

/// <summary>The options of commands that talk to a cloud; each takes those that mean something for it.</summary>
internal sealed class CloudOptions
{
    private readonly Option<string?> _home = CommandLine.Home();
    private readonly Option<bool> _sandbox = new("--sandbox") { Description = "Work on the project's built-in local cloud." };
    private readonly Option<bool> _noSandbox =
        new("--no-sandbox") { Description = "Work on AWS, whatever PACO_SANDBOX and .pacoconfig say." };
    private readonly Option<string?> _profile =
        new("--profile") { Description = "The AWS profile to sign in with.", HelpName = "PROFILE" };
    private readonly Option<string?> _pace = new("--pace") { Description = SandboxBehaviour.PaceHelp, HelpName = "PACE" };
    private readonly Option<string[]> _fault = new("--fault") { Description = SandboxBehaviour.FaultHelp, HelpName = "FAULT" };
    private readonly Option<bool?> _verbose =
        new("--verbose", "-v") { Description = "Show every property.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool?> _warn =
        new("--warn", "--warnings", "-w") { Description = "Show warnings too.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _all = new("--all") { Description = "The whole project, instead of a scope." };
    private readonly Option<bool> _quiet = new("--quiet-changes-only", "-c") { Description = "While applying, show only what fails." };
    private readonly Option<string?> _secrets =
        new("--secrets-dir") { Description = "Write keys that are shown once into files there (mode 0600) instead.", HelpName = "DIR" };
    private readonly Option<bool> _prune =
        new("--prune") { Description = "Delete stacks of the scope that the configuration no longer makes." };
    private readonly Option<bool> _import =
        new("--import-existing") { Description = "Take over what exists already under a name of the project, as it is." };
    private readonly Option<bool> _refresh = new("--refresh-amis") { Description = "Take over newer machine images." };

    private readonly Option<string[]> _sendSecrets = new("--send-secrets")
    {
        Description = "Send secret values of this object and all below it that could not be compared; may be repeated.",
        HelpName = "REF",
    };

    // As in older versions; of use to nobody who does not doubt the cache.
    private readonly Option<bool> _noCache = new("--nocache", "-n") { Hidden = true };

    private Argument<string?>? _scope;
    private string _verb = "";

    /// <summary>It changes things, so the whole project has to be asked for by name.</summary>
    public bool NeedsScope { get; init; }

    /// <summary>What may be given instead of a scope.</summary>
    public string OrElse { get; init; } = "";

    /// <summary>It is about one object, which it takes in place of a scope; this says what kind.</summary>
    public string? Object { get; init; }

    /// <summary>The command compares the project with what is deployed, so it can be told what to do about more than that.</summary>
    public bool MakesPlan { get; init; }

    /// <summary>It shows more or less.</summary>
    public bool HasDetails { get; init; } = true;

    /// <summary>It is at work for a while, and tells of it.</summary>
    public bool Runs { get; init; }

    /// <summary>It may make what is shown once.</summary>
    public bool RevealsSecrets { get; init; }

    public void AddTo(Command command)
    {
        _verb = command.Name;
        _scope = Object is not null
            ? CommandLine.Optional("REF", Object)
            : CommandLine.Optional(OrElse.Length == 0 ? "SCOPE" : "SCOPE|FILE",
                CommandLine.Scopes + OrElse + (NeedsScope ? "." : "; without one the whole project."));
        command.Add(_scope);
        Option[] options =
        [
            .. NeedsScope ? (Option[])[_all] : [],
            _home, _sandbox, _noSandbox, _pace, _fault, _profile,
            .. HasDetails ? (Option[])[_verbose] : [],
            _warn,
            .. Runs ? (Option[])[_quiet] : [],
            .. RevealsSecrets ? (Option[])[_secrets] : [],
            _noCache,
            .. MakesPlan ? (Option[])[_prune, _import, _refresh, _sendSecrets] : [],
        ];
        foreach (var option in options)
            command.Add(option);
    }

    public CloudArguments Read(ParseResult result, Terminal terminal) => new()
    {
        Scope = Scope(result, terminal),
        Home = result.GetValue(_home),
        Sandbox = Sandbox(result),
        Pace = result.GetValue(_pace),
        Faults = [.. result.GetValue(_fault) ?? []],
        Profile = result.GetValue(_profile),
        Verbose = result.GetResult(_verbose) is null ? null : result.GetValue(_verbose) ?? true,
        NoCache = result.GetValue(_noCache),
        Warn = result.GetResult(_warn) is null ? null : result.GetValue(_warn) ?? true,
        Quiet = Runs && result.GetValue(_quiet),
        SecretsDirectory = RevealsSecrets ? result.GetValue(_secrets) : null,
        Prune = MakesPlan && result.GetValue(_prune),
        ImportExisting = MakesPlan && result.GetValue(_import),
        RefreshImages = MakesPlan && result.GetValue(_refresh),
        SendSecrets = MakesPlan ? [.. result.GetValue(_sendSecrets) ?? []] : [],
    };

    private string? Scope(ParseResult result, Terminal terminal)
    {
        var (scope, all) = (result.GetValue(_scope!), NeedsScope && result.GetValue(_all));
        return (scope, all) switch
        {
            (not null, true) => throw Mistake($"--all is the whole project, and {scope} a part of it: give one of them"),
            (null, false) when Object is not null => throw Mistake($"{_verb} needs a REF: {Object}"),
            (null, false) when NeedsScope => throw ScopeOffer.Missing(terminal, result.GetValue(_home), _verb),
            _ => scope,
        };
    }

    private bool? Sandbox(ParseResult result)
    {
        bool? sandbox = result.GetResult(_sandbox) is { Implicit: false } ? result.GetValue(_sandbox) : null;
        return (sandbox, result.GetValue(_noSandbox)) switch
        {
            (true, true) => throw Mistake("--sandbox and --no-sandbox contradict each other: give one of them"),
            (_, true) => false,
            _ => sandbox,
        };
    }

    private static CommandError Mistake(string message) => new(message) { Kind = Views.ErrorKind.CommandLine };
}
