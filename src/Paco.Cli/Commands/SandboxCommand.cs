using System.Collections.Immutable;
using Paco.Aws;
using Paco.Cli.Views;
using Paco.Clouds;
using Paco.Sandbox;

namespace Paco.Cli.Commands;

/// <summary><c>paco sandbox serve</c>: the project's sandbox on a loopback port, for the AWS CLI and SDKs.</summary>
internal static class SandboxCommand
{
    public static async Task<int> Serve(Terminal terminal, string? home, int port, Interrupts interrupts)
    {
        if (port is < 0 or > ushort.MaxValue)
            throw new CommandError($"--port takes a number from 0 to {ushort.MaxValue}, got {port}");
        var found = ProjectHome.Find(terminal, home);
        var file = CloudChoice.SandboxFile(found.Path);
        var project = Toolkit.Compile(found.Path, new Stacks.Scope("accounts")).Project;
        var master = project?.Master?.AccountId ?? new SandboxOptions().ManagementAccountId;
        await using var cloud = CloudChoice.OpenLocal(file, master);
        var accounts = (await Accounts(cloud, interrupts.First)).RemoveAll(a => a.Id == master);
        SandboxServer server;
        try
        {
            server = await SandboxServer.Start(cloud, port, interrupts.First);
        }
        catch (IOException e)
        {
            throw new CommandError($"port {port} cannot be opened: {e.Message}", "choose another with --port, or 0 for any free one");
        }
        await using (server)
        {
            var screen = terminal.Screen;
            Show(terminal, screen, server.Address.AbsoluteUri.TrimEnd('/'), project?.Region ?? "us-east-1", accounts);
            screen.Flush();
            await Task.Delay(Timeout.Infinite, interrupts.First).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        return ExitCode.Success;
    }

    // Every command is to be copied: to a window of its own, from top to bottom, by any shell, and so never broken.
    private static void Show(Terminal terminal, Screen screen, string address, string region, ImmutableArray<OrganizationAccount> accounts)
    {
        screen.Line($"The sandbox answers at {address} (Ctrl-C ends it). Elsewhere:");
        screen.Line();
        screen.Lines($"  export AWS_ENDPOINT_URL={address}");
        screen.Lines("  export AWS_ACCESS_KEY_ID=sandbox AWS_SECRET_ACCESS_KEY=sandbox");
        screen.Lines($"  export AWS_DEFAULT_REGION={region}");
        if (accounts is not [var account, ..])
        {
            screen.Lines("  aws sts get-caller-identity");
            screen.Line($"It has no organization yet: {terminal.Command} provision accounts --sandbox makes one.");
            return;
        }
        screen.Lines("  aws organizations list-accounts");
        screen.Line($"Its accounts are {string.Join(", ", accounts.Select(a => $"{a.Name} {a.Id}"))}.");
        screen.Line($"What is in an account is seen with keys of that account, for example of {account.Name}:");
        screen.Lines(
            $"  export $(aws sts assume-role --role-session-name me --role-arn arn:aws:iam::{account.Id}:role/any --output text --query {KeysAsVariables})");
        screen.Lines("  aws cloudformation list-stacks");
    }

    // A line each: fish takes nothing else apart.
    private const string KeysAsVariables =
        "\"Credentials.[[join('=',['AWS_ACCESS_KEY_ID',AccessKeyId])],[join('=',['AWS_SECRET_ACCESS_KEY',SecretAccessKey])],[join('=',['AWS_SESSION_TOKEN',SessionToken])]]\"";

    private static async Task<ImmutableArray<OrganizationAccount>> Accounts(LocalCloud cloud, CancellationToken cancel)
    {
        using var handler = cloud.CreateHandler();
        using var aws = AwsCloud.Create(new AwsOptions
        {
            Accounts = [new AwsAccount("master", null, [])],
            ManagementAccount = "master",
            Region = "us-east-1",
            Environment = _ => null,
            Handler = handler,
            Keys = new AwsKeys("sandbox", new Diagnostics.Secret("sandbox")),
        });
        var organizations = aws.Organizations(new Place("master", "us-east-1"));
        return await organizations.DescribeOrganization(cancel) is null ? [] : await organizations.ListAccounts(cancel);
    }
}
