using System.Text.RegularExpressions;
using Paco.Resources.LaunchBundles;
using Paco.Tests.Pages;

namespace Paco.Tests.Instances;

/// <summary>What holds for the scripts of instances as a whole. What each does, the pages *.boot.md show.</summary>
public sealed partial class LaunchScriptTests
{
    private const string Marker = "# Written by Paco: everything below is replaced\n";
    private const string Bucket = "ne-mynet-prod-app-app-site-web-lb-ec2lm-usw2";

    private static readonly LaunchSettings Full = new()
    {
        System = InstanceSystem.Of("amazon")!,
        Bucket = Bucket,
        Region = "us-west-2",
        StackName = "NE-mynet-prod-App-app-site-web-ASG",
        NetworkEnvironment = "mynet",
        Environment = "prod",
        EnvironmentRef = "netenv.mynet.prod.us-west-2",
        SsmAgent = true,
        CodeDeployAgent = true,
        UpdatePackages = true,
        Eip = true,
        WaitOnSignals = true,
        EfsMounts = [new("efs-id-1", "/mnt/it's shared"), new("efs-id-2", "/mnt/two")],
        EbsMounts = [new("ebs-volume-id-1", "/dev/xvdf", "/mnt/data", "xfs")],
        AgentConfiguration = """{"agent":{},"logs":{"logs_collected":{"journald":{"collect_list":[]}}}}""",
        ConfigSets = ["Install"],
        SshKeys = ["ssh-ed25519 AAAA ann", "ssh-ed25519 BBBB bob"],
        EcsLogLevel = "error",
        ReadsSecrets = true,
        UserScript = "touch /user-script-ran\n",
    };

    private static readonly LaunchBundleSet Bundles = LaunchBundleSet.For(Full);

    [InstanceTheory]
    [InlineData("ec2lm_functions.bash")]
    [InlineData("LaunchBundles/EIP.tgz")]
    [InlineData("LaunchBundles/EIP.cache_id")]
    [InlineData("SHA256SUMS")]
    public void A_tampered_object_does_not_run_and_nothing_else_does(string key)
    {
        using var instance = Machine();
        instance.Write($"/world/s3/{Bucket}/{Bundles.Digest}/{key}", "touch /tampered-script-ran\n");
        Assert.Equal(2, instance.Run(UserData.Of(Full, Bundles)).Code);
        Assert.False(instance.Has("/tampered-script-ran"));
        Assert.False(instance.Has("/user-script-ran"));
        Assert.False(instance.Has("/opt/paco/EC2Manager/ec2lm_functions.bash"));
        Assert.EndsWith($"failed           what is in {Bucket} is not what this user data was made for: nothing of it was run (exit 2)\n",
            instance.Transcript);
        Assert.Contains("--status FAILURE", instance.Transcript);
    }

    [InstanceFact]
    public void Objects_that_the_list_does_not_name_stay_where_they_are()
    {
        using var instance = Machine();
        instance.Write($"/world/s3/{Bucket}/{Bundles.Digest}/LaunchBundles/Other.tgz", "x");
        Assert.Equal(0, instance.Run(UserData.Of(Full, Bundles)).Code);
        Assert.False(instance.Has("/opt/paco/EC2Manager/LaunchBundles/Other.tgz"));
        Assert.True(instance.Has("/user-script-ran"));
    }

    [InstanceFact]
    public void A_bucket_of_another_account_is_not_read()
    {
        using var instance = Machine();
        instance.Write("/world/metadata/dynamic/instance-identity/document", """{ "accountId" : "999999999999" }""");
        Assert.Equal(1, instance.Run(UserData.Of(Full, Bundles)).Code);
        Assert.DoesNotContain("aws s3 cp", instance.Transcript);
        Assert.EndsWith($"failed           fetching the launch bundles from {Bucket} (exit 1)\n", instance.Transcript);
    }

    [InstanceFact]
    public void The_metadata_service_is_never_asked_without_a_token()
    {
        using var instance = Machine();
        instance.Run(UserData.Of(Full, Bundles));
        Assert.DoesNotContain("without a token", instance.Transcript);
        var run = instance.Run("curl -sf http://169.254.169.254/latest/meta-data/instance-id");
        Assert.Equal(22, run.Code);
        Assert.Contains("curl without a token: meta-data/instance-id", instance.Transcript);
    }

    [Fact]
    public void The_address_of_the_metadata_service_stands_only_where_a_token_is_asked_for()
    {
        foreach (var file in Directory.EnumerateFiles(Scripts))
        {
            var text = File.ReadAllText(file);
            Assert.Equal(Path.GetFileName(file) is "common.bash" or "windows.ps1" ? 1 : 0, Imds().Count(text));
            if (Imds().IsMatch(text))
                Assert.Contains("X-aws-ec2-metadata-token-ttl-seconds", text);
        }
    }

    [InstanceFact]
    public void A_second_run_changes_nothing()
    {
        using var instance = Machine();
        Assert.Equal(0, instance.Run(UserData.Of(Full, Bundles)).Code);
        var fstab = instance.Read("/etc/fstab");
        var keys = instance.Read("/home/ec2-user/.ssh/authorized_keys");
        Assert.Equal(0, instance.Run(". /opt/paco/EC2Manager/ec2lm_functions.bash; ec2lm_launch_bundles on_launch nosync").Code);
        Assert.DoesNotContain(Calls(instance.Transcript), call => !ReadingCall().IsMatch(call));
        Assert.Equal(fstab, instance.Read("/etc/fstab"));
        Assert.Equal(keys, instance.Read("/home/ec2-user/.ssh/authorized_keys"));
    }

    [InstanceFact]
    public void Keys_that_somebody_else_put_there_stay_and_those_of_people_who_left_go()
    {
        using var instance = Machine();
        instance.Write("/home/ec2-user/.ssh/authorized_keys", "ssh-rsa CCCC launch key\n");
        instance.Run(UserData.Of(Full, Bundles));
        Assert.Equal($"ssh-rsa CCCC launch key\n{Marker}ssh-ed25519 AAAA ann\nssh-ed25519 BBBB bob\n",
            instance.Read("/home/ec2-user/.ssh/authorized_keys"));
        Start(instance, Full with { SshKeys = ["ssh-ed25519 BBBB bob"] });
        Assert.Equal($"ssh-rsa CCCC launch key\n{Marker}ssh-ed25519 BBBB bob\n",
            instance.Read("/home/ec2-user/.ssh/authorized_keys"));
        Start(instance, Full with { SshKeys = [] });
        Assert.Equal("ssh-rsa CCCC launch key\n", instance.Read("/home/ec2-user/.ssh/authorized_keys"));
    }

    [InstanceFact]
    public void An_instance_joins_its_cluster_before_the_agent_starts()
    {
        using var instance = Machine();
        instance.Run(UserData.Of(Full, Bundles));
        Assert.Equal("ECS_CLUSTER=cluster\nECS_LOGLEVEL=error\n", instance.Read("/etc/ecs/ecs.config"));
        Assert.Contains("systemctl enable --now --no-block ecs", instance.Transcript);
        Start(instance, Full with { EcsLogLevel = null });
        Assert.False(instance.Has("/etc/ecs/ecs.config"));
    }

    [InstanceTheory]
    [InlineData("amazon")]
    [InlineData("amazon_2")]
    [InlineData("redhat")]
    [InlineData("ubuntu")]
    [InlineData("debian")]
    [InlineData("suse")]
    public void Every_system_sets_itself_up_with_all_it_has(string image)
    {
        var system = InstanceSystem.Of(image)!;
        var settings = Full with
        {
            System = system,
            EcsLogLevel = system.Has("ECS") ? "error" : null,
            CodeDeployAgent = system.Has("CodeDeploy"),
        };
        using var instance = Machine(image);
        instance.Write("/world/processor", "aarch64\n");
        var (code, said) = Start(instance, settings);
        Assert.True(code == 0, $"{instance.Transcript}\n{said}");
        Assert.EndsWith("ready            the instance is set up\n", instance.Transcript);
        Assert.DoesNotContain("amd64", instance.Transcript);
    }

    [Fact]
    public void Every_function_of_the_library_is_on_its_page()
    {
        var runs = Page.Read(Path.Combine(Scripts, "..", "Library.boot.md")).Sections.SelectMany(s => s.Blocks)
            .Where(b => b.Kind == "run").Select(b => b.Argument).ToArray();
        var functions = Functions().Matches(Bundles.Library).Select(m => m.Groups[1].Value).ToArray();
        Assert.InRange(functions.Length, 30, 60);
        Assert.DoesNotContain(functions, f => !runs.Any(run => Regex.IsMatch(run, $@"\b{f}\b")));
    }

    internal static IEnumerable<string> Calls(string transcript) =>
        transcript.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line.Trim());

    private static string Scripts => Repository.Path("src", "Paco", "Resources", "LaunchBundles", "Scripts");

    private static Instance Machine(string system = "amazon")
    {
        var instance = new Instance(system);
        instance.Upload(Bucket, Bundles);
        foreach (var (key, value) in new[]
        {
            ("Paco-EIP-Allocation-Id", "eipalloc-1"), ("Paco-ECSCluster-Name", "cluster"), ("efs-id-1", "fs-1"), ("efs-id-2", "fs-2"),
            ("ebs-volume-id-1", "vol-0123456789abcdef0"),
        })
        {
            instance.Write($"/world/metadata/meta-data/tags/instance/{key}", value);
        }
        return instance;
    }

    private static (int Code, string Said) Start(Instance instance, LaunchSettings settings)
    {
        var bundles = LaunchBundleSet.For(settings);
        instance.Upload(Bucket, bundles);
        return instance.Run(UserData.Of(settings, bundles));
    }

    [GeneratedRegex(@"169\.254\.169\.254")]
    private static partial Regex Imds();

    [GeneratedRegex("^aws [a-z0-9]+ (describe|get|head|list)-")]
    private static partial Regex ReadingCall();

    [GeneratedRegex(@"^([a-z0-9_]+)\(\)", RegexOptions.Multiline)]
    private static partial Regex Functions();
}
