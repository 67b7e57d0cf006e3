using System.Globalization;
using Paco.Network;

namespace Paco.Tests.Network;

/// <summary>What makes a router of a NAT instance, at work between two hosts: each a network namespace of Linux.</summary>
public sealed class RouterTests
{
    [NamespaceFact]
    public void A_packet_goes_through_and_comes_from_the_routers_address()
    {
        using var network = new RoutedNetwork();
        Assert.NotEqual(RoutedNetwork.RouterAddress, network.AddressSeenOutside());
        Assert.Equal(0, network.Forwarded);

        var ran = network.Start();

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal(RoutedNetwork.RouterAddress, network.AddressSeenOutside());
        Assert.NotEqual(0, network.Forwarded);
    }

    [NamespaceFact]
    public void The_package_is_tried_for_until_there_is_a_network_and_not_again_at_the_next_start()
    {
        using var network = new RoutedNetwork();

        var first = network.Start();
        var second = network.Start();

        Assert.Contains("attempt 2 to install iptables-services failed", first.Text, StringComparison.Ordinal);
        Assert.Contains("packets go out through outer", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("attempt", second.Text, StringComparison.Ordinal);
        Assert.Equal(0, second.ExitCode);
        Assert.Equal(RoutedNetwork.RouterAddress, network.AddressSeenOutside());
        Assert.Single(network.Rules.Split('\n'), rule => rule.Contains("MASQUERADE", StringComparison.Ordinal));
    }

    [NamespaceFact]
    public void Without_its_rules_it_passes_nothing_on()
    {
        using var network = new RoutedNetwork { RulesLoad = false };

        var ran = network.Start();

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("nothing is passed on", ran.Text, StringComparison.Ordinal);
        Assert.Equal("", network.AddressSeenOutside());
        Assert.Equal(0, network.Forwarded);
    }

    [Fact]
    public void It_runs_at_every_start_and_not_only_at_the_first() =>
        Assert.Contains("- [scripts-user, always]", Ec2Nat.UserDataText, StringComparison.Ordinal);

    [ShellCheckFact]
    public void Shellcheck_has_nothing_to_say()
    {
        var file = Path.Combine(Repository.Root, "src", "Paco", "Network", "Scripts", "router.bash");
        var checkedFile = Ran.Of("shellcheck", file);
        Assert.True(checkedFile.ExitCode == 0, checkedFile.Text);
    }
}

/// <summary>
/// Two hosts, and the router between them. The router has the files of this machine but for those it writes, and programs of Amazon Linux
/// that are stood in for: packages come at the third attempt, and the service loads the rules as Amazon's does.
/// </summary>
internal sealed class RoutedNetwork : IDisposable
{
    public const string RouterAddress = "203.0.113.1";

    private static int _count;

    private readonly string _mark = $"pt{Environment.ProcessId}x{Interlocked.Increment(ref _count)}";
    private readonly string _folder = Directory.CreateTempSubdirectory("paco-router").FullName;

    public RoutedNetwork()
    {
        foreach (var host in new[] { "inside", "router", "outside" })
            Must("ip", "netns", "add", Name(host));
        Link("inside", "eth0", "10.0.4.10/24", "inner", "10.0.4.1/24");
        Link("outside", "eth0", "203.0.113.2/24", "outer", $"{RouterAddress}/24");
        Must("ip", "-n", Name("inside"), "route", "add", "default", "via", "10.0.4.1");
        Must("ip", "-n", Name("router"), "route", "add", "default", "via", "203.0.113.2");
        // The way back is there, so that only the router decides.
        Must("ip", "-n", Name("outside"), "route", "add", "10.0.4.0/24", "via", RouterAddress);
    }

    /// <summary>The service can load the rules that were written.</summary>
    public bool RulesLoad { get; init; } = true;

    /// <summary>The router's rules as they are loaded.</summary>
    public string Rules => In("router", "iptables-save").Text;

    /// <summary>Packets the router has passed on so far.</summary>
    public long Forwarded
    {
        get
        {
            var lines = In("router", "grep", "^Ip:", "/proc/net/snmp").Text.Split('\n');
            var column = Array.IndexOf(lines[0].Split(' '), "ForwDatagrams");
            return long.Parse(lines[1].Split(' ')[column], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The instance starts: its user data runs.</summary>
    public Ran Start()
    {
        var programs = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        var state = Directory.CreateDirectory(Path.Combine(_folder, "state")).FullName;
        Program(programs, "sleep", "exit 0");
        Program(programs, "rpm", $"test -e {state}/installed");
        Program(programs, "dnf", $"echo . >> {state}/tries; [ \"$(wc -l < {state}/tries)\" -ge 3 ] && touch {state}/installed");
        Program(programs, "systemctl", RulesLoad
            ? "if [ \"$1\" = restart ]; then iptables-restore /etc/sysconfig/iptables; fi"
            : "[ \"$1\" != restart ]");
        File.WriteAllText(Path.Combine(_folder, "router.bash"), Ec2Nat.Script());
        File.WriteAllText(Path.Combine(_folder, "start"), $"""
            set -e
            mkdir -p {state}/etc {state}/log
            [ -e {state}/etc/passwd ] || cp -a /etc/. {state}/etc/
            mkdir -p {state}/etc/sysconfig {state}/etc/sysctl.d
            mount --bind {state}/etc /etc
            mount --bind {state}/log /var/log
            PATH={programs}:$PATH bash {_folder}/router.bash
            """);
        return In("router", "unshare", "--mount", "bash", Path.Combine(_folder, "start"));
    }

    /// <summary>The address a connection from inside seems to come from, as the host outside answers it; empty where none comes.</summary>
    public string AddressSeenOutside()
    {
        const string Answer = """
            use IO::Socket::INET; $| = 1;
            my $s = IO::Socket::INET->new(LocalPort => 8080, Listen => 1, ReuseAddr => 1) or die "no port";
            print "ready\n"; my $c = $s->accept; print $c $c->peerhost, "\n"; close $c;
            """;
        using var server = Ran.Begin("ip", "netns", "exec", Name("outside"), "perl", "-e", Answer);
        Assert.Equal("ready", server.StandardOutput.ReadLine());
        try
        {
            var ran = In("inside", "timeout", "1", "bash", "-c", "exec 3<>/dev/tcp/203.0.113.2/8080 && cat <&3");
            return ran.ExitCode == 0 ? ran.Text.Trim() : "";
        }
        finally
        {
            server.Kill();
            server.WaitForExit();
        }
    }

    public void Dispose()
    {
        foreach (var host in new[] { "inside", "router", "outside" })
            Ran.Of("ip", "netns", "delete", Name(host));
        Directory.Delete(_folder, recursive: true);
    }

    private void Link(string host, string own, string address, string atRouter, string routerAddress)
    {
        Must("ip", "link", "add", own, "netns", Name(host), "type", "veth", "peer", "name", atRouter, "netns", Name("router"));
        foreach (var (where, name, given) in new[] { (host, own, address), ("router", atRouter, routerAddress) })
        {
            Must("ip", "-n", Name(where), "address", "add", given, "dev", name);
            Must("ip", "-n", Name(where), "link", "set", name, "up");
        }
    }

    private string Name(string host) => $"{_mark}-{host}";

    private Ran In(string host, params string[] command) => Ran.Of("ip", ["netns", "exec", Name(host), .. command]);

    private static void Must(params string[] command)
    {
        var ran = Ran.Of(command[0], command[1..]);
        Assert.True(ran.ExitCode == 0, $"{string.Join(' ', command)}: {ran.Text}");
    }

    private static void Program(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, $"#!/bin/bash\n{text}\n");
        Must("chmod", "+x", path);
    }
}
