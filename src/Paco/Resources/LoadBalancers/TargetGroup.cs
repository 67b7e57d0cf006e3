using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.LoadBalancers;

/// <summary>Instances, addresses or a function that a load balancer sends requests to. AWS's defaults are always written out.</summary>
public sealed class TargetGroup : Model, IHealthChecked
{
    // Source: Elastic Load Balancing API Reference, CreateTargetGroup.
    private static readonly Check HealthPath = Check.Matching("a path that begins with /, of up to 1,024 characters without blanks",
        @"^/[^\s\p{C}]{0,1023}$");

    private static readonly Check HealthCodes = Check.Matching("codes from 200 to 499 such as 200, 200,302 or 200-299",
        "^[234][0-9]{2}(-[234][0-9]{2})?(,[234][0-9]{2}(-[234][0-9]{2})?)*$");

    private readonly LoadBalancerKind _kind;

    internal TargetGroup(Fields f, LoadBalancerKind kind)
        : base(f)
    {
        _kind = kind;
        Enabled = f.Enabled(true);
        TargetType = f.Text("target_type", "What is in it.", "instance", Check.OneOf(kind.TargetTypes));
        Port = f.Int("port", "The port targets listen on. A change makes a new group.", min: 1, max: 65535);
        Protocol = f.Text("protocol", "The protocol targets speak. A change makes a new group.", Check.OneOf(kind.TargetProtocols));
        HealthCheckProtocol = f.Text("health_check_protocol",
            "The protocol targets are asked with; HTTP, or TCP for a network load balancer without a health_check_http_code.",
            Check.OneOf("HTTP", "HTTPS", "TCP"));
        HealthCheckPath = f.Text("health_check_path", "The path that is asked for.", "/", HealthPath);
        HealthCheckPort = f.Text("health_check_port", "The port that is asked.", "traffic-port",
            Check.Matching("traffic-port or a port",
                "^(traffic-port|0*[1-9][0-9]{0,3}|0*[1-5][0-9]{4}|0*6([0-4][0-9]{3}|5([0-4][0-9]{2}|5([0-2][0-9]|3[0-5]))))$"));
        HealthCheckHttpCode = f.Text("health_check_http_code", "The answers of a healthy target, such as 200 or 200-299; 200 by default.",
            HealthCodes);
        HealthCheckInterval = f.Int("health_check_interval", "Seconds between two checks; 30, for a function 35.", min: 5, max: 300);
        HealthCheckTimeout = f.Int("health_check_timeout",
            "Seconds a target may take to answer; 6 for HTTP, 10 for HTTPS and TCP, 30 for a function.", min: 2, max: 120);
        HealthyThreshold = f.Int("healthy_threshold", "Good answers that make a target healthy.", 5, min: 2, max: 10);
        UnhealthyThreshold = f.Int("unhealthy_threshold", "Bad answers that make a target unhealthy.", 2, min: 2, max: 10);
        ConnectionDrainTimeout = f.Int("connection_drain_timeout", "Seconds a target that leaves may finish its requests.", 300, min: 0,
            max: 3600);
        foreach (var accepted in (string[])["type", "order", "change_protected", "dns_enabled", "force_dns_enabled"])
            f.Ignore(accepted);
    }

    public Enablement Enabled { get; }

    public string TargetType { get; }

    public Given<int>? Port { get; }

    public string? Protocol { get; }

    public string? HealthCheckProtocol { get; }

    public string HealthCheckPath { get; }

    public string HealthCheckPort { get; }

    public string? HealthCheckHttpCode { get; }

    public Given<int>? HealthCheckInterval { get; }

    public Given<int>? HealthCheckTimeout { get; }

    public Given<int> HealthyThreshold { get; }

    public Given<int> UnhealthyThreshold { get; }

    public Given<int> ConnectionDrainTimeout { get; }

    internal string LogicalId => $"TargetGroup{Names.LogicalId(Name)}";

    private bool IsFunction => TargetType == "lambda";

    private string CheckProtocol =>
        HealthCheckProtocol ?? (_kind.IsApplication || TargetType == "alb" || HealthCheckHttpCode is not null ? "HTTP" : "TCP");

    /// <inheritdoc/>
    public int HealthySeconds => Interval * HealthyThreshold;

    private Given<int> Interval => HealthCheckInterval ?? new(IsFunction ? 35 : 30, null);

    private Given<int> Timeout => HealthCheckTimeout ?? new(IsFunction ? 30 : CheckProtocol == "HTTP" ? 6 : 10, null);

    protected internal override void Rules(Fields f)
    {
        if (!IsFunction && Port is null && !f.Has("port"))
            f.Lacks("port", "a target group needs a \"port\"");
        if (!IsFunction && Protocol is null)
            f.Lacks("protocol", "a target group needs a \"protocol\"", string.Join(", ", _kind.TargetProtocols));
        if ((_kind.IsApplication || TargetType == "alb") && HealthCheckProtocol == "TCP")
            f.Broken("health_check_protocol", "an application load balancer checks, and is checked, with HTTP or HTTPS");
        if (Interval <= Timeout)
        {
            f.Broken(f.Has("health_check_timeout") ? "health_check_timeout" : "health_check_interval",
                $"the health check's interval ({Interval} s) must be longer than its timeout ({Timeout} s)");
        }
    }

    /// <param name="physicalName">Its name where it has one of its own.</param>
    internal void Build(StackBuilder stack, EnvironmentRegion environment, string? physicalName)
    {
        var (id, name) = (LogicalId, Names.LogicalId(Name));
        stack.Resource(id, "AWS::ElasticLoadBalancingV2::TargetGroup",
            Properties(stack, environment).With("Name", Value.Of(physicalName)), Location);
        stack.Output($"TargetGroupArn{name}", Fn.Ref(id), $"{Path}.arn");
        stack.Output($"TargetGroupName{name}", Fn.GetAtt(id, "TargetGroupName"), $"{Path}.name");
        stack.Output($"TargetGroupFullName{name}", Fn.GetAtt(id, "TargetGroupFullName"), $"{Path}.fullname");
    }

    // No name, but in projects of before 2020: AWS makes one, so that a replacement never meets its own name. A function has neither port,
    // protocol nor VPC.
    private MapValue Properties(StackBuilder stack, EnvironmentRegion environment)
    {
        var overHttp = CheckProtocol != "TCP";
        return new MapValue
        {
            ["TargetType"] = Value.Of(TargetType == "instance" ? null : TargetType),
            ["Port"] = Value.Of(IsFunction ? null : Port),
            ["Protocol"] = Value.Of(IsFunction ? null : Protocol),
            ["VpcId"] = IsFunction ? null : stack.Input("VPC", environment.VpcId),
            ["HealthCheckEnabled"] = Value.Of(IsFunction ? true : null),
            ["HealthCheckProtocol"] = Value.Of(IsFunction ? null : CheckProtocol),
            ["HealthCheckPort"] = Value.Of(IsFunction || HealthCheckPort == "traffic-port" ? null : HealthCheckPort),
            ["HealthCheckPath"] = Value.Of(overHttp ? HealthCheckPath : null),
            ["Matcher"] = overHttp ? new MapValue { ["HttpCode"] = HealthCheckHttpCode ?? "200" } : null,
            ["HealthCheckIntervalSeconds"] = Interval,
            ["HealthCheckTimeoutSeconds"] = Timeout,
            ["HealthyThresholdCount"] = HealthyThreshold,
            ["UnhealthyThresholdCount"] = UnhealthyThreshold,
            ["TargetGroupAttributes"] = IsFunction
                ? null
                : Value.List(Attributes.Of("deregistration_delay.timeout_seconds", Value.AsText(ConnectionDrainTimeout))),
        };
    }
}

/// <summary>Attributes of load balancers and target groups.</summary>
internal static class Attributes
{
    public static MapValue Of(string key, Value value) => new() { ["Key"] = key, ["Value"] = value };
}
