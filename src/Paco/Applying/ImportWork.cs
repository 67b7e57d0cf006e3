using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Planning;

namespace Paco.Applying;

/// <summary>
/// Taking over what exists already. CloudFormation takes only what its template keeps for good (<c>DeletionPolicy: Retain</c>),
/// so it is taken over with a template that says so, and the project's own template follows as an update. A run that is killed
/// in between is finished by the next as any update is.
/// </summary>
internal static class ImportWork
{
    // CloudFormation makes no update of which only a policy is new; a word beside the resource makes it one.
    private const string Marker = "PacoImport";

    /// <summary>The planned template with what exists kept.</summary>
    public static string Body(PlannedStack planned)
    {
        var taken = planned.Imports.ToHashSet(StringComparer.Ordinal);
        var template = planned.Stack.Template;
        return TemplateWriter.ToYaml((template with { Resources =
        [
            .. template.Resources.Select(r => taken.Contains(r.LogicalId) ? Kept(r) : r),
        ] }).ToValue());
    }

    /// <summary>The change set that takes over, ready to be executed, or why it must not be.</summary>
    public static async Task<(ChangeSet Set, NodeFailure? Failure)> Prepare(ChangeSetMaker sets, PlannedStack planned, StackRequest request,
        bool isNew, CancellationToken leave)
    {
        var wanted = sets.Request(request, "import",
            isNew ? ChangeSetType.Create : ChangeSetType.Update) with { ImportExistingResources = true };
        var set = await sets.Make(wanted, leave);
        return (set, Objection(set, planned) is { } why
            ? new NodeFailure(why) { Hint = "nothing was changed; plan again and look" }
            : null);
    }

    private static string? Objection(ChangeSet set, PlannedStack planned)
    {
        if (set.Status != "CREATE_COMPLETE")
            return set.StatusReason ?? set.Status;
        var news = set.Changes.Where(c => c.Action == "Import" && !planned.Imports.Contains(c.LogicalResourceId))
            .Select(c => c.LogicalResourceId).ToList();
        return news.Count == 0 ? null : $"{string.Join(", ", news)} came to exist since the plan was made, and would be taken over too";
    }

    private static Resource Kept(Resource resource) => resource with
    {
        DeletionPolicy = DeletionPolicy.Retain,
        UpdateReplacePolicy = DeletionPolicy.Retain,
        Metadata = (resource.Metadata ?? []).With(Marker, "taken over"),
    };
}
