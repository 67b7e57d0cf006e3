using System.Diagnostics;
using System.Text.RegularExpressions;
using Paco.Resources.LaunchBundles;

namespace Paco.Tests.Instances;

/// <summary>
/// An instance as its scripts see it: a tree with the files of a system, the tools each system has, and stubs for all that reaches
/// further. <c>machine</c> runs a script in it, <c>stub</c> answers; what was done stands in the transcript.
/// </summary>
internal sealed partial class Instance : IDisposable
{
    public const string Id = "i-0123456789abcdef0";

    private static readonly string[] Tools =
    [
        "awk", "base64", "basename", "bash", "cat", "chmod", "cmp", "cp", "cut", "dirname", "env", "false", "find", "flock", "grep", "gzip",
        "head", "ls", "md5sum", "mkdir", "mktemp", "mv", "readlink", "rm", "sed", "sh", "sha256sum", "sort", "tail", "tar", "tee",
        "touch", "tr", "true", "wc",
    ];

    private static readonly string[] Everywhere =
    [
        "curl", "systemctl", "blkid", "mkfs", "mountpoint", "mount", "umount", "swapon", "mkswap", "dd", "uname", "date", "sleep", "chown",
        "codedeploy-installer",
    ];

    private readonly TemporaryFolder _root = new();

    public Instance(string system)
    {
        foreach (var folder in new[] { "dev", "tmp", "root", "opt", "stub", "tools", "var/lock", "var/log/paco", "etc/systemd/system",
            "world/packages", "world/services", "world/holders", "world/disks", "world/s3" })
        {
            Directory.CreateDirectory(Path.Combine(_root.Path, folder));
        }
        foreach (var tool in Tools)
            File.CreateSymbolicLink(Path.Combine(_root.Path, "tools", tool), $"/usr/bin/{tool}");
        File.Copy(Repository.Path("tests", "Paco.Tests", "Instances", "stub"), Path.Combine(_root.Path, "stub", ".stub"));
        File.Copy(Repository.Path("tests", "Paco.Tests", "Instances", "timeout"), Path.Combine(_root.Path, "stub", "timeout"));
        foreach (var program in Everywhere.Concat(Programs(system)))
            File.CreateSymbolicLink(Path.Combine(_root.Path, "stub", program), ".stub");
        Write("/etc/os-release", $"ID={OsRelease(system)}\n");
        Write("/etc/fstab", "UUID=root / xfs defaults 0 0\n");
        Write("/etc/ssl/certs/ca-certificates.crt", "");
        if (system == "amazon")
            Write("/etc/amazon-linux-release", "");
        if (system is "amazon" or "amazon_2" or "ubuntu")
            Write($"/world/services/{(system == "ubuntu" ? "snap.amazon-ssm-agent." : "")}amazon-ssm-agent", "active\n");
        Begin();
    }

    /// <summary>What was done since the last look, line by line: what the log says, and below it the calls.</summary>
    public string Transcript => Settled(Read("/transcript"));

    public string Read(string path) => File.ReadAllText(Path.Combine(_root.Path, path.TrimStart('/')));

    public bool Has(string path) => File.Exists(Path.Combine(_root.Path, path.TrimStart('/')));

    public void Write(string path, string text) => _root.Write(path.TrimStart('/'), text);

    /// <summary>Puts a set of bundles where the instance will look for it.</summary>
    public void Upload(string bucket, LaunchBundleSet bundles)
    {
        foreach (var item in bundles.Objects.Append(bundles.Sums))
        {
            var file = Path.Combine(_root.Path, "world", "s3", bucket, bundles.Digest, item.Key);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, [.. item.Bytes]);
        }
    }

    /// <summary>Runs a script of bash as root. Its exit code, and all it said.</summary>
    public (int Code, string Said) Run(string script)
    {
        Write("/transcript", "");
        Write("/script", script);
        using var process = Process.Start(new ProcessStartInfo(Repository.Path("tests", "Paco.Tests", "Instances", "machine"),
            [_root.Path, "/script"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, Settled(said + errors.Result));
    }

    public void Dispose() => _root.Dispose();

    // The world before anything was done. Whoever has the address or the volume is another instance, or nobody.
    private void Begin()
    {
        Write("/transcript", "");
        File.CreateSymbolicLink(Path.Combine(_root.Path, "var", "log", "paco", "ec2lm.log"), "/transcript");
        foreach (var (path, text) in new[]
        {
            ("meta-data/instance-id", Id),
            ("meta-data/placement/availability-zone", "us-west-2a"),
            ("meta-data/placement/region", "us-west-2"),
            ("meta-data/services/domain", "amazonaws.com"),
            ("meta-data/local-ipv4", "10.0.1.5"),
            ("dynamic/instance-identity/document", """{ "accountId" : "123456789012" }"""),
        })
        {
            Write($"/world/metadata/{path}", text);
        }
        Write("/world/address", "198.51.100.7\ti-0000000000000000b\teipassoc-0\n");
        Write("/world/holders/vol-0123456789abcdef0", "None\n");
        Write("/world/stack-status", "UPDATE_IN_PROGRESS\n");
        Write("/world/processor", "x86_64\n");
        Write("/world/cfn-init-exit", "0\n");
        Write("/world/signer", "937616F3450B7D806CBD9725D58167303B789C72\n");
        Write("/world/repository-agent", "1.300071.0b1\n");
        Write("/world/mounts", "");
    }

    private static string[] Programs(string system) => system switch
    {
        "amazon" => ["aws", "dnf", "yum", "rpm"],
        "amazon_2" => ["aws", "yum", "rpm"],
        "ubuntu" => ["apt-get", "dpkg", "dpkg-query", "snap"],
        "debian" => ["apt-get", "dpkg", "dpkg-query"],
        "suse" => ["zypper", "rpm"],
        _ => ["dnf", "yum", "rpm"],
    };

    private static string OsRelease(string system) => system switch
    {
        "amazon" or "amazon_2" => "\"amzn\"",
        "suse" => "\"sles\"",
        "redhat" => "\"rhel\"",
        _ => system,
    };

    // How long something took, what a temporary folder is called and which digest scripts have is another thing each time.
    private static string Settled(string text) =>
        Collapsed(Digests().Replace(Folders().Replace(Durations().Replace(text, "0 s"), "/tmp/…"), "DIGEST"));

    // What is tried once a second is told once.
    private static string Collapsed(string text)
    {
        var lines = new List<string>(text.Split('\n'));
        foreach (var length in new[] { 1, 2 })
        {
            for (var at = 0; at + 3 * length <= lines.Count; at++)
            {
                var again = 0;
                while (at + (again + 2) * length <= lines.Count
                    && lines.GetRange(at, length).SequenceEqual(lines.GetRange(at + (again + 1) * length, length)))
                {
                    again++;
                }
                if (again < 2)
                    continue;
                lines.RemoveRange(at + length, again * length);
                lines.Insert(at + length, $"    … {again} times more");
            }
        }
        return string.Join('\n', lines);
    }

    [GeneratedRegex(@"(?<=done in |after )\d+ s\b")]
    private static partial Regex Durations();

    [GeneratedRegex(@"/tmp/tmp\.\w{10}")]
    private static partial Regex Folders();

    [GeneratedRegex("[0-9a-f]{64}|(?<=launch bundles )[0-9a-f]{12}")]
    private static partial Regex Digests();
}
