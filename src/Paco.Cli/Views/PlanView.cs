using Paco.CloudFormation;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Cli.Views;

/// <summary>A plan for people: stack by stack, property by property, what is destroyed, what it adds up to.</summary>
internal sealed class PlanView(Screen screen, bool verbose)
{
    private const int PropertiesShown = 12;
    private const int PartsShown = 6;
    private const int ForPlaceAndCounts = 38;

    private int _titleWidth;
    private Dictionary<NodeId, string> _titles = [];

    public void Show(Plan plan, TimeSpan readIn, ProjectRemarks remarks)
    {
        screen.Composed(screen.Styled(plan.IsDelete ? "Delete" : "Plan", TextStyle.Bold) + $"  {plan.Scope}    "
            + screen.Styled($"{Extent(plan)} · read in {readIn.TotalSeconds:0.0} s", TextStyle.Dim));
        _titleWidth = Math.Clamp(plan.Nodes.Where(n => n.HasWork).Select(n => n.Node.Title.Length).DefaultIfEmpty(0).Max(), 30,
            Math.Clamp(screen.Width - ForPlaceAndCounts, 30, 60));
        _titles = plan.Nodes.ToDictionary(n => n.Id, n => n.Node.Title);
        foreach (var node in plan.Nodes)
            Show(node);
        Quiet(plan, remarks);
        Drift(plan);
        new SecurityView(screen, verbose).ShowIn(plan);
        Totals(plan);
        Warnings(remarks);
    }

    /// <summary>How much it looks at, and how long it takes.</summary>
    public static string Extent(Plan plan)
    {
        var places = plan.Nodes.Select(n => n.Id.Place).Distinct().ToList();
        return $"{Plural(plan.Nodes.OfType<PlannedStack>().Count(s => s.Action != NodeAction.Absent), "stack")} · {Plural(places.Select(p => p.Account).Distinct().Count(), "account")} · {Plural(places.Select(p => p.Region).Distinct().Count(), "region")}{About(plan)}";
    }

    // From a table of what resources usually take on AWS: to know whether to wait or to have lunch.
    private static string About(Plan plan) => plan.HasWork && Estimate.Of(plan).Length is { TotalSeconds: >= 1 } length
        ? $" · about {(length.TotalMinutes < 1.5 ? $"{Math.Ceiling(length.TotalSeconds):0} s" : $"{Math.Round(length.TotalMinutes):0} min")} on AWS"
        : "";

    private void Show(PlannedNode node)
    {
        switch (node)
        {
            case { Action: NodeAction.Refused }:
                Head(node, "!", TextStyle.Red, node.Reason ?? "");
                break;
            case PlannedStack { HasWork: true } stack:
                Stack(stack);
                break;
            case PlannedAction { HasWork: true } action:
                Head(action, Sign(action.Action), StyleOf(action.Action), action.Reason ?? "");
                break;
            case PlannedStack { NewerImages.Length: > 0 } stack:
                Images(stack);
                break;
        }
    }

    private void Stack(PlannedStack stack)
    {
        Head(stack, Sign(stack.Action), StyleOf(stack.Action), What(stack));
        Below(stack);
    }

    /// <summary>What is done with a stack, in a line.</summary>
    public static string What(PlannedStack stack)
    {
        var counts = stack.Shown.GroupBy(c => c.Kind).Select(g => g.Key switch
        {
            ChangeKind.Create => $"{g.Count()} create",
            ChangeKind.Update => $"{g.Count()} update",
            ChangeKind.Replace => $"{g.Count()} REPLACE",
            ChangeKind.Import => $"{g.Count()} import",
            _ => $"{g.Count()} delete",
        });
        return stack.Action switch
        {
            NodeAction.Settle => stack.Reason!,
            NodeAction.Delete when stack.Reason is { } why => $"{string.Join(", ", counts)}: {why}",
            NodeAction.Update when !stack.Shown.Any() => stack.Reason ?? (stack.TagsChange ? "tags" : "template only: no resource changes"),
            NodeAction.Update when stack.Reason is { } why => $"{why} ({string.Join(", ", counts)})",
            _ => string.Join(", ", counts) + (stack.First is { Until.IsEmpty: true } ? ", in two steps" : "")
                + ConsequenceView.Rolls(stack) + (stack.TagsChange ? ", tags" : "")
                + (stack.Reason is { } remark ? $"; {remark}" : ""),
        };
    }

    /// <summary>What stands below the line of a stack: its resources and properties, and what there is to say of them.</summary>
    public void Below(PlannedStack stack)
    {
        // What is all new is read as a whole; what there is to say of it is not left out.
        var isBrief = stack.Action is NodeAction.Create or NodeAction.Recreate && !verbose;
        foreach (var change in stack.Shown.Where(c => !isBrief || c.Remark is not null || c.DestroysData))
            Resource(change, stack.Action == NodeAction.Delete, isBrief && change.Kind != ChangeKind.Import);
        Secrets(stack);
        foreach (var reveal in stack.Reveals)
            screen.Line($"      ! {reveal.Title}: made by this run, shown once", TextStyle.Yellow);
        foreach (var kept in stack.Keeps.Where(k => k.Goes))
        {
            screen.Line($"      {kept.Key} goes at the end, when {Titles(kept.Users)} {(kept.Users.Length == 1 ? "has" : "have")} moved",
                TextStyle.Dim);
        }
        foreach (var warning in stack.RevertWarnings ?? [])
            screen.Line($"      ! {warning}", TextStyle.Yellow);
        Images(stack);
    }

    private void Secrets(PlannedStack stack)
    {
        foreach (var secret in stack.Secrets)
        {
            var place = secret.Source.IsNone ? "" : screen.Styled($"   {secret.Source}", TextStyle.Dim);
            var what = secret.IsKnown ? "a secret value changes" : "a secret value may have changed";
            var (sign, rest) = secret switch
            {
                { IsKnown: true } => ("!", ""),
                { IsSent: true } => ("!", $": it is sent; {secret.Doubt}"),
                _ when stack.Action == NodeAction.Settle => ("?", $": {secret.Doubt}"),
                _ => ("?", $": the deployed one stays; {secret.Doubt}"),
            };
            screen.Composed($"      {screen.Styled($"{sign} {secret.Parameter}: {what}{rest}", TextStyle.Yellow)}{place}");
        }
    }

    // Where nothing else is to be done one line is enough: it is said in every plan.
    private void OpenSecrets(Plan plan)
    {
        var open = plan.Nodes.OfType<PlannedStack>().Where(s => !s.HasWork)
            .SelectMany(s => s.Secrets, (s, secret) => (Stack: s, Secret: secret)).ToList();
        if (open.Count == 0)
            return;
        var (first, secretOfFirst) = open[0];
        screen.Line(
            $"  ? {Plural(open.Count, "secret value")} may have changed: {secretOfFirst.Doubt}; --send-secrets {first.Node.Ref} sends the project's",
            TextStyle.Dim);
        foreach (var (stack, secret) in verbose ? open : [])
            screen.Line($"      {stack.Node.Title}: {secret.Parameter}   {secret.Source}".TrimEnd(), TextStyle.Dim);
    }

    private string Titles(IEnumerable<NodeId> nodes) => string.Join(", ", nodes.Select(id => _titles.GetValueOrDefault(id, id.Name)));

    private void Head(PlannedNode node, string sign, TextStyle style, string what)
    {
        // Also where a title pushes it aside, what follows is a column.
        var name = node.Node.Title.PadRight(_titleWidth) + (node.Node.Title.Length > _titleWidth ? " " : "");
        screen.Composed(
            $"  {screen.Styled(sign, style)} {screen.Styled(name, TextStyle.Bold)} {screen.Styled(node.Id.Place.ToString().PadRight(20), TextStyle.Dim)} {screen.Styled(what, TextStyle.Plain)}".TrimEnd());
    }

    private void Resource(ResourceChange change, bool whole, bool brief)
    {
        var (sign, style) = change.Kind switch
        {
            ChangeKind.Create => ("+", TextStyle.Green),
            ChangeKind.Update => ("~", TextStyle.Yellow),
            ChangeKind.Replace => ("-/+", TextStyle.Red),
            ChangeKind.Import => ("»", TextStyle.Cyan),
            _ => ("-", TextStyle.Red),
        };
        if (whole && !change.DestroysData && !verbose)
            return;
        var note = (change.DestroysData, change.Kind, change.DeletionPolicy) switch
        {
            (true, ChangeKind.Create, _) => "   deleted outside Paco: COMES BACK EMPTY",
            (true, not ChangeKind.Update, "Snapshot") => "   its data is kept as a snapshot only",
            (true, _, _) => $"   LOSES {change.Lost?.ToUpperInvariant()}",
            (false, ChangeKind.Delete, "Retain") => "   kept (Retain)",
            _ => "",
        };
        var source = change is { Follows: { IsEmpty: false } follows } ? $"   follows from {string.Join(", ", follows)}"
            : change.Source.IsNone || change.Kind == ChangeKind.Delete ? ""
            : $"   {change.Source}";
        screen.Composed(
            $"      {screen.Styled(sign, style)} {screen.Styled(change.LogicalId, TextStyle.Plain)}  {screen.Styled(change.Type, TextStyle.Dim)}{screen.Styled(note, TextStyle.Red)}{screen.Styled(source, TextStyle.Dim)}");
        if (change.Remark is { } remark)
            screen.Line($"          {remark}", change.Kind == ChangeKind.Import ? TextStyle.Cyan : TextStyle.Yellow);
        if (!verbose && (change.Kind == ChangeKind.Delete || brief))
            return;
        if (change is { Kind: ChangeKind.Import, Properties.Length: > 0 })
            screen.Line("          really is → project says; paco provision --revert-drift writes it afterwards", TextStyle.Dim);
        foreach (var property in change.Properties.Take(verbose ? int.MaxValue : PropertiesShown))
            Property(property, change.Kind == ChangeKind.Create, showsFollows: change.Follows.IsEmpty);
        if (!verbose && change.Properties.Length > PropertiesShown)
            screen.Line($"          … {change.Properties.Length - PropertiesShown} more (-v shows all)", TextStyle.Dim);
        new ConsequenceView(screen).ShowBelow(change);
    }

    private void Property(PropertyChange property, bool isNew, bool showsFollows)
    {
        var place = showsFollows && !property.Follows.IsEmpty
            ? screen.Styled($"   follows from {string.Join(", ", property.Follows)}", TextStyle.Dim)
            : property.Source.IsNone ? "" : screen.Styled($"   {property.Source}", TextStyle.Dim);
        var forces = property.ForcesReplacement
            ? screen.Styled(property.MayStay ? "   (replaces it if it changes)" : "   (forces replacement)", TextStyle.Red)
            : "";
        if (!isNew && property is { Before: { } before, After: { } now } && before.Contains('\n') && now.Contains('\n'))
        {
            screen.Composed($"          {property.Path,-24} {screen.Styled("text", TextStyle.Dim)}{forces}{place}");
            Lines(before, now);
            return;
        }
        var after = property.MayStay ? "(may change)" : property.After ?? "(not set)";
        var values = isNew ? Short(after, 2) : Sides(property.Before ?? "(not set)", after);
        screen.Composed(
            $"          {screen.Styled(property.Path.PadRight(24), TextStyle.Plain)} {screen.Styled(values, TextStyle.Plain)}{forces}{place}");
    }

    // Of long texts only the lines that differ.
    private void Lines(string before, string after)
    {
        var (old, now) = (before.Split('\n'), after.Split('\n'));
        var (gone, come) = (old.Except(now).ToList(), now.Except(old).ToList());
        foreach (var line in gone.Take(verbose ? int.MaxValue : 3))
            screen.Composed($"            {screen.Styled("- " + Short(line.Trim(), 2), TextStyle.Red)}");
        foreach (var line in come.Take(verbose ? int.MaxValue : 3))
            screen.Composed($"            {screen.Styled("+ " + Short(line.Trim(), 2), TextStyle.Green)}");
        if (!verbose && Math.Max(gone.Count, come.Count) > 3)
            screen.Line("            … (-v shows all)", TextStyle.Dim);
    }

    // Two that differ behind the cut show their ends.
    private string Sides(string before, string after)
    {
        var (old, now) = (Short(before), Short(after));
        if (old != now)
            return $"{old} → {now}";
        var same = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{Short(From(before, same))} → {Short(From(after, same))}";
    }

    // A little of what is alike stays before what is not.
    private static string From(string text, int differs) => differs <= 8 ? text : "…" + text[(differs - 8)..];

    private string Short(string text, int share = 1)
    {
        var width = Math.Max(30, (screen.Width - 40) / (3 - share));
        text = text.ReplaceLineEndings("⏎");
        return verbose || text.Length <= width ? text : text[..(width - 1)] + "…";
    }

    private void Images(PlannedStack stack)
    {
        foreach (var (parameter, deployed, newest) in stack.NewerImages)
        {
            screen.Line($"      {stack.Node.Title}: {parameter} stays {deployed}; {newest} is newer (--refresh-amis takes it over)",
                TextStyle.Dim);
        }
    }

    /// <summary>What nothing is done with, and why.</summary>
    public void Quiet(Plan plan, ProjectRemarks remarks)
    {
        var unchanged = plan.Nodes.Count(n => n.Action == NodeAction.None);
        var absent = plan.Nodes.Where(n => n.Action == NodeAction.Absent).ToList();
        var kept = plan.Nodes.Where(n => n.Action == NodeAction.Protected).ToList();
        if (unchanged > 0)
            screen.Line($"  = {unchanged} unchanged", TextStyle.Dim);
        if (absent.Count > 0 && verbose)
        {
            screen.Line($"  – not there{(plan.IsDelete ? "" : " and disabled")}: {string.Join(", ", absent.Select(n => n.Node.Title))}",
                TextStyle.Dim);
        }
        foreach (var logs in plan.KeptLogs)
        {
            screen.Line(
                $"  = {logs.Title} ({logs.Node.Place}): {Plural(logs.Groups.Length, "log group")} {(logs.Groups.Length == 1 ? "stays" : "stay")} with what {(logs.Groups.Length == 1 ? "it holds" : "they hold")}, though monitoring is off: {string.Join(", ", logs.Groups)}");
        }
        new FindingView(screen).Show(plan.Findings);
        new LeftView(screen).ShowIn(plan);
        if (kept.Count > 0)
            screen.Line($"  – change_protected: {string.Join(", ", kept.Select(n => n.Node.Title))}", TextStyle.Dim);
        OpenSecrets(plan);
        NotBuilt(plan, remarks.NotBuilt);
    }

    // Of a part that may have several stacks only what is deployed is of interest, else that there is such a part.
    private void NotBuilt(Plan plan, IReadOnlyCollection<string> parts)
    {
        if (parts.Count > 0)
        {
            screen.Line(
                $"  – {Plural(parts.Count, "part")} not built yet: {string.Join(", ", verbose ? parts : parts.Take(PartsShown))}{(parts.Count > PartsShown && !verbose ? ", … (-v)" : "")}", TextStyle.Dim);
        }
        foreach (var left in plan.NotBuilt.Where(n => n.Reason is not null).DistinctBy(n => n.Title))
            screen.Line($"  – {left.Title} is not built: it {left.Reason}", TextStyle.Yellow);
        var there = plan.Deployed.Keys.Join(plan.NotBuilt, d => (d.Name, d.Place.Region), n => (n.Name, n.Region), (d, _) => d).Order();
        foreach (var stack in there)
            screen.Line($"      {stack.Name} ({stack.Place}) stays as it is", TextStyle.Dim);
    }

    /// <summary>What is really there, where somebody asked.</summary>
    public void Drift(Plan plan)
    {
        if (plan.Drift is { } drift)
            new DriftView(screen, verbose).ShowIn(plan, drift);
    }

    private void Totals(Plan plan)
    {
        if (!plan.HasWork && IsBlocked(plan))
            screen.Line("  Nothing can be done before what is marked with ! is seen to.", TextStyle.Yellow);
        else if (!plan.HasWork)
            screen.Line($"  {NoWork(plan)}", TextStyle.Green);
        else
            screen.Line($"  Total      {Counts(plan)}");
        new ConsequenceView(screen).ShowIn(plan);
        if (plan.Nodes.OfType<PlannedStack>().Sum(s => s.Changes.Count(c => c.NameIsTaken)) is > 0 and var taken)
        {
            screen.Line($"  {Plural(taken, "name")} taken already: {(taken == 1 ? "its creation" : "their creations")} will fail",
                TextStyle.Yellow);
        }
        foreach (var node in plan.Destructive)
            screen.Line($"  {node.Node.Title} {Loss(node)}", TextStyle.Red);
        if (AllowDestroyRefs.Of(plan, plan.Destructive) is { Length: > 0 } refs)
            screen.Line($"  needs {PermissionCheck.Permits(refs)}", TextStyle.Red);
        new UnsetSecretsView(screen).ShowIn(plan);
        foreach (var warning in plan.Warnings)
            screen.Line($"  ! {warning.Message}{(warning.Hint is null ? "" : $": {warning.Hint}")}", TextStyle.Yellow);
        foreach (var problem in plan.Problems)
            screen.Line($"  {problem.Message}{(problem.Hint is null ? "" : $": {problem.Hint}")}", TextStyle.Red);
    }

    /// <summary>Somebody has to see to something before the scope, or a part of it, can be brought to what the project says.</summary>
    public static bool IsBlocked(Plan plan) => plan.Nodes.Any(n => n.Action == NodeAction.Refused);

    /// <summary>Why there is nothing to do.</summary>
    public static string NoWork(Plan plan) => plan.IsDelete
        ? "Nothing to delete."
        : plan.Drift?.HasDrift == true ? "Nothing to do in the templates; what drifted stays as it is."
        : plan.Orphans.Length + plan.HeldBack.Length > 0 ? "Nothing to do; what left the configuration stays as it is."
        : "Nothing to do: everything is as the project says.";

    /// <summary>What becomes of how many resources.</summary>
    public static string Counts(Plan plan)
    {
        var (create, import, update, replace, delete) = plan.Totals;
        return $"{create} create · {(import > 0 ? $"{import} import · " : "")}{update} update · {replace} replace · {delete} delete";
    }

    // Last, so that nobody who reads on has passed them over; what they say is shown before the plan.
    private void Warnings(ProjectRemarks remarks)
    {
        if (remarks.Warnings.Length is > 0 and var count)
            screen.Line($"  {Plural(count, "warning")} {(remarks.AreShown ? "above" : "(-w shows them)")}", TextStyle.Yellow);
    }

    /// <summary>What is lost with a node that destroys data, as the end of a sentence about it.</summary>
    public static string Loss(PlannedNode node) => node is PlannedStack stack ? stack.Changes.Where(c => c.DestroysData).ToList() switch
    {
        [] when stack.CarriesOthers && stack.ReplacedCarriers.Any() =>
            $"is replaced under {Plural(stack.UsedBy.Length, "stack")}, and what runs in the old one is interrupted or stays in it",
        [] when stack.CarriesOthers => $"carries {Plural(stack.UsedBy.Length, "stack")} that would go on running without it",
        [] => "holds data that would be lost",
        var lost when lost.TrueForAll(c => c.IsRecreated) => "held data and would come back empty",
        var lost when lost.TrueForAll(c => c is { DeletionPolicy: "Snapshot", Loses: null }) =>
            "holds data, of which only a snapshot would stay",
        var lost => $"would lose {string.Join(" and ", lost.Select(c => c.Lost).Distinct())}",
    } : "holds data that would be lost";

    public static string Plural(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    public static string Sign(NodeAction action) => action switch
    {
        NodeAction.Create => "+",
        NodeAction.Recreate => "±",
        NodeAction.Update => "~",
        NodeAction.Settle => "…",
        NodeAction.Delete => "-",
        _ => " ",
    };

    private static TextStyle StyleOf(NodeAction action) => action switch
    {
        NodeAction.Create => TextStyle.Green,
        NodeAction.Delete or NodeAction.Recreate => TextStyle.Red,
        _ => TextStyle.Yellow,
    };
}
