using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Paco.Cli.Tests.Commands;

/// <summary>What only a process of its own shows: the way in past the command line, and a server that is stopped from outside.</summary>
public sealed partial class ProcessTests
{
    [Fact]
    public async Task The_version_is_said_and_nothing_else()
    {
        using var project = new ProjectFolder();

        var ran = (await Programs.Run(PacoProgram.Command(project.Home, project.Variables, ["--version"]), "")).Succeeds();

        Assert.Matches(SaidVersion(), ran.Out);
        Assert.Equal("", ran.Error);
    }

    [AwsCliFact]
    public async Task The_sandbox_serves_the_AWS_CLI_until_it_is_interrupted()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var project = await Starter.WithGlobals();
        string[] line = ["--default-signal=INT", .. PacoProgram.Line, "sandbox", "serve", "--port", "0"];
        var start = new ProcessStartInfo("env", line) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.WorkingDirectory = project.Home;
        using var server = Process.Start(start)!;
        try
        {
            var address = Address().Match(await server.StandardOutput.ReadLineAsync() ?? await server.StandardError.ReadToEndAsync()).Value;
            await MakesAndDeletesAStack(address);
            await Programs.Run("kill", ["-INT", $"{server.Id}"]);
            await server.WaitForExitAsync();
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
        Assert.Equal(ExitCode.Success, server.ExitCode);
    }

    [Fact]
    public async Task A_program_that_was_copied_without_SQLite_says_what_is_missing()
    {
        using var project = await Starter.New();
        using var alone = new TemporaryFolder();
        foreach (var file in PacoProgram.Files)
            File.Copy(file, Path.Combine(alone.Path, Path.GetFileName(file)));
        Task<Ran> Copy(params string[] arguments)
        {
            var program = Path.Combine(alone.Path, Path.GetFileName(PacoProgram.Line[^1]));
            string[] line = [.. PacoProgram.Line.SkipLast(1), program, .. arguments];
            return Programs.Run(line[0], line.Skip(1), directory: project.Home);
        }

        var error = (await Copy("plan", "resource.route53", "--sandbox")).Fails().Error;

        Assert.Contains("\nerror: The sandbox needs SQLite", error, StringComparison.Ordinal);
        Assert.EndsWith($"not beside the program in {alone.Path}/. The build puts it there: copy both.\n", error, StringComparison.Ordinal);
        (await Copy("validate", "resource.route53")).Succeeds();
    }

    private static async Task MakesAndDeletesAStack(string address)
    {
        var master = AwsCli.Variables(address, "sandbox");
        var role = $"arn:aws:iam::{Starter.Accounts["prod"]}:role/any";
        var session = await AwsCli.Run(master, "sts", "assume-role", "--role-session-name", "me", "--role-arn", role);
        var prod = AwsCli.Variables(address, session["Credentials"]!["AccessKeyId"]!.ToString());
        var stacks = (await AwsCli.Run(prod, "cloudformation", "describe-stacks"))["Stacks"]!.AsArray();
        Assert.Contains(stacks, s => s!["StackName"]!.ToString() == "Resource-Route53-prod-app-HostedZone");

        const string Template = """
            {"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "own"}}},
             "Outputs": {"Arn": {"Value": {"Ref": "Topic"}}}}
            """;
        await AwsCli.Run(prod, "cloudformation", "create-stack", "--stack-name", "own", "--template-body", Template);
        var made = (await AwsCli.Run(prod, "cloudformation", "describe-stacks", "--stack-name", "own"))["Stacks"]![0]!;
        Assert.Equal($"arn:aws:sns:us-west-2:{Starter.Accounts["prod"]}:own", made["Outputs"]![0]!["OutputValue"]!.ToString());
        await AwsCli.Run(prod, "cloudformation", "delete-stack", "--stack-name", "own");
        stacks = (await AwsCli.Run(prod, "cloudformation", "describe-stacks"))["Stacks"]!.AsArray();
        Assert.DoesNotContain(stacks, s => s!["StackName"]!.ToString() == "own");
    }

    [GeneratedRegex(
        @"\Apaco \d+\.\d+\.\d+(-[0-9a-z.]+)? \((development build|[0-9a-f]{8}, \d{4}-\d\d-\d\d(, modified)?|commit unknown: .+)\)\n\z")]
    private static partial Regex SaidVersion();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
