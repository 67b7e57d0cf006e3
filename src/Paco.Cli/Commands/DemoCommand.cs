using System.Security.Cryptography;
using Paco.Cli.Views;
using Paco.Starters;

namespace Paco.Cli.Commands;

/// <summary><c>paco demo</c>: the starter, provisioned in the sandbox, in one go.</summary>
internal static class DemoCommand
{
    private const string Environment = "netenv.mynet.dev";

    // What the environment stands on, in the order a person would go.
    private static readonly string[] Scopes = ["accounts", "resource.ec2.keypairs", "resource.route53", Environment];

    public static async Task<int> Run(Terminal terminal, string? target, Interrupts interrupts)
    {
        var screen = terminal.Screen;
        var directory = Free(terminal, target ?? "paco-demo", isGiven: target is not null);
        var name = Path.GetFileName(directory);
        var starter = StarterCatalog.All[0];
        var answers = Answers.Empty.With("s3bucket_hash", BucketHash.From(RandomNumberGenerator.GetBytes(8)));
        InitProjectCommand.Write(starter, name, directory, InitProjectCommand.Complete(starter, name, answers, defaults: true));
        screen.Line($"{starter.Title}: a project with three environments is in {directory}", TextStyle.Bold);
        screen.Line("Everything below happens in the sandbox, on this machine only.");
        foreach (var scope in Scopes)
        {
            screen.Line();
            if (await Provision(terminal, directory, scope, interrupts) is var code and not ExitCode.Success)
                return code;
        }
        Next(terminal, directory);
        return ExitCode.Success;
    }

    private static async Task<int> Provision(Terminal terminal, string directory, string scope, Interrupts interrupts)
    {
        var arguments = new CloudArguments
        {
            Home = directory,
            Scope = scope,
            Sandbox = true,
            SecretsDirectory = Path.Combine(directory, ".paco-work", "keys"),
        };
        var session = Session.OpenForCloud(terminal, directory, scope, arguments.Warn);
        await using var choice = await CloudChoice.Open(session, arguments, interrupts.First);
        var (plan, _) = await PlanMaking.Make(session, choice, arguments, isDelete: false, interrupts.First);
        var screen = terminal.Screen;
        screen.Line($"$ {terminal.Command} provision {scope} --sandbox", TextStyle.Bold);
        return await ProvisionCommand.Apply(session, choice, plan, arguments, screen, interrupts);
    }

    private static void Next(Terminal terminal, string directory)
    {
        var (screen, paco) = (terminal.Screen, terminal.Command);
        screen.Line();
        screen.Line("Try next:", TextStyle.Bold);
        screen.Lines($"  export PACO_HOME={ShellWord.Of(directory)}");
        foreach (var (command, what) in new[]
        {
            ($"plan {Environment} --sandbox", "nothing to do; then change netenv/mynet.yaml and look again"),
            ("provision netenv.mynet.prod --sandbox", "another environment, in another account"),
            ("provision netenv.mynet.staging --sandbox --pace 0.02", "a third, watched at fifty times the speed of AWS"),
            ("sandbox serve", "the same cloud for the AWS CLI"),
            ($"delete {Environment} --sandbox", "refuses to lose the database without --allow-destroy"),
        })
        {
            screen.Line($"  # {what}", TextStyle.Dim);
            screen.Line($"  {paco} {command}");
        }
    }

    private static string Free(Terminal terminal, string name, bool isGiven)
    {
        for (var i = 1; ; i++)
        {
            var directory = terminal.FullPath(i == 1 ? name : $"{name}-{i}");
            if (!Directory.Exists(directory))
                return directory;
            if (isGiven)
                throw new CommandError($"{directory} exists already", "name a directory that does not");
        }
    }
}
