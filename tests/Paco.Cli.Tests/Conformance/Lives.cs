using Paco.Cli.Tests.Moto;
using Paco.Sandbox;

namespace Paco.Cli.Tests.Conformance;

/// <summary>Whole lives of projects, as a person's commands lead them, against a sandbox that is reached as AWS is.</summary>
internal static class Lives
{
    /// <summary>What passed between all of these and their sandboxes.</summary>
    public static async Task<IReadOnlyList<Exchange>> Record() => [.. await Starters(), .. await Small()];

    /// <summary>The starter, from no account to none of what it made.</summary>
    private static async Task<IEnumerable<Exchange>> Starters()
    {
        using var project = new ProjectFolder { Time = new HurriedTime(200) };
        project.At = project.Above;
        (await project.Run("init", "project", "myproj", "--defaults", "--set", "s3bucket_hash=abcd1234")).Succeeds();
        project.At = null;
        await using var cloud = LocalCloud.Open(new SandboxOptions { ManagementAccountId = Starter.Accounts["master"] });
        using var recorder = new Recorder(cloud.CreateHandler());
        await using var aws = await Listening.Start(recorder);
        aws.Serve(project);
        const string Environment = "netenv.mynet.dev";
        foreach (var scope in new[] { "accounts", "resource", Environment })
            (await project.Run("provision", scope, "--yes")).Succeeds();
        foreach (var command in new[] { "plan", "list", "outputs", "drift" })
            (await project.Run(command, Environment)).Succeeds();
        project.Edit("netenv/mynet.yaml", "title: \"Database\"", "title: \"The database\"");
        (await project.Run("plan", "--json")).Ends(ExitCode.Changes);
        (await project.Run("delete", Environment, "--yes", "--allow-destroy", Environment)).Succeeds();
        (await project.Run("delete", "resource", "--yes", "--allow-destroy", "resource")).Succeeds();
        return recorder.Exchanges;
    }

    /// <summary>A project in two accounts, one of whose stacks changes.</summary>
    private static async Task<IEnumerable<Exchange>> Small()
    {
        LocalCloud? cloud = null;
        using var later = new Later(() => cloud!.CreateHandler());
        using var recorder = new Recorder(later);
        await using var aws = await Listening.Start(recorder);
        using var project = new MotoProject(aws.Address);
        await using var opened = cloud = LocalCloud.Open(new SandboxOptions { ManagementAccountId = project.Ids["master"] });
        await project.ProvisionEverything();
        project.Edit("netenv/shop.yaml", "cidr_ip: 198.51.100.0/24", "cidr_ip: 203.0.113.0/24");
        await project.Succeed("provision", MotoProject.Environment, "--yes");
        await project.Succeed("delete", MotoProject.Environment, "--yes", "--allow-destroy", MotoProject.Environment);
        return recorder.Exchanges;
    }

    /// <summary>A cloud that is opened after the address it answers at is known.</summary>
    private sealed class Later(Func<HttpMessageHandler> open) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            InnerHandler ??= open();
            return base.SendAsync(request, cancellationToken);
        }
    }
}
