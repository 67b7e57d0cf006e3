using System.Text;
using Paco.CloudFormation;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Cli.Views.Markdown;

/// <summary>
/// The same plan as a page of Markdown, for a comment below a pull request: what is dangerous first and unfolded, then every stack folded.
/// The lines within the folds are those that people see on a screen.
/// </summary>
internal sealed class PlanMarkdown(Plan plan, ProjectRemarks remarks, string marked, string command)
{
    private const int Danger = 0;
    private const int Warned = 1;
    private const int Changed = 2;
    private const int Remarked = 3;

    public string Text()
    {
        var page = new MarkdownPage(Head(), $"{command} plan{Scoped}");
        Dangers(page);
        Warnings(page);
        Stacks(page);
        Rest(page);
        return page.Text();
    }

    private string Scoped => plan.Scope == Scope.All ? "" : $" {plan.Scope.Path}";

    private string Head()
    {
        var verdict = plan.HasWork ? PlanView.Counts(plan)
            : PlanView.IsBlocked(plan) ? "Nothing can be done before what stands below is seen to."
            : PlanView.NoWork(plan);
        return $"{MarkdownText.Marker(marked)}### Plan of {MarkdownText.Code(plan.Scope.ToString())}\n\n**{verdict}** · {PlanView.Extent(plan)}\n\n";
    }

    private void Dangers(MarkdownPage page)
    {
        var dangers = PlanDangers.Of(plan).ToList();
        if (dangers.Count == 0)
            return;
        page.Always("> [!CAUTION]\n");
        foreach (var danger in dangers)
            page.Add("danger", Danger, $"> - {danger}\n");
        if (AllowDestroyRefs.Of(plan, plan.Destructive) is { Length: > 0 } refs)
            page.Add("permission", Warned, $"> - needs {MarkdownText.Code(PermissionCheck.Permits(refs))}\n");
        page.Always("\n");
    }

    private void Warnings(MarkdownPage page)
    {
        if (plan.Warnings.IsEmpty && plan.Findings.IsEmpty && plan.UnsetSecrets.IsEmpty)
            return;
        page.Always("> [!WARNING]\n");
        foreach (var warning in plan.Warnings)
            page.Add("warning", Warned, $"> - {MarkdownText.Sentence(WithHint(warning.Message, warning.Hint))}\n");
        foreach (var (stack, finding) in plan.Findings)
            page.Add("warning", Warned, $"> - {MarkdownText.Sentence($"{finding.About} {finding.Text} ({stack.Place})")}\n");
        foreach (var (secret, _) in plan.UnsetSecrets)
        {
            page.Add("warning", Warned,
                $"> - {MarkdownText.Code(secret.Name)} has no value yet: {MarkdownText.Code(UnsetSecretsView.Command(secret))}\n");
        }
        page.Always("\n");
    }

    internal static string WithHint(string message, string? hint) => hint is null ? message : $"{message}: {hint}";

    private void Stacks(MarkdownPage page)
    {
        foreach (var node in plan.Nodes.Where(n => n.HasWork))
        {
            var what = node is PlannedStack stack ? PlanView.What(stack) : node.Reason ?? "";
            var (name, rest) = ($"{PlanView.Sign(node.Action)} {node.Node.Title}", $"{node.Id.Place}  {what}".TrimEnd());
            page.Add(node is PlannedStack ? "stack" : "action", RankOf(node),
            [
                $"- {MarkdownText.Code(name)} {MarkdownText.Sentence(rest)}\n",
                .. Details(node).Select(lines => Fold($"{MarkdownText.HtmlCode(name)} {MarkdownText.HtmlCode(rest)}", lines)),
            ]);
        }
        page.Always("\n");
    }

    // First as short as on a screen, then with every property of what is all new, and values in full.
    private static IEnumerable<string> Details(PlannedNode node) => node is not PlannedStack stack ? []
        : new[] { false, true }.Select(verbose => MarkdownText.Shown(screen => new PlanView(screen, verbose).Below(stack)))
            .Where(lines => lines.Length > 0).Distinct();

    private static string Fold(string summary, string lines) =>
        $"<details><summary>{summary}</summary>\n\n{MarkdownText.Block(lines, "diff")}\n</details>\n\n";

    // Among stacks those that destroy, replace or delete are read first.
    private static int RankOf(PlannedNode node) => node switch
    {
        { DestroysData: true } => Changed,
        PlannedStack stack when stack.Changes.Any(c => c.Kind is ChangeKind.Replace or ChangeKind.Delete) => Changed,
        { Action: NodeAction.Update } => Changed + 1,
        _ => Changed + 2,
    };

    private void Rest(MarkdownPage page)
    {
        Folded(page, "Security", MarkdownText.Shown(screen => new SecurityView(screen, verbose: true).ShowIn(plan)), Warned);
        Folded(page, "Drift", MarkdownText.Shown(screen => new PlanView(screen, verbose: true).Drift(plan)), Warned);
        Folded(page, "What stays as it is", MarkdownText.Shown(screen => new PlanView(screen, verbose: true).Quiet(plan, remarks)),
            Remarked);
        if (remarks.Warnings.IsEmpty)
            return;
        var lines = new StringBuilder();
        foreach (var warning in remarks.Warnings)
            lines.Append(DiagnosticMarkdown.Line(warning));
        var title = $"{PlanView.Plural(remarks.Warnings.Length, "warning")} about the project";
        page.Add("section", Remarked, $"- {title}\n", $"<details><summary>{title}</summary>\n\n{lines}\n</details>\n\n");
    }

    private static void Folded(MarkdownPage page, string title, string lines, int rank)
    {
        if (lines.Length > 0)
            page.Add("section", rank, Fold(title, lines));
    }
}
