using System.CommandLine;
using Paco.Cli.Commands;

namespace Paco.Cli;

/// <summary>The options of commands that talk to a cloud.</summary>
/// <param name="orElse">What may be given instead of a scope.</param>
internal sealed class CloudOptions(string orElse = ".")
{
    private readonly Argument<string> _scope = CommandLine.ScopeArgument(orElse);
    private readonly Option<string?> _home = CommandLine.Home();
    private readonly Option<bool> _sandbox =
        new("--sandbox") { Description = "Work on the project's built-in local cloud instead of AWS." };
    private readonly Option<string?> _profile =
        new("--profile") { Description = "The AWS profile to sign in with.", HelpName = "NAME" };
    private readonly Option<string?> _pace = new("--pace") { Description = SandboxBehaviour.PaceHelp, HelpName = "PACE" };
    private readonly Option<string[]> _fault = new("--fault") { Description = SandboxBehaviour.FaultHelp, HelpName = "FAULT" };
    private readonly Option<bool?> _verbose =
        new("--verbose", "-v") { Description = "Show every property.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool?> _warn = new("--warn", "-w") { Description = "Show warnings too.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _quiet = new("--quiet-changes-only", "-c") { Description = "While applying, show only what fails." };
    private readonly Option<string?> _secrets =
        new("--secrets-dir") { Description = "Write keys that are shown once into files there (mode 0600) instead.", HelpName = "DIR" };
    private readonly Option<bool> _prune =
        new("--prune") { Description = "Delete stacks of the environment that its configuration no longer makes." };
    private readonly Option<bool> _import =
        new("--import-existing") { Description = "Take over what exists already under a name of the project, as it is." };
    private readonly Option<bool> _refresh = new("--refresh-amis") { Description = "Take over newer machine images." };

    private readonly Option<string[]> _sendSecrets = new("--send-secrets")
    {
        Description = "Send secret values of this object and all below it that could not be compared; may be repeated.",
        HelpName = "REF",
    };

    // Accepted so that scripts written for older versions go on working: there is no local cache any more.
    private readonly Option<bool> _noCache = new("--nocache", "-n") { Hidden = true };

    /// <summary>The command compares the project with what is deployed, so it can be told what to do about more than that.</summary>
    public bool MakesPlan { get; init; }

    public void AddTo(Command command)
    {
        command.Add(_scope);
        Option[] everywhere = [_home, _sandbox, _pace, _fault, _profile, _verbose, _warn, _quiet, _secrets, _noCache];
        foreach (var option in MakesPlan ? [.. everywhere, _prune, _import, _refresh, _sendSecrets] : everywhere)
            command.Add(option);
    }

    public CloudArguments Read(ParseResult result) => new()
    {
        Scope = result.GetValue(_scope)!,
        Home = result.GetValue(_home),
        Sandbox = result.GetValue(_sandbox),
        Pace = result.GetValue(_pace),
        Faults = [.. result.GetValue(_fault) ?? []],
        Profile = result.GetValue(_profile),
        Verbose = result.GetResult(_verbose) is null ? null : result.GetValue(_verbose) ?? true,
        Warn = result.GetResult(_warn) is null ? null : result.GetValue(_warn) ?? true,
        Quiet = result.GetValue(_quiet),
        SecretsDirectory = result.GetValue(_secrets),
        Prune = result.GetValue(_prune),
        ImportExisting = result.GetValue(_import),
        RefreshImages = result.GetValue(_refresh),
        SendSecrets = [.. result.GetValue(_sendSecrets) ?? []],
    };
}
