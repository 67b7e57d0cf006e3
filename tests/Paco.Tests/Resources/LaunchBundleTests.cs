using System.Collections.Immutable;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using Paco.CloudFormation;
using Paco.Resources.LaunchBundles;

namespace Paco.Tests.Resources;

public sealed class LaunchBundleTests
{
    private static readonly LaunchSettings Bare = new()
    {
        System = InstanceSystem.Of("amazon")!,
        Bucket = "ne-mynet-prod-app-app-site-web-lb-ec2lm-usw2",
        Region = "us-west-2",
        StackName = "NE-mynet-prod-App-app-site-web-ASG",
        NetworkEnvironment = "mynet",
        Environment = "prod",
        EnvironmentRef = "netenv.mynet.prod.us-west-2",
    };

    private static readonly LaunchSettings Full = Bare with
    {
        SsmAgent = true,
        CodeDeployAgent = true,
        UpdatePackages = true,
        Eip = true,
        WaitOnSignals = true,
        HealthySeconds = 60,
        ReadsSecrets = true,
        EfsMounts = [new("efs-id-1", "/mnt/it's shared"), new("efs-id-2", "/mnt/two")],
        EbsMounts = [new("ebs-volume-id-1", "/dev/xvdf", "/mnt/data", "xfs")],
        AgentConfiguration = """{"agent":{}}""",
        ConfigSets = ["Install", "Start"],
        SshKeys = ["ssh-ed25519 AAAA ann"],
        EcsLogLevel = "error",
        PreScript = "echo first",
        UserScript = "#!/bin/bash\necho last\n",
    };

    [Theory]
    [InlineData("ne-mynet-prod-app-app-site-web-lb-ec2lm-usw2", "", "mynet", "prod", "app", "site", "web")]
    [InlineData("ne-mynet-prod-app-app-bastion-instance-lb-ec2lm-usw2", "", "mynet", "prod", "app", "bastion", "instance")]
    [InlineData("ne-mynet-prod-app-my-app-site-web-lb-0a1b2c-ec2lm-usw2", "0a1b2c", "mynet", "prod", "My_App", "site", "web")]
    [InlineData("ab2fe7e2-n-app-storefront-application-servers-web-lb-ec2lm-usw2", "", "mynet", "production", "storefront",
        "application_servers", "web")]
    public void A_bucket_is_named_after_its_group_and_hashed_when_too_long(string bucket, string hash, params string[] names) =>
        Assert.Equal(bucket, BundleBucket.NameOf(names, hash, "us-west-2"));

    [Fact]
    public void There_are_ten_bundles_in_the_order_they_run() =>
        Assert.Equal(LaunchBundle.Order, LaunchBundleSet.For(Bare).Bundles.Select(b => b.Name));

    [Fact]
    public void The_cache_id_holds_a_hash_of_every_bundle_and_of_the_library() =>
        Assert.Equal(11 * 32, LaunchBundleSet.For(Bare).CacheId.Length);

    [Fact]
    public void An_archive_is_the_same_bytes_each_time_and_holds_the_folder()
    {
        var bundle = LaunchBundleSet.For(Full).Bundles.Single(b => b.Name == "CloudWatchAgent");
        Assert.Equal(bundle.ToArchive(), bundle.ToArchive());
        using var tar = new TarReader(new GZipStream(new MemoryStream(bundle.ToArchive()), CompressionMode.Decompress));
        var entries = new List<(string, string, DateTimeOffset)>();
        while (tar.GetNextEntry() is { } entry)
            entries.Add((entry.Name, ((UstarTarEntry)entry).UserName, entry.ModificationTime));
        Assert.Equal(
        [
            ("CloudWatchAgent/", "root", DateTimeOffset.UnixEpoch),
            ("CloudWatchAgent/amazon-cloudwatch-agent.json", "root", DateTimeOffset.UnixEpoch),
            ("CloudWatchAgent/launch.sh", "root", DateTimeOffset.UnixEpoch),
        ], entries);
    }

    [Fact]
    public void User_data_changes_with_bundles_monitoring_and_cfn_init_and_with_nothing_else()
    {
        var before = Script(Full);
        Assert.Equal(before, Script(Full with { Metadata = [] }));
        Assert.NotEqual(before, Script(Full with { AgentConfiguration = null }));
        Assert.NotEqual(before, Script(Full with { EbsMounts = [] }));
        Assert.NotEqual(before, Script(Full with { Metadata = [new MapValue { ["a"] = Fn.Sub("${B}") }] }));
        Assert.NotEqual(Script(Full with { Metadata = [new MapValue { ["a"] = Fn.Ref("B") }] }),
            Script(Full with { Metadata = [new MapValue { ["a"] = "B" }] }));
    }

    [Fact]
    public void User_data_is_small_and_runs_the_users_script_last()
    {
        var script = Script(Full);
        Assert.InRange(UserData.Bytes(script), 1, UserData.MaxBytes / 3);
        Assert.EndsWith("ec2lm_launch_bundles on_launch nosync\necho last\n", script);
        Assert.Equal(0, script.LastIndexOf("#!/bin/bash", StringComparison.Ordinal));
    }

    [Fact]
    public void Cfn_init_reads_the_launch_template_and_signals_the_group_with_its_own_exit_code()
    {
        var script = Text(Full, "cfn-init");
        Assert.Contains("--resource LaunchTemplate --region \"$REGION\" --configsets \"$config_sets\" || code=$?", script);
        Assert.Contains("\"$tools/cfn-signal\" -e \"$code\" --stack \"$EC2LM_STACK_NAME\" --resource ASG", script);
        Assert.Contains("readonly config_sets='Install,Start'", script);
        Assert.DoesNotContain("cfn-signal", Text(Full with { WaitOnSignals = false }, "cfn-init"));
    }

    [Theory]
    [InlineData("amazon")]
    [InlineData("ubuntu_24")]
    [InlineData("suse")]
    public void Scripts_pass_shellcheck(string system)
    {
        if (!OnPath("shellcheck"))
            return;
        foreach (var settings in new[] { Bare, Full })
        {
            using var folder = new TemporaryFolder();
            var of = settings with { System = InstanceSystem.Of(system)! };
            var bundles = LaunchBundleSet.For(of);
            folder.Write("library.bash", bundles.Library);
            folder.Write("userdata.bash", UserData.Of(of, bundles));
            foreach (var bundle in bundles.Bundles)
                folder.Write($"{bundle.Name}.bash", bundle.Files[^1].Text);
            Assert.Equal("",
                Run("shellcheck",
                    [
                        "--norc",
                        "--format=gcc",
                        "--shell=bash",
                        .. Directory.EnumerateFiles(folder.Path, "*.bash", SearchOption.TopDirectoryOnly),
                    ]));
        }
    }

    [Theory]
    [InlineData("a/b&c|d\\e", "user:PATTERN", "user:a/b&c|d\\e")]
    public void Secrets_are_put_into_files_as_they_are(string secret, string line, string expected)
    {
        if (!OnPath("bash"))
            return;
        using var folder = new TemporaryFolder();
        folder.Write("file", line + "\n");
        folder.Write("library", LaunchBundleSet.For(Full).Library);
        folder.Write("secret", secret);
        // The metadata service is not there: what asks it is replaced before the library is read.
        var said = Run("bash", ["-c", """
            curl() { echo x; }; export -f curl
            . ./library
            ec2lm_get_secret() { cat ./secret; }
            ec2lm_replace_secret_in_file id PATTERN file && cat file
            """], folder.Path);
        Assert.Equal(expected, said.Trim());
    }

    private static string Script(LaunchSettings settings) => UserData.Of(settings, LaunchBundleSet.For(settings));

    private static string Text(LaunchSettings settings, string bundle) =>
        LaunchBundleSet.For(settings).Bundles.Single(b => b.Name == bundle).Files[^1].Text;

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string Run(string program, ImmutableArray<string> arguments, string? folder = null)
    {
        using var process = Process.Start(new ProcessStartInfo(program,
            arguments) { RedirectStandardOutput = true, WorkingDirectory = folder ?? "" })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return said;
    }
}
