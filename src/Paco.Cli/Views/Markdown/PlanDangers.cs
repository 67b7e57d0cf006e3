using Paco.CloudFormation;
using Paco.Planning;
using Paco.Planning.Security;

namespace Paco.Cli.Views.Markdown;

/// <summary>
/// What nobody may overlook in a plan, the gravest first, each a line of Markdown: what keeps it from being done, what is lost, what AWS
/// objects to, what is interrupted, what is opened.
/// </summary>
internal static class PlanDangers
{
    public static IEnumerable<string> Of(Plan plan) =>
    [
        .. plan.Problems.Select(p => MarkdownText.Sentence(PlanMarkdown.WithHint(p.Message, p.Hint))),
        .. plan.Nodes.Where(n => n.Action == NodeAction.Refused)
            .Select(n => $"{Where(n)} cannot be done: {MarkdownText.Sentence(n.Reason ?? "")}"),
        .. plan.Destructive.Select(Loss),
        .. plan.Nodes.OfType<PlannedStack>().Where(s => s.IsObjectedTo)
            .Select(s => $"{Where(s)} {MarkdownText.Sentence(s.Reason!)}"),
        .. Taken(plan),
        .. ConsequenceView.Grave(plan).Select(g =>
            $"{Where(g.Stack)} {MarkdownText.Code(g.Change.LogicalId)} {MarkdownText.Sentence(g.Consequence.Text)}"),
        .. SecuritySummary.Of(plan).Where(c => c.Danger != Danger.None)
            .Select(c => $"{Where(c.Stack)} {MarkdownText.Code(
                $"{(c.IsAdded ? "+" : "-")} {c.Access.Holder}  {c.Access.Say(Access.Some)}")} **{c.Mark}**"),
        .. Drifted(plan),
    ];

    private static string Where(PlannedNode node) =>
        $"{MarkdownText.Code(node.Node.Title)} ({MarkdownText.Sentence(node.Id.Place.ToString())})";

    private static string Loss(PlannedNode node)
    {
        var lost = node is PlannedStack stack
            ? string.Join(", ", stack.Changes.Where(c => c.DestroysData).Select(c => $"{MarkdownText.Code(c.LogicalId)} {Becomes(c)}"))
            : "";
        return $"{Where(node)} **{MarkdownText.Sentence(PlanView.Loss(node))}**{(lost.Length == 0 ? "" : $": {lost}")}";
    }

    private static string Becomes(ResourceChange change) => change switch
    {
        { IsRecreated: true } => "is made anew, empty",
        { Kind: ChangeKind.Replace, MayBeReplaced: true } => "may be replaced",
        { Kind: ChangeKind.Replace } => "is replaced",
        { Kind: ChangeKind.Delete } => "is deleted",
        _ => "is changed",
    };

    private static IEnumerable<string> Taken(Plan plan) =>
        from stack in plan.Nodes.OfType<PlannedStack>()
        from change in stack.Changes
        where change.NameIsTaken
        select $"{Where(stack)} {MarkdownText.Code(change.LogicalId)} {MarkdownText.Sentence(change.Remark ?? "has a name that is taken")}";

    private static IEnumerable<string> Drifted(Plan plan) => (plan.Drift?.Stacks ?? []).SelectMany(s => s.Failure is { } why
        ? [$"{MarkdownText.Code(s.Title)} could not be looked at: {MarkdownText.Sentence(why)}"]
        : s.Resources.Where(r => r is { IsDeleted: true, HoldsData: true }).Select(r =>
            $"{MarkdownText.Code(s.Title)} {MarkdownText.Code(r.LogicalId)} was deleted outside Paco, and its data with it"));
}
