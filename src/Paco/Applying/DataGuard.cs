using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;
using Paco.Clouds;
using Paco.Planning;

namespace Paco.Applying;

/// <summary>
/// What was permitted was permitted for what the plan showed. Where the stack or a value has moved since, the comparison is
/// made again, and a loss of data that the plan did not show is refused.
/// </summary>
internal sealed class DataGuard(ICloudFormation client, PlannedStack planned, RunRetry retry)
{
    /// <summary>Why an update to the planned template must not be sent, or null.</summary>
    public async Task<NodeFailure?> Update(DeployedStack now, IReadOnlyDictionary<string, string> parameters, CancellationToken leave)
    {
        if (IsAsPlanned(now)
            && parameters.All(p => planned.Parameters.GetValueOrDefault(p.Key) is not { } known || known == p.Value
                || known == PlannedValues.Masked))
        {
            return null;
        }
        var after = new TemplateSide(planned.Stack.Template.ToValue(), parameters.ToDictionary(p => p.Key, p => (string?)p.Value));
        return Judge(TemplateDiff.Compare(await Deployed(now, leave), after, ResourceSchemas.Shared));
    }

    /// <summary>Why the stack must not be deleted, or null.</summary>
    public async Task<NodeFailure?> Deletion(DeployedStack now, CancellationToken leave) =>
        IsAsPlanned(now) && planned.Action is NodeAction.Delete or NodeAction.Recreate
            ? null
            : Judge(await retry.Read(planned.Id.Place, () => RemainingResources.Of(client, now, leave), leave));

    // A failed creation may have left things; only what exists counts, not what its template says.
    private NodeFailure? Judge(IEnumerable<ResourceChange> changes)
    {
        var lost = changes.Where(c => c.DestroysData && !WasShown(c)).ToList();
        return lost.Count == 0
            ? null
            : new NodeFailure(
                $"{lost[0].LogicalId} would be {Fate(lost[0])}, which the plan did not show", lost[0].LogicalId, lost[0].Type)
            {
                Hint = "what is deployed has changed since the plan was made: run this again and read the new plan",
            };
    }

    // Who agreed to lose the whole agreed to lose a part of it; not the other way round.
    private bool WasShown(ResourceChange change) => planned.Changes.Any(shown =>
        shown.DestroysData && shown.LogicalId == change.LogicalId && (shown.Loses is null || change.Loses == shown.Loses));

    private static string Fate(ResourceChange lost) => lost switch
    {
        { Loses: { } what } => $"changed and {what} lost",
        { Kind: ChangeKind.Delete } => "deleted and its data lost",
        _ => "replaced and its data lost",
    };

    private bool IsAsPlanned(DeployedStack now) => planned.Deployed is { } then
        && (then.StackId, then.Status, then.LastUpdatedTime) == (now.StackId, now.Status, now.LastUpdatedTime);

    private async Task<TemplateSide> Deployed(DeployedStack now, CancellationToken leave)
    {
        var body = await retry.Read(planned.Id.Place, () => client.GetTemplate(now.StackId, leave), leave);
        return new TemplateSide(TemplateReader.Read(body) ?? [], now.Parameters.ToDictionary(p => p.Key, p => (string?)p.Value));
    }
}
