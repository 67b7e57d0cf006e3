using Paco.Cli.Views;
using Paco.Sandbox;

namespace Paco.Cli.Commands;

/// <summary><c>paco sandbox serve</c>: the project's sandbox on a loopback port, for the AWS CLI and SDKs.</summary>
internal static class SandboxCommand
{
    public static async Task<int> Serve(Terminal terminal, string? home, int port, Interrupts interrupts)
    {
        var found = ProjectHome.Find(terminal, home);
        var file = CloudChoice.SandboxFile(found.Path);
        var master = Toolkit.Compile(found.Path, new Stacks.Scope("accounts")).Project?.Master?.AccountId;
        await using var cloud = CloudChoice.OpenLocal(file, master);
        SandboxServer server;
        try
        {
            server = await SandboxServer.Start(cloud, port, interrupts.First).ConfigureAwait(false);
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
            screen.Line($"  export AWS_ENDPOINT_URL={server.Address.AbsoluteUri.TrimEnd('/')} AWS_ACCESS_KEY_ID=sandbox AWS_SECRET_ACCESS_KEY=sandbox");
            screen.Line("  aws cloudformation describe-stacks --region us-west-2");
            screen.Flush();
            await Task.Delay(Timeout.Infinite, interrupts.First).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }
        return ExitCode.Success;
    }
}
