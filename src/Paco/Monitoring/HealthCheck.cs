using System.Collections.Immutable;
using System.Net;
using Paco.Binding;
using Paco.Stacks;

namespace Paco.Monitoring;

/// <summary>A health check of Route 53: servers all over the world ask an address whether it is well.</summary>
public sealed class HealthCheck(Fields f) : Model(f)
{
    // Source: HealthCheckConfig, HealthThreshold and Regions, in Route 53's API reference.
    private static readonly Check CheckerRegion = Check.OneOf("us-east-1", "us-west-1", "us-west-2", "eu-west-1", "ap-southeast-1",
        "ap-southeast-2", "ap-northeast-1", "sa-east-1");

    public string? Type { get; } = f.Text("type", "Route53HealthCheck.", Check.OneOf("Route53HealthCheck"));

    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(false);

    public int Order { get; } = f.Int("order", "Breaks ties.", 0, min: 0);

    public bool ChangeProtected { get; } = f.Flag("change_protected", "Never update or delete it.", false);

    public string HealthCheckType { get; } =
        f.RequiredText("health_check_type", "The protocol. A change replaces the check.", Check.OneOf("HTTP", "HTTPS", "TCP"));

    public string? DomainName { get; } = f.Text("domain_name",
        "The name that is asked. It is also the host of the request, which rules of a load balancer go by.", DomainNames.Check);

    public RefOrText? LoadBalancer { get; } = f.RefOrText("load_balancer",
        "The load balancer that is asked, by its own name: no rule for the application's domain applies.", "LBApplication|LBNetwork");

    public RefOrText? IpAddress { get; } = f.RefOrText("ip_address", "The address that is asked.", "EIP");

    public Given<int> Port { get; } = f.Int("port", "The port.", 80, min: 1, max: 65535);

    public string ResourcePath { get; } = f.Text("resource_path", "The path.", "/", Check.Length(0, 255));

    public string? MatchString { get; } = f.Text("match_string",
        "What the first 5,120 bytes of the answer must hold. To begin or end with it replaces the check.", Check.Length(1, 255));

    public Given<int> FailureThreshold { get; } =
        f.Int("failure_threshold", "Bad answers that make it unhealthy, and good ones that make it healthy.", 3, min: 1, max: 10);

    public Given<bool> RequestIntervalFast { get; } =
        f.Flag("request_interval_fast", "Ask every 10 seconds instead of 30. A change replaces the check.", false);

    public Given<bool> LatencyGraphs { get; } =
        f.Flag("latency_graphs", "Measure how long answers take. A change replaces the check.", false);

    public Given<bool> EnableSni { get; } = f.Flag("enable_sni", "Name the host while the connection is made.", false);

    public ImmutableArray<string> HealthCheckerRegions { get; } =
        f.Texts("health_checker_regions", "Regions it asks from, three or more; all where not given.", CheckerRegion);

    public Notifications? Notifications { get; } =
        f.Object("notifications", "Who is told of its alarm as well.", x => new Notifications(x));

    protected internal override void Rules(Fields f)
    {
        foreach (var accepted in (string[])["dns_enabled", "force_dns_enabled", "import_from"])
            f.Ignore(accepted);
        CheckWhat(f);
        if (MatchString is not null && HealthCheckType == "TCP")
            f.Broken("match_string", "only HTTP and HTTPS have an answer to look into", "leave \"match_string\" out");
        if (HealthCheckerRegions.Length is 1 or 2)
            f.Broken("health_checker_regions", "Route 53 asks from three regions or more", "add some, or leave the field out for all");
    }

    private void CheckWhat(Fields f)
    {
        var given = ((string Field, bool IsGiven)[])
            [("domain_name", DomainName is not null), ("load_balancer", LoadBalancer is not null), ("ip_address", IpAddress is not null)];
        var fields = given.Where(g => g.IsGiven).Select(g => g.Field).ToArray();
        if (fields is [])
            f.Lacks("domain_name", "a health check needs what it asks", "one of domain_name, load_balancer and ip_address");
        else if (fields is [_, var second, ..])
            f.Broken(second, $"a health check asks one thing, not {string.Join(" and ", fields)}", "keep one of them");
        if (IpAddress is { Text: { } address } && !IPAddress.TryParse(address, out _))
            f.Broken("ip_address", $"\"{address}\" is no address", "an IPv4 or IPv6 address, or a reference to an EIP");
        if (HealthCheckType == "HTTPS" && LoadBalancer is not null)
        {
            f.Report(BindingCodes.UnusualValue, f.Place("load_balancer"),
                "the load balancer is asked by its own name, so its rules for the application's domain are not tried",
                "ask the domain itself: domain_name");
        }
    }
}
