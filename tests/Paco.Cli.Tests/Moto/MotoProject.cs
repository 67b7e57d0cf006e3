using System.Text.Json.Nodes;
using Paco.Aws;
using Paco.Clouds;

namespace Paco.Cli.Tests.Moto;

/// <summary>How a command ended and what it wrote.</summary>
internal sealed record Ran(int ExitCode, string Out, string Error)
{
    public JsonNode Plan => JsonNode.Parse(Out)!;

    /// <summary>The titles of the nodes a plan of <c>--json</c> would touch.</summary>
    public string[] Touched =>
        [
            .. Plan["nodes"]!.AsArray().Where(n => (string)n!["action"]! is not ("none" or "absent")).Select(n => (string)n!["title"]!)
                .Order(StringComparer.Ordinal),
        ];
}

/// <summary>A copy of tests/projects/moto with accounts nobody else uses, and the command line in it.</summary>
internal sealed class MotoProject : IDisposable
{
    public const string Environment = "netenv.shop.dev";

    public static readonly Place Dev = new("dev", "us-west-2");
    public static readonly Place Prod = new("prod", "us-west-2");
    public static readonly Place Master = new("master", "us-west-2");

    private static int _accounts;

    private readonly string _home = Directory.CreateTempSubdirectory("paco-moto-").FullName;
    private readonly string _address;

    /// <summary>How many times faster waits pass; less where the patience of a run must not be used up by a busy machine.</summary>
    public int Hurry { get; init; } = 200;

    public MotoProject(string address)
    {
        _address = address;
        Ids = new[] { "master", "dev", "prod" }.ToDictionary(name => name,
            _ => $"{Interlocked.Increment(ref _accounts) + 300_000_000_000}");
        var from = Path.Combine(Repository(), "tests", "projects", "moto");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(_home, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
        foreach (var (name, written) in new[] { ("master", "111111111111"), ("dev", "222222222222"), ("prod", "444444444444") })
            Edit($"accounts/{name}.yaml", written, Ids[name]);
    }

    /// <summary>The accounts' ids by name.</summary>
    public Dictionary<string, string> Ids { get; }

    /// <summary>Runs one command line as a person would, with waits that pass quickly.</summary>
    public async Task<Ran> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var interrupts = new Interrupts();
        var terminal = new Terminal
        {
            In = TextReader.Null,
            Out = TextWriter.Synchronized(output),
            Error = TextWriter.Synchronized(error),
            Width = 160,
            Environment = Variable,
            Directory = _home,
            Time = new HurriedTime(Hurry),
        };
        var exitCode = await Cli.CommandRunner.Command(arguments, terminal, interrupts);
        Schemas.Hold(arguments, output.ToString(), _home);
        return new Ran(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command that has to succeed.</summary>
    public async Task<string> Succeed(params string[] arguments)
    {
        var ran = await Run(arguments);
        Assert.True(ran.ExitCode == ExitCode.Success, $"{string.Join(' ', arguments)} ended with {ran.ExitCode}:\n{ran.Out}{ran.Error}");
        return ran.Out;
    }

    /// <summary>Replaces what stands in a file exactly once.</summary>
    public void Edit(string file, string old, string @new)
    {
        var path = Path.Combine(_home, file);
        var text = File.ReadAllText(path);
        Assert.Equal(2, text.Split(old).Length);
        File.WriteAllText(path, text.Replace(old, @new, StringComparison.Ordinal));
    }

    public string Read(string file) => File.ReadAllText(Path.Combine(_home, file));

    /// <summary>Makes the zone and writes its id into the project, then makes the environment.</summary>
    public async Task ProvisionEverything()
    {
        await Succeed("provision", "resource.route53", "--yes");
        using var cloud = Cloud();
        Edit("resource/route53.yaml", "Z00000000000000000000", await Zone(cloud));
        await Succeed("provision", Environment, "--yes");
    }

    /// <summary>The id of the zone that was made.</summary>
    public static async Task<string> Zone(AwsCloud cloud) =>
        (await cloud.CloudFormation(Prod).DescribeStackResources("Resource-Route53-prod-site-HostedZone", CancellationToken.None))
            .Single(r => r.LogicalResourceId == "HostedZone").PhysicalResourceId;

    /// <summary>The accounts as our own client sees them.</summary>
    public AwsCloud Cloud() => AwsCloud.Create(new AwsOptions
    {
        Accounts = [.. Ids.Select(i => new AwsAccount(i.Key, i.Value, ["reader"]))],
        ManagementAccount = "master",
        Region = Dev.Region,
        Environment = Variable,
        SessionName = "paco-test",
    });

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private string? Variable(string name) => name switch
    {
        "AWS_ENDPOINT_URL" => _address,
        "AWS_ACCESS_KEY_ID" => "AKIDTEST",
        "AWS_SECRET_ACCESS_KEY" => "test",
        "AWS_EC2_METADATA_DISABLED" => "true",
        _ => null,
    };

    private static string Repository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Paco.slnx")))
            directory = directory.Parent;
        return directory.FullName;
    }
}
