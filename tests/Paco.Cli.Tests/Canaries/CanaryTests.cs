using System.Text.RegularExpressions;
using Paco.Cli.Tests.Commands;
using Paco.Cli.Tests.Conformance;
using Paco.Cli.Tests.Moto;
using Paco.Sandbox;
using Shape = Paco.Binding.Shape;

namespace Paco.Cli.Tests.Canaries;

/// <summary>
/// No secret is in anything the program writes. Canaries stand in every field and in every call that may hold one. Where the design wants a
/// secret it may be: the project's own files, files the user asked for (<c>--secrets-dir</c>), the sandbox's database.
/// </summary>
public sealed partial class CanaryTests
{
    private const string Environment = "netenv.mynet.dev";

    private const string Token = $"{Environment}.us-west-2.secrets_manager.app.site.token";
    private const string SetValue = """{"password": "canary of a secret ü"}""";

    private static readonly string[] Commands =
    [
        "validate", "validate --format json", "validate --format sarif", "synth --out synth", "provision resource --yes --secrets-dir keys",
        $"plan {Environment} --out kept.plan", $"plan {Environment} -v", $"plan {Environment} --json",
        $"plan {Environment} --format markdown", "provision kept.plan --yes",
        $"secret set {Token}", $"plan {Environment} -v", $"list {Environment} -v", "list --json", $"outputs {Environment}",
        $"outputs {Environment} --json", $"drift {Environment} -v", $"drift {Environment} --json", $"recover {Environment}",
        "schema --out schemas",
    ];

    private static readonly string[] Changes =
    [
        $"plan {Environment} -v", $"plan {Environment} --format markdown", $"provision {Environment} --yes --json",
        $"delete {Environment} --yes --json --allow-destroy {Environment}",
    ];

    private static readonly string[] Database =
        [".paco-work/sandbox.db", ".paco-work/sandbox.db-wal", ".paco-work/sandbox.db-shm"];

    /// <summary>Fields that are called like a secret and hold none, with the reason: nothing so far.</summary>
    private static readonly Dictionary<string, string> Harmless = [];

    /// <summary>How a secret may be written where it belongs, rightly and wrongly.</summary>
    private static readonly string[] Ways =
    [
        "canary-1", "\"canary-1\"", "[canary-1]", "{a: canary-1}", "!wrong canary-1", "\"canary-1", "|\n  canary-1", "canary-1: x",
        "*canary-1", "@canary-1", "\n- canary-1", "\na: canary-1", "canary-1 # and\n x",
    ];

    [Fact]
    public void What_is_called_like_a_secret_is_read_as_one()
    {
        var open = SecretFields.All.Where(f => f.Shape is Shape.Text { IsSecret: false } && Called().IsMatch(f.Path[^1]))
            .Where(f => !Harmless.ContainsKey(f.Path[^1]))
            .Select(f => $"{f.Type}: {string.Join('.', f.Path)}").ToList();

        Assert.True(open.Count == 0, $"read these with Fields.Secret, or say in Harmless why they hold none: {string.Join(", ", open)}");
    }

    [Fact]
    public async Task However_a_secret_field_is_written_no_diagnostic_shows_it()
    {
        using var project = await Starter.New();
        var (netenv, found) = (project.Read(Starter.Netenv), new List<string>());
        foreach (var (type, path, _) in SecretFields.All.Where(f => f.Shape is Shape.Text { IsSecret: true }))
        {
            foreach (var (way, keys) in Ways.SelectMany(way => Spellings(path), (way, keys) => (way, keys)))
            {
                Plant(project, netenv, type, keys, way);
                foreach (var format in new[] { "human", "json", "sarif" })
                {
                    var ran = await project.Run("validate", Environment, "--format", format);
                    if (ran.All.Contains("canary-1", StringComparison.Ordinal))
                        found.Add($"{type} {string.Join('.', keys)}: {way.ReplaceLineEndings("⏎")} ({format})\n{Around(ran.All)}");
                }
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task A_whole_life_of_a_project_leaves_no_secret_anywhere()
    {
        var hunt = new Hunt();
        using var project = await Starter.New();
        project.Edit(Starter.Netenv, "secrets_password: paco.ref netenv.mynet.secrets_manager.app.site.database",
            $"master_user_password: {hunt.Plant("canary-Master-Password", "master_user_password")}");
        project.Edit(Starter.Netenv, "\nsecrets_manager:\n  app:\n    site:\n",
            "\nsecrets_manager:\n  app:\n    site:\n      token:\n        enabled: true\n");
        project.EditEnvironment("dev", "      secrets_manager:\n        app:\n          site:\n",
            "      secrets_manager:\n        app:\n          site:\n            token:\n              enabled: true\n");
        project.Time = new HurriedTime(200);
        await using var cloud = LocalCloud.Open(new SandboxOptions { ManagementAccountId = Starter.Accounts["master"] });
        using var recorder = new Recorder(cloud.CreateHandler());
        await using var aws = await Listening.Start(recorder);
        aws.Serve(project);
        project.Variables["AWS_SECRET_ACCESS_KEY"] = hunt.Plant("canary/Secret+Access=Key", "AWS_SECRET_ACCESS_KEY");
        project.Variables["AWS_SESSION_TOKEN"] = hunt.Plant("canary/Session+Token==", "AWS_SESSION_TOKEN");

        foreach (var line in Commands)
        {
            var typed = line.StartsWith("secret", StringComparison.Ordinal) ? $"{SetValue}\n" : "";
            hunt.Heard(line, await project.RunWith(typed, line.Split(' ')));
        }
        hunt.Plant(SetValue, "the value of secret set");
        project.Edit(Starter.Netenv, "canary-Master-Password", hunt.Plant("canary-Other-Password", "master_user_password"));
        foreach (var line in Changes)
            hunt.Heard(line, await project.Run(line.Split(' ')));
        hunt.Heard("sandbox serve", await Served(project));
        hunt.Listen(recorder.Exchanges);
        hunt.Read(project.Home, [Starter.Netenv, "keys/", .. Database]);

        Assert.InRange(hunt.Count, 10, int.MaxValue);
        Assert.Empty(hunt.Found());
        Assert.Contains(recorder.Exchanges, e => e.Text.Contains("canary-Other-Password", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sts", "AssumeRole", "plan netenv.mynet.dev")]
    [InlineData("ec2", "CreateKeyPair", "provision resource.ec2.keypairs --yes --secrets-dir keys")]
    [InlineData("cloudformation", "CreateStack", "provision netenv.mynet.dev --yes")]
    [InlineData("cloudformation", "CreateChangeSet", "provision netenv.mynet.dev --yes")]
    [InlineData("cloudformation", "DescribeStacks", "plan netenv.mynet.dev --json")]
    [InlineData("secretsmanager", "PutSecretValue", "secret set netenv.mynet.dev.us-west-2.secrets_manager.app.site.database")]
    [InlineData("secretsmanager", "DescribeSecret", "secret set netenv.mynet.dev.us-west-2.secrets_manager.app.site.database")]
    public async Task An_answer_that_is_broken_or_repeats_the_request_is_shown_without_its_secrets(string service, string operation,
        string line)
    {
        var hunt = new Hunt();
        foreach (var how in Enum.GetValues<Distortion>())
        {
            using var project = await Starter.WithGlobals();
            project.Edit(Starter.Netenv, "secrets_password: paco.ref netenv.mynet.secrets_manager.app.site.database",
                $"master_user_password: {hunt.Plant("canary-Master-Password", "master_user_password")}");
            project.Time = new HurriedTime(200);
            if (operation is "PutSecretValue")
                await project.Provision("netenv.mynet.dev.us-west-2.secrets_manager");
            await using var sandbox = new Sandbox(project.Home);
            using var distorting = new Distorting(sandbox.Local.CreateHandler(), service, operation, how);
            using var recorder = new Recorder(distorting);
            await using var aws = await Listening.Start(recorder);
            aws.Serve(project);
            project.Variables["AWS_SECRET_ACCESS_KEY"] = hunt.Plant("canary/Secret+Access=Key", "AWS_SECRET_ACCESS_KEY");
            project.Variables["AWS_SESSION_TOKEN"] = hunt.Plant("canary/Session+Token==", "AWS_SESSION_TOKEN");

            hunt.Plant("canary of a secret ü", "a part of the value of secret set");
            hunt.Heard($"{line} ({how})", await project.RunWith(hunt.Plant(SetValue, "the value of secret set"), line.Split(' ')));

            hunt.Listen(recorder.Exchanges);
            hunt.Listen(distorting.Whole);
            hunt.Read(project.Home, [Starter.Netenv, "keys/", .. Database]);
        }

        Assert.Empty(hunt.Found());
    }

    [Theory]
    [InlineData("GetSessionToken")]
    [InlineData("AssumeRole")]
    public async Task Signing_in_that_goes_wrong_shows_neither_code_nor_key(string operation)
    {
        var hunt = new Hunt();
        string[] codes = ["314159", "271828", "161803"];
        foreach (var how in Enum.GetValues<Distortion>())
        {
            using var project = await SigningInTests.WithCredentials();
            hunt.Plant(SigningInTests.Secret, "the key of .credentials.yaml");
            await using var sandbox = new Sandbox(project.Home);
            using var distorting = new Distorting(sandbox.Local.CreateHandler(), "sts", operation, how);
            using var recorder = new Recorder(distorting);
            await using var aws = await Listening.Start(recorder);
            project.Variables["AWS_ENDPOINT_URL"] = aws.Address;
            foreach (var code in codes)
                hunt.Plant(code, "a code of an MFA device");

            hunt.Heard($"plan ({how})", await SigningInTests.Typed(project, string.Join('\n', codes) + "\n", "plan", Environment));

            hunt.Listen(recorder.Exchanges);
            hunt.Listen(distorting.Whole);
            hunt.Read(project.Home, [".credentials.yaml", .. Database]);
        }

        Assert.Empty(hunt.Found());
    }

    [Fact]
    public async Task A_crash_reports_no_secret()
    {
        var hunt = new Hunt();
        using var project = await Starter.WithGlobals();
        project.Edit(Starter.Netenv, "secrets_password: paco.ref netenv.mynet.secrets_manager.app.site.database",
            $"master_user_password: {hunt.Plant("canary-Master-Password", "master_user_password")}");
        project.Variables["AWS_SECRET_ACCESS_KEY"] = hunt.Plant("canary/Secret+Access=Key", "AWS_SECRET_ACCESS_KEY");
        project.Time = new BrokenTime();

        var crashed = (await project.Run("plan", Environment, "--sandbox")).Ends(ExitCode.Internal);
        var report = crashed.Error.Split("with the details in ")[1].Trim();

        hunt.Heard("plan", crashed with { Out = crashed.Out + await File.ReadAllTextAsync(report) });
        File.Delete(report);
        Assert.Empty(hunt.Found());
    }

    [Fact]
    public void A_canary_that_sings_is_heard()
    {
        var hunt = new Hunt();
        hunt.Plant("canary/1+=", "a key");
        hunt.Heard("plan", new Ran(0, "nothing", "x canary%2F1%2B%3D y"));

        Assert.Equal(["a key stands in what \"paco plan\" wrote"], hunt.Found());
    }

    private static async Task<Ran> Served(ProjectFolder project)
    {
        using var interrupts = new Interrupts();
        interrupts.Drawing = () => { };
        interrupts.Interrupt();
        return await project.Run(interrupts, "sandbox", "serve", "--port", "0");
    }

    /// <summary>A clock that has a bug.</summary>
    private sealed class BrokenTime : TimeProvider
    {
        public override long GetTimestamp() => throw new InvalidOperationException("it does not run");
    }

    /// <summary>The name as it is, and as somebody mistypes it.</summary>
    private static IEnumerable<string[]> Spellings(string[] path) =>
        [path, [.. path[..^1], path[^1].Replace("ss", "s", StringComparison.Ordinal) + "s"], [.. path[..^1], path[^1].ToUpperInvariant()]];

    private static void Plant(ProjectFolder project, string netenv, string type, string[] path, string way)
    {
        if (Reference.Files.Any(f => f.Name == type))
        {
            project.Write(type.Contains('/', StringComparison.Ordinal) ? $"{type}.yaml" : "project.yaml", SecretFields.Yaml(path, way, 0));
            return;
        }
        const string Resources = "        resources:\n";
        var at = netenv.IndexOf(Resources, StringComparison.Ordinal) + Resources.Length;
        var planted = $"          planted:\n            type: {type}\n            enabled: true\n{SecretFields.Yaml(path, way, 12)}";
        project.Write(Starter.Netenv, netenv[..at] + planted + netenv[at..]);
    }

    private static string Around(string text) => text[Math.Max(0, text.IndexOf("canary-1", StringComparison.Ordinal) - 200)..]
        is var rest ? rest[..Math.Min(400, rest.Length)] : "";

    [GeneratedRegex("pass(word|phrase)|secret(?!s?_)|token|private_?key|access_key|api_?key|credential")]
    private static partial Regex Called();
}
