using Paco.Planning;

namespace Paco.Cli.Views;

/// <summary>Drift for people: stack, resource, property, what the template says and what is there.</summary>
internal sealed class DriftView(Screen screen, bool verbose)
{
    /// <summary>The whole answer of <c>paco drift</c>.</summary>
    public void Show(DriftReport report, CommandText command)
    {
        var places = report.Stacks.Select(s => s.Node.Place).Distinct().ToList();
        screen.Composed(screen.Styled("Drift", TextStyle.Bold) + $"  {command.Scope}    " + screen.Styled(
            $"{PlanView.Plural(report.Stacks.Length, "deployed stack")} · {PlanView.Plural(places.Select(p => p.Account).Distinct().Count(), "account")} · {PlanView.Plural(places.Select(p => p.Region).Distinct().Count(), "region")}", TextStyle.Dim));
        foreach (var stack in report.Stacks)
            Stack(stack, PlainSides);
        Unchecked(report);
        End(report, command);
    }

    /// <summary>The part of a plan that says what is really there, with the project's side.</summary>
    public void ShowIn(Plan plan, DriftReport report)
    {
        screen.Line(report switch
        {
            { HasDrift: true } => "  Drift      changed outside Paco",
            { HasFailures: true } => "  Drift      not everything could be looked at",
            _ => "  Drift      none: what is there is as it was deployed",
        }, TextStyle.Bold);
        var reverted = plan.Nodes.OfType<PlannedStack>().Where(s => s.RevertWarnings is not null).Select(s => s.Id).ToHashSet();
        foreach (var stack in report.Stacks)
        {
            Stack(stack, ThreeSides);
            if (reverted.Contains(stack.Node))
                screen.Line("      is brought back to what the project wants", TextStyle.Yellow);
        }
        Unchecked(report);
    }

    private void Stack(StackDrift stack, Action<PropertyDrift> sides)
    {
        if (stack is { HasDrift: false, Failure: null })
            return;
        var what = stack.HasDrift
            ? PlanView.Plural(stack.Resources.Length, "resource") + (stack.Resources.Length == 1 ? " differs" : " differ")
            : "not checked";
        screen.Composed(
            $"  {screen.Styled("≠", TextStyle.Yellow)} {screen.Styled(stack.Title.PadRight(36), TextStyle.Bold)} {screen.Styled(stack.Node.Place.ToString().PadRight(20), TextStyle.Dim)} {what}");
        foreach (var resource in stack.Resources)
        {
            var (sign, note) = resource switch
            {
                { IsDeleted: true, HoldsData: true } => ("-", "   DELETED, and its data with it"),
                { IsDeleted: true } => ("-", "   DELETED"),
                _ => ("~", ""),
            };
            screen.Composed(
                $"      {screen.Styled(sign, resource.IsDeleted ? TextStyle.Red : TextStyle.Yellow)} {screen.Styled(resource.LogicalId, TextStyle.Plain)}  {screen.Styled($"{resource.Type} {resource.PhysicalId}", TextStyle.Dim)}{screen.Styled(note, TextStyle.Red)}");
            foreach (var property in resource.Properties)
                sides(property);
        }
        if (stack.Failure is not null)
            screen.Line($"      {stack.Failure}", TextStyle.Red);
        if (stack.Note is not null)
            screen.Line($"      stays as it is: {stack.Note}", TextStyle.Yellow);
    }

    private void PlainSides(PropertyDrift property)
    {
        screen.Line($"          {property.Path}");
        Side("template says", property.Deployed, "(nothing)");
        Side("really is", property.Actual, "(removed)");
    }

    private void ThreeSides(PropertyDrift property)
    {
        screen.Line($"          {property.Path}{(property.IsAdopted ? "   the project has taken it over" : "")}");
        Side("project wants", property.Wanted, "(nothing)");
        Side("deployed was", property.Deployed, "(nothing)");
        Side("really is", property.Actual, "(removed)");
    }

    private void Side(string who, string? value, string none) =>
        screen.Line($"            {who,-14} {(value is null ? none : Short(value))}");

    private string Short(string text)
    {
        var width = Math.Max(40, screen.Width - 28);
        text = text.ReplaceLineEndings("⏎");
        return verbose || text.Length <= width ? text : text[..(width - 1)] + "…";
    }

    private void Unchecked(DriftReport report)
    {
        var all = report.Stacks.SelectMany(s => s.Unchecked, (s, r) => (Stack: s, Resource: r)).ToList();
        if (all.Count == 0)
            return;
        screen.Line(
            $"  ? {PlanView.Plural(all.Count, "resource")} CloudFormation cannot check{(verbose ? "" : $": {string.Join(", ", all.Select(a => a.Resource.Type).Distinct().Order(StringComparer.Ordinal).Take(4))}")}{(verbose ? "" : " (-v names them)")}", TextStyle.Dim);
        foreach (var (stack, resource) in verbose ? all : [])
        {
            screen.Line(
                $"      {stack.Title} {resource.LogicalId}  {resource.Type}{(resource.Reason is null ? "" : $": {resource.Reason}")}",
                TextStyle.Dim);
        }
    }

    private void End(DriftReport report, CommandText command)
    {
        var failed = report.Stacks.Count(s => s.Failure is not null);
        if (failed > 0)
            screen.Line($"  {PlanView.Plural(failed, "stack")} could not be checked", TextStyle.Red);
        if (report.HasDrift)
        {
            screen.Line(
                $"  {PlanView.Plural(report.Stacks.Sum(s => s.Resources.Length), "resource")} of {PlanView.Plural(report.Stacks.Count(s => s.HasDrift), "stack")} changed outside Paco", TextStyle.Yellow);
            screen.Line(
                $"  Next: {command.Of("plan", "--drift")} compares with the project; {command.Of("provision", "--revert-drift")} brings it back.");
        }
        else if (failed == 0)
        {
            screen.Line(report.Stacks.IsEmpty
                ? "  Nothing is deployed."
                : $"  No drift: {PlanView.Plural(report.Stacks.Sum(s => s.CheckedCount), "resource")} as they were deployed.",
                TextStyle.Green);
        }
    }
}
