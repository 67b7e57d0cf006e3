using System.Collections.Immutable;
using Paco.Aws;
using Paco.Cli.Commands;
using Paco.Cli.Views;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Planning;
using Paco.Project;
using Paco.Sandbox;
using Paco.Syntax;

namespace Paco.Cli;

/// <summary>The cloud a command works on, with the ids of its accounts: AWS, or the sandbox of this project.</summary>
internal sealed class CloudChoice : IAsyncDisposable
{
    private readonly LocalCloud? _local;
    private readonly AwsCloud _aws;

    private CloudChoice(AwsCloud aws, LocalCloud? local, IReadOnlyDictionary<string, string> ids, string flag, double pace = 1)
    {
        (_aws, _local, AccountIds, Flag, Pace) = (aws, local, ids, flag, pace);
    }

    public ICloud Cloud => _aws;

    public IAccountAccess Access => _aws;

    public bool IsSandbox => _local is not null;

    /// <summary>It is AWS itself, and nothing else that answers like it.</summary>
    public bool IsAws => !IsSandbox && _aws.IsAws;

    /// <summary>What leads a command line to it, with the blank before it; empty where it is what is worked on anyhow.</summary>
    public string Flag { get; }

    public IReadOnlyDictionary<string, string> AccountIds { get; }

    /// <summary>What plans are made for here, in those accounts. An id that only signing in tells is missing before that.</summary>
    public PlanTarget TargetOf(IEnumerable<string> accounts) => new(
        _local is null ? _aws.Target : $"sandbox {_local.Identity}",
        accounts.Select(name => KeyValuePair.Create(name, _aws.AccountId(name)))
            .Where(a => a.Value is not null)
            .ToImmutableSortedDictionary(a => a.Key, a => a.Value!, StringComparer.Ordinal));

    /// <summary>The share of the time AWS would take: 1 on AWS, 0 where the sandbox does everything at once.</summary>
    public double Pace { get; }

    /// <summary>The longest between two questions how stacks stand; the sandbox has no limit of calls.</summary>
    public TimeSpan PollInterval => IsSandbox ? TimeSpan.FromMilliseconds(20) : TimeSpan.FromSeconds(5);

    /// <summary>The sandbox's file below a project.</summary>
    public static string SandboxFile(string home) => Path.Combine(home, ".paco-work", "sandbox.db");

    public static async Task<CloudChoice> Open(Session session, CloudArguments arguments, CancellationToken cancel)
    {
        var master = session.Project.Master ?? throw new CommandError("accounts/master.yaml is missing");
        var region = session.Project.Region;
        var ids = session.Project.Accounts.Where(a => a.AccountId is not null)
            .ToDictionary(a => a.Name, a => a.AccountId!, StringComparer.Ordinal);
        var (isSandbox, flag) = Which(session, arguments.Sandbox);
        if (!isSandbox && (arguments.Pace is not null || !arguments.Faults.IsEmpty))
            throw new CommandError("--pace and --fault are for the sandbox", "add --sandbox");
        if (!isSandbox)
            return new CloudChoice(AwsCloud.Create(Options(session, ids, region) with { Profile = arguments.Profile }), null, ids, flag);
        var local = OpenLocal(SandboxFile(session.Home.Path), ids.GetValueOrDefault("master"), arguments);
        // As if this program had been killed: it waits for nothing, and what runs there stands where it is.
        local.Stopped.Register(() => session.Terminal.Interrupts?.Leave());
        var options = Options(session, ids, region) with
        {
            Handler = local.CreateHandler(),
            Keys = new AwsKeys("sandbox", new Secret("sandbox")),
        };
        ids = await WithSandboxAccounts(options, ids, region, cancel);
        return new CloudChoice(AwsCloud.Create(options with { Accounts = Accounts(session.Project, ids) }), local, ids, flag,
            SandboxBehaviour.Pace(arguments.Pace).Factor);
    }

    // Where nothing on the line says that nothing is real, the screen does.
    private static (bool IsSandbox, string Flag) Which(Session session, bool? asked)
    {
        var without = session.Home.Sandbox;
        var isSandbox = asked ?? without?.IsSandbox ?? false;
        if (isSandbox && asked is null)
        {
            session.Terminal.ErrorScreen.Line($"In the sandbox, because {without!.Source} says so (--no-sandbox goes to AWS).",
                TextStyle.Yellow);
        }
        return (isSandbox, isSandbox == (without?.IsSandbox ?? false) ? "" : isSandbox ? " --sandbox" : " --no-sandbox");
    }

    public static LocalCloud OpenLocal(string file, string? managementAccount, CloudArguments? arguments = null)
    {
        try
        {
            var options = new SandboxOptions
            {
                DatabasePath = file,
                Pace = SandboxBehaviour.Pace(arguments?.Pace),
                Faults = SandboxBehaviour.Faults(arguments?.Faults ?? []),
            };
            return LocalCloud.Open(managementAccount is null ? options : options with { ManagementAccountId = managementAccount });
        }
        catch (SandboxFileException e)
        {
            throw new CommandError(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandError($"the sandbox's file {file} cannot be made: {FileTrouble.Why(e, file)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _aws.Dispose();
        if (_local is not null)
            await _local.DisposeAsync();
    }

    // Accounts made in the sandbox have their ids there only: the project's files are about AWS.
    private static async Task<Dictionary<string, string>> WithSandboxAccounts(AwsOptions options, Dictionary<string, string> ids,
        string region, CancellationToken cancel)
    {
        using var bootstrap = AwsCloud.Create(options);
        var organizations = bootstrap.Organizations(new Place("master", region));
        if (await organizations.DescribeOrganization(cancel) is null)
            return ids;
        foreach (var account in await organizations.ListAccounts(cancel))
            ids.TryAdd(account.Name, account.Id);
        return ids;
    }

    private static AwsOptions Options(Session session, Dictionary<string, string> ids, string region) => new()
    {
        Accounts = Accounts(session.Project, ids),
        ManagementAccount = "master",
        Region = region,
        Environment = session.Terminal.Environment,
        CredentialsFile = session.Project.Credentials,
        RoleSession = TimeSpan.FromSeconds(session.Project.Credentials?.RoleSessionSeconds ?? 3600),
        Dialog = TerminalDialog.Of(session.Terminal),
        SessionName = SessionName(() => Environment.UserName),
    };

    /// <summary>Who AWS writes down as having called: the user of this machine. A container may have no list of them.</summary>
    internal static string SessionName(Func<string> user)
    {
        try
        {
            return user() is { Length: > 0 } name ? $"paco-{name}" : "paco";
        }
        catch (IOException)
        {
            return "paco";
        }
    }

    private static ImmutableArray<AwsAccount> Accounts(PacoProject project, Dictionary<string, string> ids) =>
    [
        .. project.Accounts
            .Where(a => a.IsMaster || a.Name == "master" || ids.ContainsKey(a.Name))
            .Select(a => new AwsAccount(a.Name, ids.GetValueOrDefault(a.Name), project.RolesInto(a))
            {
                RolesOfCallers = project.RolesOfCallers(a),
            }),
    ];
}
