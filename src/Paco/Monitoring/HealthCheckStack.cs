using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Monitoring;

/// <summary>
/// The stack of a health check and its alarm. Route 53 measures in one region only, so it is there, whatever region the application is
/// in, and so are the topics. It is there, and empty, while the check is off.
/// </summary>
internal sealed class HealthCheckStack(HealthCheck check, BuildScope scope, StackBuilder stack)
{
    private const string Suffix = "Route53HealthCheck";
    private const string AlarmId = "HealthCheckAlarm";

    // Less than 18 of a hundred checkers is what Route 53 itself takes for unhealthy.
    private const int UnhealthyPercentage = 18;
    private const int Minute = 60;

    private string CheckId => $"{Suffix}{Names.LogicalId(check.Name)}";

    public static void Build(HealthCheck check, Model application, BuildScope scope, params ReadOnlySpan<Notifications?> sayers)
    {
        var there = scope with { Place = scope.Place with { Region = scope.Place.Partition.GlobalRegion } };
        var stack = there.Stack(new NodeId(there.Place, Name(check, scope)), application.Path, scope.Titled($"health check {check.Name}"),
            application.IsEnabled, check.Location);
        stack.Tags = [.. scope.Tags, new("Paco-Application-HealthCheck-Name", check.Name)];
        stack.ChangeProtected = scope.ChangeProtected || check.ChangeProtected;
        if (check.IsEnabled)
            new HealthCheckStack(check, there, stack).Build(application.Path, scope.Place.Region, [check.Notifications, .. sayers]);
    }

    // An application in several regions has all of its checks in one: the first keeps the name that deployed stacks have.
    private static string Name(HealthCheck check, BuildScope scope)
    {
        var name = Names.Stack(scope.Prefix, check.Name, Suffix);
        return scope.Build.Claim($"health check {scope.Place.Account} {name}", check.Path) is null
            ? name
            : Names.Stack(scope.Prefix, check.Name, Regions.ShortName(scope.Place.Region), Suffix);
    }

    private void Build(ObjectPath application, string region, ReadOnlySpan<Notifications?> sayers)
    {
        stack.Resource(CheckId, "AWS::Route53::HealthCheck", new MapValue
        {
            ["HealthCheckConfig"] = Config(),
            ["HealthCheckTags"] = Value.List(new MapValue { ["Key"] = "Name", ["Value"] = $"{check.Name}-{Suffix}-{region}" }),
        }, check.Location);
        AddAlarm($"{application}.monitoring.health_checks.{check.Name}.{AlarmId}", application, sayers);
    }

    private MapValue Config()
    {
        var isHttp = check.HealthCheckType != "TCP";
        var config = new MapValue
        {
            ["Type"] = check.MatchString is null ? check.HealthCheckType : $"{check.HealthCheckType}_STR_MATCH",
            ["Port"] = check.Port,
            ["ResourcePath"] = isHttp ? Value.Of(check.ResourcePath) : null,
            ["SearchString"] = Value.Of(check.MatchString),
            ["EnableSNI"] = isHttp ? check.EnableSni : null,
            ["FailureThreshold"] = check.FailureThreshold,
            ["RequestInterval"] = new NumberValue(check.RequestIntervalFast ? 10 : 30)
            {
                From = new Origin(check.RequestIntervalFast.Node),
            },
            ["MeasureLatency"] = check.LatencyGraphs,
            ["Regions"] = Value.OfMany(check.HealthCheckerRegions),
        };
        return What() is var (property, value) ? config.With(property, value) : config;
    }

    private (string Property, Value Value)? What() => check switch
    {
        { IpAddress: { } address } => ("IPAddress", Input("IPAddress", address, "address")),
        { LoadBalancer: { } balancer } => ("FullyQualifiedDomainName", Input("FQDNEndpoint", balancer, "dnsname")),
        { DomainName: { } name } => ("FullyQualifiedDomainName", stack.Parameter("FQDNEndpoint", DomainNames.Normal(name))),
        _ => null,
    };

    private Value Input(string parameter, RefOrText value, string output) => value.Ref is { } reference
        ? stack.Input(parameter, reference.Output(output))
        : stack.Parameter(parameter, value.Text!);

    private void AddAlarm(string path, ObjectPath application, ReadOnlySpan<Notifications?> sayers)
    {
        var facts = new AlarmFacts(AlarmId, "health", "critical");
        var told = Notifications.Told(facts.Classification, facts.Severity, sayers);
        stack.Resource(AlarmId, "AWS::CloudWatch::Alarm", new MapValue
        {
            ["ComparisonOperator"] = "LessThanOrEqualToThreshold",
            ["EvaluationPeriods"] = 1,
            ["MetricName"] = "HealthCheckPercentageHealthy",
            ["Namespace"] = "AWS/Route53",
            ["Period"] = Minute,
            ["Statistic"] = "Average",
            ["Threshold"] = UnhealthyPercentage,
            ["TreatMissingData"] = "breaching",
            ["Dimensions"] = Value.List(new MapValue { ["Name"] = "HealthCheckId", ["Value"] = Fn.Ref(CheckId) }),
        }.With(new AlarmTelling(stack, scope).Properties(path, facts, told, check.Location)), check.Location);
        stack.Output(AlarmId, Fn.Ref(AlarmId), path);
        scope.Build.Alarms.Add(new StatedAlarm(stack.Id, AlarmId, path, application, stack.Title, "", check.Name)
        {
            Enabled = true,
            Kind = AlarmKind.HealthCheck,
            Namespace = "AWS/Route53",
            MetricName = "HealthCheckPercentageHealthy",
            Statistic = "Average",
            Comparison = "LessThanOrEqualToThreshold",
            Threshold = UnhealthyPercentage,
            Period = Minute,
            EvaluationPeriods = 1,
            TreatMissingData = "breaching",
            Classification = facts.Classification,
            Severity = facts.Severity,
            Topics = scope.Place,
            Groups = [.. told.Select(t => t.Name)],
            Source = check.Location,
        });
    }
}
