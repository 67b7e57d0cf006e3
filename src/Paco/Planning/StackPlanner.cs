using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>What is to be done with one stack, when everything that gives it values is planned.</summary>
/// <param name="values">What it is given by this run.</param>
internal sealed class StackPlanner(ObjectIndex? objects, ICloud cloud, PlanOptions options, OutputValues producers, PlannedValues values)
{
    private readonly NameCheck _names = new(cloud, options);
    private readonly SecretComparison _secrets = new(cloud, options);

    // The stack as it is to be, held against what is deployed of it.
    private sealed record Comparison(string Body, ImmutableSortedDictionary<string, string?> Parameters, TemplateComparison Templates,
        MovedInputs Inputs, ImmutableArray<SecretChange> Secrets, ImmutableArray<(string, string, string)> NewerImages);

    /// <param name="deployedBody">Its deployed template, where it is compared.</param>
    public async Task<PlannedStack> Plan(StackNode node, string? deployedBody, CancellationToken cancel)
    {
        var deployed = producers.Deployed.GetValueOrDefault(node.Id);
        var decision = StatusDecisions.Of(deployed?.Status);
        if (WithoutLook(node, deployed, decision) is { } decided)
            return decided;
        node = node with { Stack = NumberedIds.Keep(node.Stack, deployedBody) };
        var revealed = values.Revealed(node.Id, cancel);
        var compared = await Compare(node.Stack, deployed, deployedBody, revealed, cancel);
        if (KeptIds.Of(compared.Templates) is { IsEmpty: false } kept)
        {
            node = node with { Stack = KeptIds.Apply(node.Stack, kept) };
            compared = Again(node.Stack, compared);
        }
        var changes = await Changes(node, deployed, decision, compared, cancel);
        if (await FixedProperties.Refuse(node, deployed, changes, cloud, cancel) is { } refused)
            return refused;
        var tagsChange = deployed is not null && !StackTags.AreSame(node.Stack.Tags, deployed.Tags);
        var action = ActionOf(decision, isSame: changes.IsEmpty && !tagsChange && deployedBody == compared.Body
            && SameParameters(compared.Parameters, deployed));
        var planned = new PlannedStack(node, action)
        {
            Deployed = deployed,
            Body = compared.Body,
            Parameters = compared.Parameters,
            Changes = changes,
            Secrets = compared.Secrets,
            TagsChange = tagsChange,
            NewerImages = compared.NewerImages,
            Reason = action == NodeAction.Settle ? $"{deployed!.Status.ToWire()}: waits for its end first" : Emptied(node.Stack, action),
        };
        if (action == NodeAction.Update && options.ChangeSets)
            planned = await ChangeSetCheck.Ask(cloud, planned, revealed, options.Time, cancel);
        if (action == NodeAction.Update)
            planned = MakingWay.Of(planned, compared.Templates.Before);
        return planned.Action == NodeAction.Refused ? planned : Followed(planned, compared.Templates, compared.Inputs);
    }

    private static PlannedStack? WithoutLook(StackNode node, DeployedStack? deployed, StatusDecision decision) => decision switch
    {
        StatusDecision.Create when !node.Stack.Enabled => DeployedStacks.Planned(node, NodeAction.Absent, deployed),
        _ when node.Stack.ChangeProtected && deployed is not null => DeployedStacks.Planned(node, NodeAction.Protected, deployed),
        StatusDecision.Refuse => DeployedStacks.Planned(node, NodeAction.Refused, deployed) with
        {
            Reason = $"{deployed!.Status.ToWire()}: {StatusDecisions.Remedy(deployed.Status)}",
        },
        _ => null,
    };

    private async Task<Comparison> Compare(Stack stack, DeployedStack? deployed, string? deployedBody, IValues revealed,
        CancellationToken cancel)
    {
        var before = SecretComparison.Masked(DeployedStacks.Side(deployedBody, deployed), stack);
        var images = ImmutableArray.CreateBuilder<(string, string, string)>();
        var secrets = deployedBody is null ? [] : await _secrets.Compare(stack, deployed!, revealed, cancel);
        var parameters = (await Parameters(stack, deployed, before, images, cancel))
            .SetItems(secrets.Select(s => KeyValuePair.Create(s.Parameter, (string?)s.Shown)));
        var template = stack.Template.ToValue();
        var inputs = MovedInputs.Of(stack.Parameters.Where(p => parameters[p.Name] is null).Select(p => (p.Name, p.Source)), producers);
        var compared = TemplateDiff.Whole(before, new TemplateSide(template, parameters) { Undecided = inputs.Undecided },
            ResourceSchemas.Shared);
        return new Comparison(TemplateWriter.ToYaml(template), parameters, compared, inputs, secrets, images.DrainToImmutable());
    }

    // The same values in a template that says the same under other logical ids.
    private static Comparison Again(Stack stack, Comparison compared)
    {
        var template = stack.Template.ToValue();
        var (before, after) = (compared.Templates.Before, compared.Templates.After);
        return compared with
        {
            Body = TemplateWriter.ToYaml(template),
            Templates = TemplateDiff.Whole(before, new TemplateSide(template, compared.Parameters) { Undecided = after.Undecided },
                ResourceSchemas.Shared),
        };
    }

    private async Task<ImmutableArray<ResourceChange>> Changes(StackNode node, DeployedStack? deployed, StatusDecision decision,
        Comparison compared, CancellationToken cancel)
    {
        var changes = SecretComparison.Placed(Placed(node.Stack, compared.Templates.Changes), compared.Secrets);
        if (decision == StatusDecision.Recreate)
        {
            var remaining = await RemainingResources.Of(cloud.CloudFormation(node.Id.Place), deployed!, cancel);
            changes = RemainingResources.Below(remaining, changes);
        }
        return await _names.Mark(node.Id, changes, compared.Templates.After, cancel);
    }

    private static NodeAction ActionOf(StatusDecision decision, bool isSame) => decision switch
    {
        StatusDecision.Create => NodeAction.Create,
        StatusDecision.Recreate => NodeAction.Recreate,
        StatusDecision.Attach or StatusDecision.ContinueRollback => NodeAction.Settle,
        _ => isSame ? NodeAction.None : NodeAction.Update,
    };

    private static string? Emptied(Stack stack, NodeAction action) =>
        action == NodeAction.Update && !stack.Enabled && stack.Template.Resources.All(r => r.LogicalId == Resource.Placeholder.LogicalId)
            ? "disabled: emptied"
            : null;

    // What CloudFormation alone sees to be replaced moves others as well.
    private PlannedStack Followed(PlannedStack planned, TemplateComparison compared, MovedInputs inputs)
    {
        var known = compared.Changes.Where(c => c.Kind == ChangeKind.Replace).Select(c => c.LogicalId).ToHashSet(StringComparer.Ordinal);
        if (planned.Changes.Any(c => c.Kind == ChangeKind.Replace && !known.Contains(c.LogicalId)))
        {
            compared = FollowedChanges.Of(compared with { Changes = planned.Changes }, ResourceSchemas.Shared);
            planned = planned with { Changes = Placed(planned.Stack, compared.Changes) };
        }
        producers.NoteMoved(planned.StackNode, compared, inputs);
        return planned with { Changes = [.. planned.Changes.Select(inputs.Named)] };
    }

    private ImmutableArray<ResourceChange> Placed(Stack stack, ImmutableArray<ResourceChange> changes) =>
    [
        .. changes.Select(change => change.Source.IsNone
            ? SourceLines.Place(change with { Source = stack.Template.Find(change.LogicalId)?.Source ?? default }, stack, objects)
            : change),
    ];

    private async Task<ImmutableSortedDictionary<string, string?>> Parameters(
        Stack stack, DeployedStack? deployed, TemplateSide before, ImmutableArray<(string, string, string)>.Builder images,
        CancellationToken cancel)
    {
        var given = ImmutableSortedDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        var known = values.For(stack.Id, cancel);
        foreach (var parameter in stack.Parameters)
        {
            var stays = deployed?.Parameters.GetValueOrDefault(parameter.Name) is { } value
                && parameter.Source.Keeps(OriginOf(parameter.Name, before))
                ? value
                : null;
            // What is kept for good is not even asked for; of what is looked up, people want to know that there is something newer.
            var wanted = stays is not null && parameter.Source.Origin is null ? stays : await parameter.Source.Value(known);
            if (stays is not null && wanted is { Length: > 0 } newest && newest != stays)
                images.Add((parameter.Name, stays, newest));
            given[parameter.Name] = stays is not null && !(options.RefreshImages && wanted is { Length: > 0 }) ? stays : wanted;
        }
        return given.ToImmutable();
    }

    private static string? OriginOf(string parameter, TemplateSide before) =>
        ((before.Template["Metadata"] as MapValue)?[Stack.ImagesKey] as MapValue)?[parameter] is TextValue { Text: var origin }
            ? origin
            : null;

    private static bool SameParameters(ImmutableSortedDictionary<string, string?> parameters, DeployedStack? deployed) =>
        deployed is not null
        && parameters.All(p => p.Value is not null && deployed.Parameters.GetValueOrDefault(p.Key) == p.Value);
}
