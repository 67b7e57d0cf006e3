namespace Paco.Cli.Tests.Golden;

/// <summary>One thing that is not as the original made it: where, what, and both values (null where it is not there).</summary>
internal sealed record Difference(string Stack, string What, string? Golden, string? Ours)
{
    public override string ToString() => $"{Stack} | {What} | {Golden ?? "-"} -> {Ours ?? "-"}";

    public static IEnumerable<Difference> Between(IReadOnlyDictionary<string, StackFacts> golden,
        IReadOnlyDictionary<string, StackFacts> ours)
    {
        foreach (var name in golden.Keys.Union(ours.Keys).Order(StringComparer.Ordinal))
        {
            var (was, now) = (golden.GetValueOrDefault(name), ours.GetValueOrDefault(name));
            if (was is null || now is null)
            {
                yield return new(name, "stack", was?.Ref, now?.Ref);
            }
            else
            {
                foreach (var difference in Between(was, now))
                    yield return difference;
            }
        }
    }

    private static IEnumerable<Difference> Between(StackFacts was, StackFacts now) =>
    [
        .. One(was.Name, "account", was.Account, now.Account),
        .. One(was.Name, "region", was.Region, now.Region),
        .. One(was.Name, "enabled", $"{was.Enabled}", $"{now.Enabled}"),
        .. One(was.Name, "ref", was.Ref, now.Ref),
        .. Maps(was.Name, "parameter", was.Parameters, now.Parameters),
        .. Maps(was.Name, "output", was.Outputs,
            now.Outputs.ToDictionary(o => o.Key, o => Answers(o.Value, was.Outputs.GetValueOrDefault(o.Key)))),
        .. Maps(was.Name, "tag", was.Tags, now.Tags),
        .. was.Resources.Keys.Union(now.Resources.Keys)
            .SelectMany(id => Resources(was.Name, id, was.Resources.GetValueOrDefault(id), now.Resources.GetValueOrDefault(id))),
    ];

    // An output may answer further references than the one it did.
    private static string Answers(string refs, string? known) => known is not null && refs.Split(',').Contains(known) ? known : refs;

    private static IEnumerable<Difference> Resources(string stack, string id, ResourceFacts? was, ResourceFacts? now) => (was, now) switch
    {
        ({ } w, { } n) when w.Type == n.Type =>
            [
                .. Maps(stack, $"resource {id} {w.Type}", w.CreateOnly, n.CreateOnly),
                .. One(stack, $"resource {id} DeletionPolicy", w.DeletionPolicy, n.DeletionPolicy),
            ],
        _ => [new(stack, $"resource {id}", was?.Type, now?.Type)],
    };

    private static IEnumerable<Difference> Maps(string stack, string what, IReadOnlyDictionary<string, string> was,
        IReadOnlyDictionary<string, string> now) =>
        was.Keys.Union(now.Keys).SelectMany(key => One(stack, $"{what} {key}", was.GetValueOrDefault(key), now.GetValueOrDefault(key)));

    private static IEnumerable<Difference> One(string stack, string what, string? was, string? now) =>
        was == now ? [] : [new(stack, what, was, now)];
}
