using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Monitoring;

/// <summary>A health check of Route 53.</summary>
public sealed class HealthCheck(Fields f) : Model(f)
{
    public string? Type { get; } = f.Text("type", "Route53HealthCheck.", Check.OneOf("Route53HealthCheck"));

    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(false);

    public int Order { get; } = f.Int("order", "Breaks ties.", 0, min: 0);

    public bool ChangeProtected { get; } = f.Flag("change_protected", "Never update or delete it.", false);

    public string? HealthCheckType { get; } = f.Text("health_check_type", "The protocol.", Check.OneOf("HTTP", "HTTPS", "TCP"));

    public string? DomainName { get; } = f.Text("domain_name", "The name that is asked.", DomainNames.Check);

    public RefOrText? LoadBalancer { get; } = f.RefOrText("load_balancer", "The load balancer that is asked.", "LBApplication|LBNetwork");

    public RefOrText? IpAddress { get; } = f.RefOrText("ip_address", "The address that is asked.", "EIP");

    public Given<int> Port { get; } = f.Int("port", "The port.", 80, min: 1, max: 65535);

    public string ResourcePath { get; } = f.Text("resource_path", "The path.", "/", Check.Length(0, 255));

    public string? MatchString { get; } = f.Text("match_string", "What the answer must hold.", Check.Length(1, 255));

    public Given<int> FailureThreshold { get; } =
        f.Int("failure_threshold", "Bad answers that make it unhealthy, and good ones that make it healthy.", 3, min: 1, max: 10);

    public Given<bool> RequestIntervalFast { get; } = f.Flag("request_interval_fast", "Ask every 10 seconds instead of 30.", false);

    public Given<bool> LatencyGraphs { get; } = f.Flag("latency_graphs", "Measure how long answers take.", false);

    public Given<bool> EnableSni { get; } = f.Flag("enable_sni", "Name the host while the connection is made.", false);

    public ImmutableArray<string> HealthCheckerRegions { get; } = f.Texts("health_checker_regions", "Regions it asks from.", Regions.Check);

    protected internal override void Rules(Fields f)
    {
        foreach (var accepted in (string[])["dns_enabled", "force_dns_enabled", "import_from"])
            f.Ignore(accepted);
    }
}
