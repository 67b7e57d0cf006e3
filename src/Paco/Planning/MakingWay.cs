using System.Collections.Immutable;
using System.Globalization;
using Paco.CloudFormation;
using Paco.CloudFormation.Types;

namespace Paco.Planning;

/// <summary>
/// What AWS lets stand only once and a change would make twice, for a moment: in two steps of one run, where something can give way, and
/// else not at all. First the stack is brought to what the project says without what waits for a place; then that comes as well.
/// </summary>
internal static class MakingWay
{
    /// <summary>The planned update in as many steps as it takes, or refused with the way out.</summary>
    public static PlannedStack Of(PlannedStack planned, TemplateSide before)
    {
        var collisions = Collision.In(before, planned.Changes);
        if (collisions.IsEmpty)
            return planned;
        var way = new Way(planned, before, collisions);
        return Refusal(collisions) is { } refusal ? DeployedStacks.Refused(planned, refusal)
            : way.Obstacle is { } obstacle ? DeployedStacks.Refused(planned, obstacle)
            : way.Planned();
    }

    private static string? Refusal(ImmutableArray<Collision> collisions) =>
        collisions.FirstOrDefault(c => c.IsTwice) is { } twice
            ? $"{twice.Change.LogicalId} and {twice.Holder} would both have {twice.Place}, which AWS lets one have: give one of them another"
        : collisions.FirstOrDefault(c => c.IsByName) is { IsWithItself: true } named ? Named(named)
        : collisions.FirstOrDefault(c => c.IsByName) is { } other
            ? $"{other.Change.LogicalId} would have {other.Place} while {other.Holder} still has it: take {other.Holder} out in a run of its "
                + "own, then write the other"
        : null;

    // What AWS says when it tries: "cannot update a stack when a custom-named resource requires replacing".
    private static string Named(Collision collision)
    {
        var (change, facts) = (collision.Change, ResourceFacts.Of(collision.Change.Type));
        var causes = string.Join(", ", change.Properties.Where(p => p.ForcesReplacement)
            .Select(p => $"{p.Path}: {p.Before ?? "none"} → {p.After ?? "none"}{FixedProperties.Line(p)}"));
        var name = TemplateDiff.Text(change.After?[facts.NameProperty!]);
        return $"AWS does not replace {change.LogicalId} under the name it has{(name is null ? "" : $", {name}")} "
            + $"({causes}): {facts.Anew ?? "write it anew under another name"}";
    }

    /// <summary>What gives way in a stack, and what waits.</summary>
    private sealed class Way(PlannedStack planned, TemplateSide before, ImmutableArray<Collision> collisions)
    {
        private readonly HashSet<string> _movers = [.. collisions.Select(c => c.Change.LogicalId)];
        private readonly HashSet<string> _holders = [.. collisions.Select(c => c.Holder)];
        private readonly Dictionary<string, int> _parked = [];

        // Not in the first step: what is new, what takes the place of its own predecessor, what neither can stay nor be parked, and what
        // ties one of these to others.
        private HashSet<string> Absent => field ??=
            WithTies([.. collisions.Select(c => c.Change).Where(IsAbsent).Select(c => c.LogicalId)]);

        /// <summary>Why nothing can be done, or null.</summary>
        public string? Obstacle =>
            Absent.Select(Blocking).FirstOrDefault(why => why is not null);

        public PlannedStack Planned()
        {
            var template = planned.Stack.Template;
            var first = planned.StackNode with
            {
                Stack = planned.Stack with
                {
                    Template = template with
                    {
                        Resources = [.. template.Resources.Where(r => !Absent.Contains(r.LogicalId)).Select(InFirstStep)],
                        Outputs = [.. template.Outputs.Where(o => !TemplateReferences.In(o.Value).Any(Absent.Contains))],
                    },
                },
            };
            return planned with
            {
                First = new InterimUpdate(first, TemplateWriter.ToYaml(first.Stack.Template.ToValue()), [])
                {
                    Gone = [.. Absent.Where(id => before.Resources[id] is not null).Order(StringComparer.Ordinal)],
                },
                Changes = [.. planned.Changes.Select(Remarked), .. Ties()],
            };
        }

        private bool IsAbsent(ResourceChange change) => change.Kind != ChangeKind.Update
            || (_holders.Contains(change.LogicalId) && ResourceFacts.Of(change.Type).Spare is null);

        private HashSet<string> WithTies(HashSet<string> absent)
        {
            var users = planned.Stack.Template.Resources
                .SelectMany(r => TemplateReferences.In((r with { DependsOn = [] }).ToValue()), (r, used) => (used, r.LogicalId))
                .ToLookup(u => u.used, u => u.LogicalId, StringComparer.Ordinal);
            for (var open = absent.ToList(); open.Count > 0;)
                open = [.. open.SelectMany(id => users[id]).Where(absent.Add)];
            return absent;
        }

        // What is not there yet can wait. What is there and has to go must be nothing that people miss.
        private string? Blocking(string id)
        {
            var resource = planned.Stack.Template.Find(id)!;
            var facts = ResourceFacts.Of(resource.Type);
            if (before.Resources[id] is null || facts.IsTie)
                return null;
            if (_movers.Contains(id))
                return resource.HoldsData ? $"{Taken(id)}, and holds data: {facts.Anew ?? "write it anew under another name"}" : null;
            var mover = collisions.First(c => Absent.Contains(c.Change.LogicalId)).Change.LogicalId;
            return $"{Taken(mover)}, and {id} cannot do without it: write it anew under another name, then take the old one out";
        }

        private string Taken(string id)
        {
            var collision = collisions.First(c => c.Change.LogicalId == id);
            return collision.IsWithItself
                ? $"AWS makes the new {id} before the old one goes, and one of them can have {collision.Place}; the old one would have to go first"
                : $"{id} would have to go before {collision.Holder} can give up {collision.Place}";
        }

        private Resource InFirstStep(Resource resource) => resource with
        {
            DependsOn = resource.DependsOn.RemoveAll(Absent.Contains),
            Properties = !_movers.Contains(resource.LogicalId) ? resource.Properties
                : _holders.Contains(resource.LogicalId) ? Parked(ChangeOf(resource), resource)
                : HeldBack(ChangeOf(resource), resource),
        };

        private ResourceChange ChangeOf(Resource resource) => planned.Changes.First(c => c.LogicalId == resource.LogicalId);

        private MapValue Parked(ResourceChange change, Resource resource) =>
            resource.Properties.With(ResourceFacts.Of(change.Type).Spare!.Property, SpareOf(change));

        private MapValue HeldBack(ResourceChange change, Resource resource) => collisions
            .Where(c => c.Change.LogicalId == change.LogicalId).SelectMany(c => c.Unique.Within.Concat(c.Unique.Keys)).Distinct()
            .Where(property => change.Properties.Any(p => p.Top == property))
            .Aggregate(resource.Properties, (properties, name) => properties.With(name, change.Before?[name]));

        private int SpareOf(ResourceChange change)
        {
            if (_parked.TryGetValue(change.LogicalId, out var known))
                return known;
            var spare = ResourceFacts.Of(change.Type).Spare!;
            var used = before.Resources.Select(r => r.Value).Concat(planned.Stack.Template.Resources.Select(r => r.ToValue()))
                .Select(r => TemplateDiff.Text(((r as MapValue)?["Properties"] as MapValue)?[spare.Property])).ToHashSet();
            return _parked[change.LogicalId] = Enumerable.Range(0, spare.To - spare.From + 1).Select(n => spare.To - n)
                .First(n => !used.Contains(n.ToString(CultureInfo.InvariantCulture)) && !_parked.ContainsValue(n));
        }

        private ResourceChange Remarked(ResourceChange change)
        {
            if (!_movers.Contains(change.LogicalId) && !Absent.Contains(change.LogicalId))
                return change;
            var holder = collisions.FirstOrDefault(c => c.Change.LogicalId == change.LogicalId)?.Holder;
            var how = Absent.Contains(change.LogicalId)
                ? before.Resources[change.LogicalId] is null
                    ? $"comes in a second step, when {holder ?? "what it needs"} has gone from there"
                    : $"goes first and comes anew in a second step: there is none for about {Seconds(change)} s"
                : _holders.Contains(change.LogicalId)
                    ? $"moves in two steps, by way of {ResourceFacts.Of(change.Type).Spare!.Property} {SpareOf(change)}"
                    : $"moves in a second step, when {holder} has gone from there";
            return change with { Remark = change.Remark is { } remark ? $"{remark}; {how}" : how };
        }

        // What is as it was, and goes and comes with what it ties.
        private IEnumerable<ResourceChange> Ties() =>
            from id in Absent.Order(StringComparer.Ordinal)
            where planned.Changes.All(c => c.LogicalId != id) && before.Resources[id] is MapValue
            let resource = planned.Stack.Template.Find(id)!
            select Remarked(new ResourceChange(id, resource.Type, ChangeKind.Replace, [])
            {
                Source = resource.Source,
                Before = TemplateDiff.Resolve(resource.Properties, before),
            });

        private static double Seconds(ResourceChange change) =>
            (ResourceFacts.Of(change.Type).Takes(ChangeKind.Delete) + ResourceFacts.Of(change.Type).Takes(ChangeKind.Create)).TotalSeconds;
    }
}
