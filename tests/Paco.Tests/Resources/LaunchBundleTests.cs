using System.Collections.Immutable;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Paco.CloudFormation;
using Paco.Resources.LaunchBundles;
using Paco.Tests.Pages;

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
        Assert.InRange(UserData.Bytes(script), 1, UserData.MaxBytes * 2 / 5);
        Assert.EndsWith("ec2lm_launch_bundles on_launch nosync\necho last\n", script);
        Assert.Equal(0, script.LastIndexOf("#!/bin/bash", StringComparison.Ordinal));
    }

    [Fact]
    public void User_data_that_EC2_would_refuse_is_a_mistake()
    {
        const string Resources = """
            web:
              type: ASG
              enabled: true
              instance_type: t3.small
              instance_ami: ami-0123456789abcdef0
              segment: private
              user_data_script: 
            """;
        var section = new PageSection("",
        [
            new PageBlock("yaml resources", Resources + new string('x', 13_000), ""),
            new PageBlock("offers", "Segment network.vpc.segments.private: subnet_id_list", ""),
        ]);
        using var folder = new TemporaryFolder();
        PageProject.Write(folder, section);
        var mistake = Assert.Single(StandIns.Compile(folder.Path, section).Diagnostics);
        Assert.Matches("^the user data would have [0-9]{2},[0-9]{3} bytes; EC2 allows 16,384$", mistake.Message);
        Assert.Equal("move the script to a file of cfn_init and run it as a command", mistake.Hint);
    }

    [Theory]
    [InlineData("Write-Host ($a < 3)", "Write-Host ($a < 3)\n    }\n}\n", "</powershell>\n")]
    [InlineData("<powershell>Write-Host 1</powershell>\n<persist>true</persist>", "Write-Host 1\n    }\n}\n",
        "</powershell>\n<persist>true</persist>")]
    [InlineData("<script>echo 1</script>", "<script>echo 1</script>\n<powershell>\n", "</powershell>\n")]
    [InlineData("version: 1.1\ntasks: []\n", "version: 1.1\ntasks: []\n", "tasks: []\n")]
    public void A_script_of_Windows_keeps_what_it_is(string script, string holds, string ends)
    {
        var userData = WindowsUserData.Of(Bare with { UserScript = script });
        Assert.Contains(holds, userData, StringComparison.Ordinal);
        Assert.EndsWith(ends, userData, StringComparison.Ordinal);
    }

    [Fact]
    public void Cfn_init_reads_the_launch_template()
    {
        var script = Text(Full, "cfn-init");
        Assert.Contains("--resource LaunchTemplate --region \"$REGION\" --configsets \"$config_sets\" || code=$?", script);
        Assert.Contains("readonly config_sets='Install,Start'", script);
    }

    [Theory]
    [InlineData(true, "echo last", true)]
    [InlineData(true, "ec2lm_signal_asg_resource SUCCESS", false)]
    [InlineData(true, "/opt/aws/bin/cfn-signal -e 0", false)]
    [InlineData(false, "echo last", false)]
    public void Success_is_signalled_at_the_end_unless_the_users_script_does_it(bool waits, string script, bool signals) =>
        Assert.Equal(signals, Script(Full with { WaitOnSignals = waits, UserScript = script })
            .Contains("        ec2lm_signal_asg_resource SUCCESS || true\n", StringComparison.Ordinal));

    [Fact]
    public void The_user_data_holds_the_digest_that_vouches_for_every_object()
    {
        var bundles = LaunchBundleSet.For(Full);
        var sums = Encoding.UTF8.GetString([.. bundles.Sums.Bytes]);
        Assert.Contains($"EC2LM_DIGEST={bundles.Digest}\n", UserData.Of(Full, bundles));
        Assert.Equal(bundles.Digest, Convert.ToHexStringLower(SHA256.HashData(bundles.Sums.Bytes.AsSpan())));
        Assert.Equal(21, bundles.Objects.Length);
        Assert.All(bundles.Objects, o =>
            Assert.Contains($"{Convert.ToHexStringLower(SHA256.HashData(o.Bytes.AsSpan()))}  {o.Key}\n", sums));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(200_000)]
    public void A_stored_gzip_file_holds_what_was_put_into_it(int length)
    {
        var contents = Enumerable.Range(0, length).Select(i => (byte)(i * 31)).ToArray();
        using var unzipped = new MemoryStream();
        using (var zip = new GZipStream(new MemoryStream(StoredGzip.Of(contents)), CompressionMode.Decompress))
            zip.CopyTo(unzipped);
        Assert.Equal(contents, unzipped.ToArray());
    }

    [ShellcheckTheory]
    [InlineData("amazon")]
    [InlineData("redhat")]
    [InlineData("ubuntu_24")]
    [InlineData("debian")]
    [InlineData("suse")]
    public void Scripts_pass_shellcheck(string system)
    {
        var deploys = new ImageDeploy("web", [new("ecr-uri-1", "latest", "ecr-uri-1", "prod"), new("ecr-uri-1", "v1", "ecr-uri-2", "v1")]);
        foreach (var settings in new[] { Bare, Full with { ImageDeploys = [deploys] } })
        {
            using var folder = new TemporaryFolder();
            var of = settings with { System = InstanceSystem.Of(system)! };
            var bundles = LaunchBundleSet.For(of);
            folder.Write("library.bash", bundles.Library);
            folder.Write("userdata.bash", UserData.Of(of, bundles));
            foreach (var bundle in bundles.Bundles)
            {
                foreach (var script in bundle.Files.Where(f => f.Name.EndsWith(".sh", StringComparison.Ordinal)))
                    folder.Write($"{bundle.Name}-{script.Name}.bash", script.Text);
            }
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

    internal static bool OnPath(string program) =>
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

/// <summary>Checked with shellcheck; skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShellcheckTheoryAttribute : TheoryAttribute
{
    public ShellcheckTheoryAttribute()
    {
        if (!LaunchBundleTests.OnPath("shellcheck"))
            Skip = "shellcheck is not on PATH";
    }
}
