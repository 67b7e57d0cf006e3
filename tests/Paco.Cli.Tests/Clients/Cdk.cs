namespace Paco.Cli.Tests.Clients;

/// <summary>The CDK's command line with the application beside this file, run at a sandbox that is served.</summary>
internal sealed class Cdk(Served sandbox)
{
    public static string Modules { get; } = Repository.Path("artifacts", "cdk", "node_modules");

    public static string Program { get; } = Path.Combine(Modules, "aws-cdk", "bin", "cdk");

    /// <summary>The application's templates and assets with a queue of so many seconds, as a folder commands can be given.</summary>
    public async Task<string> Synthesise(int seconds)
    {
        var app = Repository.Path("tests", "Paco.Cli.Tests", "Clients", "cdk", "app.js");
        var to = Path.Combine(sandbox.Folder, $"{seconds}");
        await Run($"node '{app}'", ["synth", "--quiet", "--output", to], ("SECONDS", $"{seconds}"));
        return to;
    }

    /// <summary>A command on an application; it has to succeed. What it wrote.</summary>
    public Task<string> Run(string app, params string[] arguments) => Run(app, arguments, ("NODE_NO_WARNINGS", "1"));

    private async Task<string> Run(string app, string[] arguments, (string Name, string Value) more)
    {
        var variables = AwsCli.Variables(sandbox.Address, "sandbox");
        (variables["AWS_DEFAULT_REGION"], variables["AWS_REGION"]) = ("us-east-1", "us-east-1");
        (variables["NODE_PATH"], variables[more.Name]) = (Modules, more.Value);
        // Nothing is asked of the internet, and nothing is written into anybody's home.
        (variables["CDK_DISABLE_CLI_TELEMETRY"], variables["HOME"], variables["CDK_HOME"]) = ("true", sandbox.Folder, sandbox.Folder);
        variables["AWS_EC2_METADATA_DISABLED"] = "true";
        var ran = await Programs.Run(Programs.Find("node")!,
            [Program, .. arguments, "--app", app, "--ci", "--no-notices", "--no-version-reporting"], variables, sandbox.Folder);
        Assert.True(ran.Exit == 0, $"cdk {string.Join(' ', arguments)}\n{ran.All}");
        return ran.All;
    }
}

/// <summary>A fact checked with the CDK, a client nobody here wrote; skipped where it, or the AWS CLI, is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CdkFactAttribute : FactAttribute
{
    public CdkFactAttribute() => Skip = Programs.Find("node") is null || !File.Exists(Cdk.Program)
        ? "the CDK is not installed (tests/Paco.Cli.Tests/Clients/cdk/install, which needs node and npm)"
        : new AwsCliFactAttribute().Skip;
}
