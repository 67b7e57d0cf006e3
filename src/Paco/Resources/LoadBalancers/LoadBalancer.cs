using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Monitoring;
using Paco.Resources.Dns;
using Paco.Stacks;

namespace Paco.Resources.LoadBalancers;

/// <summary>
/// A load balancer with its listeners and target groups. Its name, scheme and type cannot be changed in place; target groups
/// have no name of their own, so that a changed one can be replaced while its name is in use.
/// </summary>
public abstract class LoadBalancer : AppResource, IWatched, IAsking
{
    private readonly LoadBalancerKind _kind;
    private protected LoadBalancer(Fields f, LoadBalancerKind kind)
        : base(f)
    {
        _kind = kind;
        Scheme = f.Text("scheme", "Whether the internet can reach it. A change makes a new load balancer.",
            Check.OneOf("internet-facing", "internal"));
        Segment = f.RefOrText("segment", "The segment it stands in, by its bare name.", "Segment");
        SecurityGroups = f.Refs("security_groups",
            "Its security groups. A network load balancer can only be made with or without, not changed later.", "SecurityGroup");
        IdleTimeoutSecs = f.Int("idle_timeout_secs", "Seconds a connection may be silent; application load balancers only.", 60, min: 1,
            max: 4000);
        DropInvalidHeaderFields = f.Flag("drop_invalid_header_fields",
            "Drop request headers whose names hold anything but letters, digits and -; application load balancers only.", true);
        EnableAccessLogs = f.Flag("enable_access_logs", "Write access logs to a bucket, whose policy lets it.", false);
        AccessLogsBucket = f.Ref("access_logs_bucket", "The bucket for access logs.", "S3Bucket");
        AccessLogsPrefix = f.Text("access_logs_prefix", "What the names of the logs begin with.", "default", AccessLogs.Prefix);
        Dns = f.List("dns", "Names that resolve to it (alias records).", x => new Dns.Dns(x));
        TargetGroups = f.Map("target_groups", "Where requests can be sent.", x => new TargetGroup(x, kind));
        Listeners = f.Map("listeners", "The ports it listens on.", x => new Listener(x, kind));
        Monitoring = f.Object("monitoring", "What is watched of it.", x => new MonitorConfig(x, f.Peek("type")));
    }

    public string? Scheme { get; }

    public RefOrText? Segment { get; }

    public ImmutableArray<Ref> SecurityGroups { get; }

    public Given<int> IdleTimeoutSecs { get; }

    public Given<bool> DropInvalidHeaderFields { get; }

    public Given<bool> EnableAccessLogs { get; }

    public Ref? AccessLogsBucket { get; }

    public string AccessLogsPrefix { get; }

    public ImmutableArray<Dns.Dns> Dns { get; }

    public ImmutableArray<TargetGroup> TargetGroups { get; }

    public ImmutableArray<Listener> Listeners { get; }

    public MonitorConfig? Monitoring { get; }

    private AccessLogs? Logs => EnableAccessLogs ? new AccessLogs(AccessLogsBucket, AccessLogsPrefix, _kind) : null;

    IEnumerable<Watched> IWatched.Watched => LoadBalancerMetrics.Of(this, _kind);

    protected internal override void Rules(Fields f)
    {
        CheckWhole(f);
        if (EnableAccessLogs && AccessLogsBucket is null)
            f.Lacks("enable_access_logs", "access logs need an \"access_logs_bucket\"", "a reference to an S3Bucket");
        foreach (var entry in Dns.Where(d => d.SslCertificate is not null))
        {
            f.Report(BindingCodes.ObsoleteField, entry.SslCertificate!.Location,
                "\"ssl_certificate\" of a DNS entry has no effect on a load balancer",
                "its certificates stand at a listener: ssl_certificates");
        }
        foreach (var listener in Listeners)
        {
            foreach (var (name, place) in listener.TargetGroupUses())
                CheckTargetGroup(f, listener, name, place);
        }
        foreach (var same in Listeners.GroupBy(l => (l.Port, IsUdp: l.Protocol == "UDP")).Where(g => g.Key.Port > 0 && g.Count() > 1))
        {
            f.Report(BindingCodes.BrokenRule, same.Last().Location,
                $"the listeners {string.Join(" and ", same.Select(l => l.Name))} have one port, {same.Key.Port}");
        }
    }

    private void CheckWhole(Fields f)
    {
        if (Scheme is null)
            f.Lacks("scheme", "a load balancer needs a \"scheme\"", "internet-facing or internal");
        if (Segment is null)
            f.Lacks("segment", "a load balancer needs a \"segment\" to stand in");
        if (_kind.IsApplication && SecurityGroups.IsEmpty && !f.Has("security_groups"))
            f.Lacks("security_groups", "an application load balancer needs \"security_groups\", or nothing could reach it");
    }

    private void CheckTargetGroup(Fields f, Listener listener, string name, Location place)
    {
        var found = TargetGroups.FirstOrDefault(t => t.Name == name);
        if (found is null)
        {
            var names = TargetGroups.Select(t => t.Name).ToArray();
            f.Lacks(place, $"{Name} has no target group \"{name}\"",
                Spelling.DidYouMean(name, names)
                    ?? (names.Length > 0 ? $"there is: {string.Join(", ", names)}" : "its target groups stand below target_groups"));
        }
        else if (!found.IsEnabled)
        {
            f.Lacks(place, $"the target group {name} is disabled", "enable it, or send requests to another");
        }
        else if (found.Protocol is { } protocol && !LoadBalancerKind.Forwards(listener.Protocol, protocol))
        {
            f.Report(BindingCodes.BrokenRule, place,
                $"a listener for {listener.Protocol} cannot send to the target group {name}, which speaks {protocol}");
        }
    }

    void IAsking.Ask(BuildScope scope)
    {
        if (IsEnabled)
            Logs?.Ask(scope, this);
    }

    protected internal override void Build(BuildScope scope)
    {
        var stack = scope.Stack(this, _kind.Suffix);
        if (IsEnabled && scope.Environment is { } environment)
            BuildTemplate(scope, stack, environment);
        RecordSets.Build(scope, this, Dns, new AliasTarget(ToRef().Output("dnsname"), ToRef().Output("canonicalhostedzoneid")));
    }

    private void BuildTemplate(BuildScope scope, StackBuilder stack, EnvironmentRegion environment)
    {
        CheckPlace(scope, environment);
        stack.Resource("LoadBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer", new MapValue
        {
            ["Name"] = stack.Parameter("LoadBalancerName", LoadBalancerName.Of(scope, Location)),
            ["Type"] = _kind.Type,
            ["Scheme"] = stack.Parameter("Scheme", Scheme ?? ""),
            ["Subnets"] = Subnets(stack, environment),
            ["SecurityGroups"] = SecurityGroups.IsEmpty
                ? null
                : stack.InputList("SecurityGroupList", SecurityGroups.Select(g => g.Output("id")), "List<AWS::EC2::SecurityGroup::Id>"),
            ["LoadBalancerAttributes"] = Value.OfMany(LoadBalancerAttributes(scope, stack)),
        });
        foreach (var group in TargetGroups.Where(t => t.IsEnabled).OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            group.Build(stack, environment,
                scope.Build.Legacy.TargetGroups ? LoadBalancerName.OfTargetGroup(scope, group.Name) : null);
        }
        foreach (var listener in Listeners)
            listener.Build(stack);
        stack.Output("LoadBalancerArn", Fn.Ref("LoadBalancer"), $"{Path}.arn");
        stack.Output("LoadBalancerName", Fn.GetAtt("LoadBalancer", "LoadBalancerName"), $"{Path}.name");
        stack.Output("LoadBalancerFullName", Fn.GetAtt("LoadBalancer", "LoadBalancerFullName"), $"{Path}.fullname");
        stack.Output("LoadBalancerCanonicalHostedZoneID", Fn.GetAtt("LoadBalancer", "CanonicalHostedZoneID"),
            $"{Path}.canonicalhostedzoneid");
        stack.Output("LoadBalancerDNSName", Fn.GetAtt("LoadBalancer", "DNSName"), $"{Path}.dnsname");
        stack.Address("load balancer", "LoadBalancerDNSName");
    }

    private IEnumerable<Value> LoadBalancerAttributes(BuildScope scope, StackBuilder stack)
    {
        if (_kind.IsApplication)
        {
            yield return Attributes.Of("idle_timeout.timeout_seconds", stack.Parameter("IdleTimeoutSecs", $"{IdleTimeoutSecs}"));
            yield return Attributes.Of("routing.http.drop_invalid_header_fields.enabled", Value.AsText(DropInvalidHeaderFields));
        }
        foreach (var attribute in Logs?.Build(scope, stack, this) ?? [])
            yield return attribute;
        // What is only left out keeps its value.
        if (!EnableAccessLogs && EnableAccessLogs.Node is not null)
            yield return Attributes.Of(AccessLogs.Switch, Value.AsText(EnableAccessLogs));
    }

    // What needs the network or other objects to be seen.
    private void CheckPlace(BuildScope scope, EnvironmentRegion environment)
    {
        if (_kind.IsApplication && environment.AvailabilityZones < 2)
        {
            scope.Build.Bag.Add(BindingCodes.BrokenRule, PlaceOf("segment"),
                "an application load balancer needs a network of at least two availability zones", "availability_zones: 2", subject: Path);
        }
        foreach (var reference in Listeners.SelectMany(l => l.SslCertificates))
        {
            if (scope.Build.Index.Find<ICertificate>(reference) is { Region: { } region } && region != scope.Place.Region)
            {
                scope.Build.Bag.Add(BindingCodes.BrokenRule, reference.Location,
                    $"the certificate {reference.Written} is in {region}, the load balancer in {scope.Place.Region}",
                    "a load balancer takes certificates of its own region only", subject: Path);
            }
        }
    }

    private Value Subnets(StackBuilder stack, EnvironmentRegion environment)
    {
        var path = Segment?.Ref?.Path ?? environment.SegmentPath(Segment?.Text ?? "");
        var subnets = new Ref($"{path}.subnet_id_list", Segment?.Ref?.Written ?? $"segment {Segment?.Text}", PlaceOf("segment"));
        return Segment is null ? Fn.NoValue : stack.Input("SubnetList", subnets, "List<AWS::EC2::Subnet::Id>");
    }
}
