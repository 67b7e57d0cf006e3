using System.Collections.Frozen;
using System.Collections.Immutable;
using Paco.Binding;
using Paco.Monitoring;
using Paco.Resources.Dns;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Project;

/// <summary>
/// Resource types of Paco 9 that have no room so far, with what the names of their stacks end in. Projects that use them load, and the
/// resource is left out; its stacks, where they are deployed, are nobody's orphans. A type leaves this table when it gets its room.
/// </summary>
internal static class NotBuiltTypes
{
    private static readonly FrozenDictionary<string, ImmutableArray<string>> Suffixes = new Dictionary<string, ImmutableArray<string>>
    {
        ["ApiGatewayRestApi"] = ["ApiGatewayRestApi", "ApiGatewayLamdaPermission"],
        ["CloudFront"] = [],
        ["CognitoIdentityPool"] = ["CIP"],
        ["CognitoUserPool"] = ["CUP"],
        ["DynamoDB"] = ["DynamoDB"],
        ["EC2"] = [],
        ["ECSCluster"] = ["ECSCluster"],
        ["ECSServices"] = ["ECS-Services"],
        ["ElastiCacheRedis"] = ["redis-ElastiCache"],
        ["ElasticsearchDomain"] = ["ESDomain"],
        ["EventsRule"] = ["EventsRule"],
        ["IAMRole"] = [],
        ["IoTAnalyticsPipeline"] = ["iot-analytics-Role", "IoTAnalyticsPipeline"],
        ["IoTPolicy"] = [],
        ["IoTTopicRule"] = ["iot-topic-rule-Role", "IoTTopicRule"],
        ["Lambda"] = ["iam-role-Role", "Lambda", "LambdaSNSSubs"],
        ["ManagedPolicy"] = [],
        ["PinpointApplication"] = ["PinpointApp"],
        ["Route53HealthCheck"] = [],
        ["WAFIPSet"] = [],
        ["WAFWebACL"] = ["WAFWebACL"],
    }.ToFrozenDictionary();

    public static IEnumerable<string> All => Suffixes.Keys;

    public static bool Contains(string type) => Suffixes.ContainsKey(type);

    /// <summary>What follows the resource's own name in the names of its stacks.</summary>
    public static IEnumerable<string> SuffixesOf(UnbuiltResource resource, BuildScope scope) => resource.Type switch
    {
        "CloudFront" => resource.Keys("factory").Select(factory => $"{factory}-CloudFront"),
        "ECSServices" => Suffixes[resource.Type].Prepend($"{scope.Environment?.NetworkEnvironment}-ECSTaskExecution-Role"),
        "IAMRole" => [$"{resource.Name}-Role"],
        _ => Suffixes.GetValueOrDefault(resource.Type, []),
    };
}

/// <summary>A resource this version reads only: of a type that comes later, or of one nobody knows.</summary>
internal sealed class UnbuiltResource : AppResource, IWatched
{
    private readonly MapNode? _written;
    private readonly ImmutableArray<Dns> _names;
    private readonly MonitorConfig? _monitoring;

    public UnbuiltResource(Fields f)
        : base(f)
    {
        _written = f.Node;
        _names = f.List("dns", "Names that lead to it.", x => new Dns(x));
        _monitoring = f.Object("monitoring", "What is watched of it.", x => new MonitorConfig(x, f.Peek("type")));
        f.IgnoreRest();
    }

    public override Knowledge Knowledge => NotBuiltTypes.Contains(Type) ? Knowledge.NotBuiltYet : Knowledge.Unknown;

    // Of what it measures only the alarms' stack matters so far.
    IEnumerable<Watched> IWatched.Watched => [new("", this, "", [], _monitoring)];

    /// <summary>The names of the objects below a field.</summary>
    public IEnumerable<string> Keys(string field) => (_written?[field] as MapNode)?.Entries.Select(e => e.Key) ?? [];

    protected internal override void Build(BuildScope scope)
    {
        foreach (var region in Regions(scope))
        {
            foreach (var suffix in NotBuiltTypes.SuffixesOf(this, scope))
                scope.NotBuilt(this, [suffix], region: region);
        }
        if (Type == "ManagedPolicy" && _written?["policy_name"] is ScalarNode policy)
            (scope with { OwnNames = [.. scope.OwnNames.SkipLast(1)] }).NotBuilt(this, [policy.Value, "Policy"]);
        if (Type == "ElasticsearchDomain")
            (scope with { OwnNames = [] }).NotBuilt(this, ["esamazonawscom", "SLRole"]);
        foreach (var name in _names)
            scope.Build.Add(RecordSets.NotBuilt(scope, this, name));
    }

    // Some types take a region of their own, and what CloudFront uses stands in its.
    private IEnumerable<string> Regions(BuildScope scope)
    {
        var written = _written?["region"] is ScalarNode { Value: var region } && Clouds.Regions.IsKnown(region) ? region : null;
        return new[] { written, scope.Place.Region, scope.Place.Partition.GlobalRegion }.OfType<string>().Distinct();
    }
}
