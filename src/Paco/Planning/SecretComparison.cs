using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// Whether the secret values of a deployed stack are still those of the project. CloudFormation tells them to nobody, but it compares: a
/// change set of the deployed template with the project's secrets and all else as it is is empty where they are the same. Nothing is kept
/// for it anywhere (decision 0021).
/// </summary>
internal sealed class SecretComparison(ICloud cloud, PlanOptions options)
{
    /// <summary>Those that change or may have changed; none of those known to be the same.</summary>
    /// <param name="values">Values as they are sent, secrets among them.</param>
    public async Task<ImmutableArray<SecretChange>> Compare(Stack stack, DeployedStack deployed, IValues values, CancellationToken cancel)
    {
        var wanted = await Wanted(stack, deployed, values);
        if (wanted.Count == 0)
            return [];
        var hidden = wanted.RemoveRange(wanted.Keys.Where(name => deployed.Parameters[name] != PlannedValues.Masked));
        var sets = new ChangeSetMaker(cloud.CloudFormation(stack.Id.Place), options.Time, ChangeSetMaker.Longest);
        var (changed, doubt) = hidden.IsEmpty ? ([], null) : await Ask(sets, stack, deployed, hidden, cancel);
        var isSent = options.SendSecrets.Any(reference => reference.Length > 0 && new Scope(reference).Covers(stack.Ref));
        return
        [
            .. from parameter in stack.Parameters
               where wanted.ContainsKey(parameter.Name)
               let isKnown = hidden.ContainsKey(parameter.Name)
                   ? changed.Contains(parameter.Name)
                   : deployed.Parameters[parameter.Name] != wanted[parameter.Name]
               where isKnown || (doubt is not null && hidden.ContainsKey(parameter.Name))
               select new SecretChange(parameter.Name, isKnown, isKnown || isSent, isKnown ? null : doubt)
               {
                   Source = parameter.Source.Written,
                   Receivers = ParameterUses.Of(Resources(stack), parameter.Name),
               },
        ];
    }

    /// <summary>The parameters whose deployed value is another, or why CloudFormation does not say.</summary>
    /// <param name="values">The values of parameters that the deployed stack has.</param>
    public async Task<(ImmutableHashSet<string> Changed, string? Doubt)> Ask(ChangeSetMaker sets, Stack stack, DeployedStack deployed,
        IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        if (StatusDecisions.Of(deployed.Status) != StatusDecision.Update)
            return ([], $"the stack is in {deployed.Status.ToWire()}; it is compared when that has ended, and sent where it is another");
        if (!options.ChangeSets)
            return ([], "CloudFormation is not to be asked");
        try
        {
            var set = await sets.Make(sets.Request(Question(stack, deployed, values), "secrets"), cancel);
            await sets.Drop(set.Id, CancellationToken.None);
            return set switch
            {
                { IsEmpty: true } => ([], null),
                { Status: "FAILED" } => ([], $"CloudFormation does not compare them: {set.StatusReason}"),
                _ => (Changed(set, stack, values.Keys), null),
            };
        }
        catch (CloudException e) when (e.Kind is CloudErrorKind.AccessDenied or CloudErrorKind.Unsupported or CloudErrorKind.Refused)
        {
            return ([], e.Kind switch
            {
                CloudErrorKind.AccessDenied => $"comparing them needs {e.Operation}, which is denied",
                CloudErrorKind.Unsupported => "this cloud makes no change sets",
                // Not AWS's own words: they may quote what was sent.
                _ => $"CloudFormation does not compare them ({e.Code})",
            });
        }
    }

    /// <summary>A deployed side without what is secret now and was not masked when it was deployed.</summary>
    public static TemplateSide Masked(TemplateSide before, Stack stack)
    {
        var secrets = stack.Parameters.Where(p => p.NoEcho).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        return secrets.Count == 0
            ? before
            : before with
            {
                Parameters = before.Parameters.ToDictionary(p => p.Key, p => secrets.Contains(p.Key) ? PlannedValues.Masked : p.Value),
            };
    }

    /// <summary>The changes, with the lines the secrets among them are written on.</summary>
    public static ImmutableArray<ResourceChange> Placed(ImmutableArray<ResourceChange> changes, ImmutableArray<SecretChange> secrets)
    {
        if (secrets.IsEmpty)
            return changes;
        var lines = secrets.SelectMany(s => s.Receivers, (s, place) => (place, s.Source)).ToLookup(x => x.place, x => x.Source);
        return
        [
            .. changes.Select(c => c with
            {
                Properties =
                [
                    .. c.Properties.Select(p => lines[new PropertyPlace(c.LogicalId, p.Path)].ToList() is [{ IsNone: false } line]
                        ? p with { Source = line }
                        : p),
                ],
            }),
        ];
    }

    // Of what is deployed and stays a matter of the project. What only this run will make is not known yet, and the plan says so.
    private static async Task<ImmutableSortedDictionary<string, string>> Wanted(Stack stack, DeployedStack deployed, IValues values)
    {
        var wanted = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var parameter in stack.Parameters.Where(p => p.NoEcho && !p.Source.Keeps(p.Source.Origin)))
        {
            if (deployed.Parameters.ContainsKey(parameter.Name) && await parameter.Source.Value(values) is { } value)
                wanted[parameter.Name] = value;
        }
        return wanted.ToImmutable();
    }

    private static StackRequest Question(Stack stack, DeployedStack deployed, IReadOnlyDictionary<string, string> values) => new()
    {
        StackName = stack.Id.Name,
        Template = TemplateSource.Deployed,
        Parameters =
        [
            .. deployed.Parameters.Keys.Select(name => values.TryGetValue(name, out var value)
                ? new StackParameter(name, value) { IsSecret = true }
                : new StackParameter(name, null, UsePreviousValue: true)),
        ],
        Capabilities = [.. deployed.Capabilities.Union(stack.Capabilities)],
        ClientRequestToken = "",
    };

    // A cloud that names no cause still names the property.
    private static ImmutableHashSet<string> Changed(ChangeSet set, Stack stack, IEnumerable<string> names)
    {
        var details = set.Changes.SelectMany(c => c.Details, (c, d) => (c.LogicalResourceId, Detail: d)).ToList();
        var causes = details.Select(d => d.Detail.CausingEntity).ToHashSet();
        var known = names.Where(causes.Contains).ToImmutableHashSet(StringComparer.Ordinal);
        if (!known.IsEmpty)
            return known;
        var touched = details.Where(d => d.Detail is { Attribute: "Properties", CausingEntity: null })
            .Select(d => (d.LogicalResourceId, d.Detail.Name)).ToHashSet();
        return [.. names.Where(name => ParameterUses.Of(Resources(stack), name)
            .Any(place => touched.Contains((place.LogicalId, place.Path.Split('.', '[')[0]))))];
    }

    private static MapValue Resources(Stack stack) => stack.Template.ToValue()["Resources"] as MapValue ?? [];
}
