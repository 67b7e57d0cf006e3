using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Resources.LoadBalancers;

/// <summary>A port of a load balancer and what happens to requests that come in there.</summary>
public sealed class Listener : Model
{
    private readonly LoadBalancerKind _kind;
    internal Listener(Fields f, LoadBalancerKind kind)
        : base(f)
    {
        _kind = kind;
        Port = f.RequiredInt("port", "The port.", min: 1, max: 65535);
        Protocol = f.RequiredText("protocol", "The protocol.", Check.OneOf(kind.ListenerProtocols));
        Redirect = f.Object("redirect", "Send requests to another port or protocol of the same name.", x => new PortRedirect(x));
        TargetGroup = f.Text("target_group", "The target group that gets what no rule takes.", "");
        SslCertificates = f.Refs("ssl_certificates", "Its certificates: the first is shown where no other fits.", "ACM");
        SslPolicy = f.Text("ssl_policy", "TLS versions and ciphers it accepts.", TlsPolicy.Default, TlsPolicy.Check);
        ListenerRules = f.Map("rules", "Rules that take requests before the listener's own action.", x => new ListenerRule(x));
    }

    public Given<int> Port { get; }

    public string Protocol { get; }

    public PortRedirect? Redirect { get; }

    public string TargetGroup { get; }

    public ImmutableArray<Ref> SslCertificates { get; }

    public string SslPolicy { get; }

    public ImmutableArray<ListenerRule> ListenerRules { get; }

    internal string LogicalId => $"Listener{Names.LogicalId(Name)}";

    protected internal override void Rules(Fields f)
    {
        f.OneOf($"the listener {Name}", ("target_group", TargetGroup.Length > 0), ("redirect", Redirect is not null));
        var isSecure = _kind.SecureProtocols.Contains(Protocol);
        if (isSecure && SslCertificates.IsEmpty && !f.Has("ssl_certificates"))
            f.Lacks("protocol", $"a listener for {Protocol} needs \"ssl_certificates\"");
        else if (!isSecure && !SslCertificates.IsEmpty && _kind.ListenerProtocols.Contains(Protocol))
            f.Broken("ssl_certificates", $"a listener for {Protocol} takes no certificates", $"protocol: {_kind.SecureProtocols[0]}");
        if (isSecure && f.Has("ssl_policy") && TlsPolicy.Weakness(SslPolicy) is { } weakness)
            f.Report(TlsPolicy.Old, f.Place("ssl_policy"), weakness, $"{TlsPolicy.Default} is what AWS recommends");
        if (!_kind.IsApplication && Redirect is not null)
            f.Broken("redirect", "a network load balancer cannot redirect", "use type: LBApplication");
        if (!_kind.IsApplication && !ListenerRules.IsEmpty)
            f.Broken("rules", "a network load balancer has no rules", "use type: LBApplication");
        CheckPriorities(f);
    }

    private void CheckPriorities(Fields f)
    {
        foreach (var same in ListenerRules.Where(r => r.IsEnabled).GroupBy(r => r.Priority).Where(g => g.Count() > 1))
        {
            f.Report(BindingCodes.BrokenRule, same.Last().Location,
                $"the rules {string.Join(" and ", same.Select(r => r.Name))} of the listener {Name} have one priority, {same.Key}",
                "the rule with the lowest number is asked first; give each its own");
        }
    }

    /// <summary>The target groups the listener and its rules name, with the places where they do.</summary>
    internal IEnumerable<(string Name, Location Place)> TargetGroupUses() =>
        ListenerRules.Where(r => r is { IsEnabled: true, IsRedirect: false }).Select(r => (r.TargetGroup, r.PlaceOf("target_group")))
            .Prepend((TargetGroup, PlaceOf("target_group"))).Where(use => use.Item1.Length > 0);

    internal void Build(StackBuilder stack)
    {
        var id = LogicalId;
        stack.Resource(id, "AWS::ElasticLoadBalancingV2::Listener", new MapValue
        {
            ["LoadBalancerArn"] = Fn.Ref("LoadBalancer"),
            ["Port"] = Port,
            ["Protocol"] = Protocol,
            ["SslPolicy"] = Value.Of(SslCertificates.IsEmpty || SslPolicy.Length == 0 ? null : SslPolicy),
            ["Certificates"] = Value.OfMany(SslCertificates.Take(1).Select((c, i) => Certificate(stack, c, i))),
            ["DefaultActions"] = Value.List(Redirect?.ToAction() ?? Forward(TargetGroup)),
        }, Location);
        BuildFurtherCertificates(stack);
        foreach (var rule in ListenerRules.Where(r => r.IsEnabled))
            rule.Build(stack, id);
    }

    // A listener itself takes one certificate; the others are attached to it.
    private void BuildFurtherCertificates(StackBuilder stack)
    {
        if (SslCertificates.Length < 2)
            return;
        var refs = string.Concat(SslCertificates.Skip(1).Select(c => c.Text));
        stack.Resource($"{LogicalId}Certificate{Names.Md5(refs)}", "AWS::ElasticLoadBalancingV2::ListenerCertificate", new MapValue
        {
            ["ListenerArn"] = Fn.Ref(LogicalId),
            ["Certificates"] = Value.List(SslCertificates.Skip(1).Select((c, i) => Certificate(stack, c, i + 1))),
        }, Location);
    }

    private MapValue Certificate(StackBuilder stack, Ref certificate, int index) =>
        new MapValue { ["CertificateArn"] = stack.Input($"SSLCertificateIdL{Names.LogicalId(Name)}C{index}", certificate.Output("arn")) };

    internal static MapValue Forward(string targetGroup) =>
        new() { ["Type"] = "forward", ["TargetGroupArn"] = Fn.Ref($"TargetGroup{Names.LogicalId(targetGroup)}") };
}

/// <summary>A permanent redirect of everything that comes to a listener.</summary>
public sealed class PortRedirect(Fields f) : Model(f)
{
    public Given<int>? Port { get; } = f.Int("port", "The other port; the listener's own by default.", min: 1, max: 65535);

    public string? Protocol { get; } =
        f.Text("protocol", "The other protocol; the listener's own by default.", Check.OneOf("HTTP", "HTTPS"));

    protected internal override void Rules(Fields f)
    {
        if (!f.Has("port") && Protocol is null)
            f.Lacks("port", "a redirect to the same port and protocol would go round in a circle", "port: 443, protocol: HTTPS");
    }

    internal MapValue ToAction() => new()
    {
        ["Type"] = "redirect",
        ["RedirectConfig"] = new MapValue
        {
            ["Port"] = Value.Of(Port is { } port ? $"{port}" : null),
            ["Protocol"] = Value.Of(Protocol),
            ["StatusCode"] = "HTTP_301",
        },
    };
}
