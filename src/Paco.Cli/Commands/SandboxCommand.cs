using System.Collections.Immutable;
using Paco.Aws;
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
        var master = Toolkit.Compile(found.Path, new Stacks.Scope("accounts")).Project?.Master?.AccountId;
        await using var cloud = CloudChoice.OpenLocal(file, master);
        var accounts = await Accounts(cloud, interrupts.First);
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
            screen.Line($"The sandbox answers at {server.Address.AbsoluteUri.TrimEnd('/')} (Ctrl-C ends it)");
            screen.Line();
            screen.Line(
                $"  export AWS_ENDPOINT_URL={server.Address.AbsoluteUri.TrimEnd('/')} AWS_ACCESS_KEY_ID=sandbox AWS_SECRET_ACCESS_KEY=sandbox AWS_DEFAULT_REGION=us-west-2");
            screen.Line("  aws organizations list-accounts");
            foreach (var account in accounts)
                screen.Line($"  account {account.Name,-12} {account.Id}");
            if (accounts.Length > 0)
            {
                screen.Line("What is in an account is seen with keys of that account (ID):");
                screen.Line("  aws sts assume-role --role-session-name me --role-arn arn:aws:iam::ID:role/any");
            }
            screen.Flush();
            await Task.Delay(Timeout.Infinite, interrupts.First).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        return ExitCode.Success;
    }

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
        return await organizations.OrganizationExists(cancel) ? await organizations.ListAccounts(cancel) : [];
    }
}
