using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;

namespace Paco.Resources.Asg;

/// <summary>A group of the system.</summary>
public sealed class CfnGroup(Fields f) : Model(f)
{
    public string? Gid { get; } = f.Text("gid", "Its number.", Check.Digits);
}

public sealed class CfnUser(Fields f) : Model(f)
{
    public ImmutableArray<string> Groups { get; } = f.Texts("groups", "Groups it belongs to.");

    public Given<int>? Uid { get; } = f.Int("uid", "Its number.", min: 100, max: 65535);

    public string HomeDir { get; } = f.RequiredText("home_dir", "Its home folder.");

    internal MapValue ToValue() => new()
    {
        ["groups"] = Value.OfMany(Groups),
        ["uid"] = Value.Of(Uid?.ToString()),
        ["homeDir"] = HomeDir,
    };
}

/// <summary>A command; the environment is the caller's unless <c>env</c> replaces it.</summary>
public sealed class CfnCommand(Fields f) : Model(f)
{
    public Value? Command { get; } = f.Value("command", "What is run.");

    public ImmutableArray<KeyValuePair<string, string>> Env { get; } = f.TextMap("env", "Its whole environment, instead of the caller's.");

    public string? Cwd { get; } = f.Text("cwd", "The folder it is run in.", Check.Length(1, 4096));

    public string? Test { get; } = f.Text("test", "A command that decides: run it only when this one succeeds.", Check.Length(1, 65536));

    public Given<bool> IgnoreErrors { get; } = f.Flag("ignore_errors", "Go on when it fails.", false);

    protected internal override void Rules(Fields f)
    {
        if (Command is null or TextValue { Text: "" })
            f.Lacks("command", $"\"{Name}\" needs a \"command\"");
        if (Name.Length == 0 || !Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
        {
            f.Report(BindingCodes.BadName, Location, $"\"{Name}\" cannot be a command's name",
                "letters, digits, _, - and .; commands run in the order of their names");
        }
    }

    internal MapValue ToValue() => new()
    {
        ["command"] = Command,
        ["env"] = MapValue.Of(Env, e => e.Key, e => e.Value).OrNothing,
        ["cwd"] = Value.Of(Cwd),
        ["test"] = Value.Of(Test),
        ["ignoreErrors"] = IgnoreErrors,
    };
}

/// <summary>Services by what runs them.</summary>
public sealed class CfnServices(Fields f) : Model(f)
{
    public ImmutableArray<CfnService> Systemd { get; } =
        f.Map("systemd", "Services of systemd: all Linux systems of today.", x => new CfnService(x), anyKey: true);

    public ImmutableArray<CfnService> Sysvinit { get; } =
        f.Map("sysvinit", "Services of older systems.", x => new CfnService(x), anyKey: true);

    public ImmutableArray<CfnService> Windows { get; } = f.Map("windows", "Services of Windows.", x => new CfnService(x), anyKey: true);

    internal IEnumerable<CfnService> All => [.. Systemd, .. Sysvinit, .. Windows];

    internal MapValue ToValue() => new()
    {
        ["systemd"] = Configuration.Named(Systemd, s => s.ToValue()),
        ["sysvinit"] = Configuration.Named(Sysvinit, s => s.ToValue()),
        ["windows"] = Configuration.Named(Windows, s => s.ToValue()),
    };
}

public sealed class CfnService(Fields f) : Model(f)
{
    public Given<bool>? EnabledAtBoot { get; } = f.Flag("enabled", "Start it with the system.");

    public Given<bool>? EnsureRunning { get; } = f.Flag("ensure_running", "Have it running when cfn-init is done.");

    public ImmutableArray<string> Files { get; } = f.Texts("files", "Files whose change restarts it.");

    public ImmutableArray<string> Sources { get; } = f.Texts("sources", "Folders whose change restarts it.");

    public Value? Packages { get; } = f.Value("packages", "Packages whose installation restarts it, by tool.");

    public ImmutableArray<string> Commands { get; } = f.Texts("commands", "Commands whose run restarts it.");

    internal MapValue ToValue() => new()
    {
        ["enabled"] = Value.Of(EnabledAtBoot),
        ["ensureRunning"] = Value.Of(EnsureRunning),
        ["files"] = Value.OfMany(Files),
        ["sources"] = Value.OfMany(Sources),
        ["packages"] = Packages,
        ["commands"] = Value.OfMany(Commands),
    };
}
