using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.LoadBalancers;

/// <summary>Takes requests for a host or path and forwards or redirects them.</summary>
public sealed class ListenerRule(Fields f) : Model(f)
{
    public Enablement Enabled { get; } = f.Enabled(false);

    public string? RuleType { get; } = f.Text("rule_type", "What it does with requests.", Check.OneOf("forward", "redirect"));

    public Given<int> Priority { get; } = f.Int("priority", "The rule with the lowest number is asked first.", 1, min: 1, max: 50000);

    public string? Host { get; } = f.Text("host", "The host it takes; * and ? stand for any letters and one letter.", Check.Length(1, 128));

    public ImmutableArray<string> PathPattern { get; } =
        f.Texts("path_pattern", "Paths it takes; * and ? stand for any letters and one letter.", Check.Length(1, 128));

    public string TargetGroup { get; } = f.Text("target_group", "Forward: the target group.", "");

    public string? RedirectHost { get; } = f.Text("redirect_host", "Redirect: the host requests are sent to.");

    public string? RedirectPath { get; } = f.Text("redirect_path", "Redirect: the path requests are sent to; their own by default.",
        Check.Matching("a path that begins with /", "^/"));

    internal bool IsRedirect => RuleType == "redirect";

    protected internal override void Rules(Fields f)
    {
        if (RuleType is null)
            f.Lacks("rule_type", "a rule needs a \"rule_type\"", "forward or redirect");
        else if (IsRedirect && RedirectHost is null && RedirectPath is null)
            f.Lacks("redirect_host", "a redirect needs a \"redirect_host\"");
        else if (!IsRedirect && TargetGroup.Length == 0)
            f.Lacks("target_group", "a rule that forwards needs a \"target_group\"");
        if (Host is null && PathPattern.IsEmpty)
        {
            f.Lacks("host", "a rule needs a \"host\" or a \"path_pattern\", or it would take everything",
                "what no rule takes is the listener's own target_group or redirect");
        }
        if (PathPattern.Length + (Host is null ? 0 : 1) > 5)
            f.Broken("path_pattern", "AWS allows a rule 5 hosts and paths together", "write a second rule");
    }

    internal void Build(StackBuilder stack, string listener) =>
        stack.Resource($"{listener}Rule{Names.LogicalId(Name)}", "AWS::ElasticLoadBalancingV2::ListenerRule", new MapValue
        {
            ["ListenerArn"] = Fn.Ref(listener),
            ["Priority"] = Priority,
            ["Actions"] = Value.List(IsRedirect ? Redirect() : Listener.Forward(TargetGroup)),
            ["Conditions"] = Value.OfMany(Conditions()),
        }, Location);

    private IEnumerable<Value> Conditions()
    {
        if (Host is not null)
            yield return new MapValue { ["Field"] = "host-header", ["Values"] = Value.List(Host) };
        if (!PathPattern.IsEmpty)
            yield return new MapValue { ["Field"] = "path-pattern", ["Values"] = Value.OfMany(PathPattern) };
    }

    private MapValue Redirect() => new()
    {
        ["Type"] = "redirect",
        ["RedirectConfig"] = new MapValue
        {
            ["Host"] = Value.Of(RedirectHost),
            ["Path"] = Value.Of(RedirectPath),
            ["StatusCode"] = "HTTP_301",
        },
    };
}
