using Paco.CloudFormation;
using Paco.Planning;

namespace Paco.Cli.Views;

/// <summary>What changes do to those who use the resources: below each resource, and the gravest once more at the end of a plan.</summary>
internal sealed class ConsequenceView(Screen screen)
{
    /// <summary>The lines below a resource.</summary>
    public void ShowBelow(ResourceChange change)
    {
        foreach (var consequence in change.Consequences)
            screen.Line($"          {Sign(consequence)} {consequence.Text}", StyleOf(consequence));
    }

    /// <summary>What is interrupted, so that it is not missed in a long plan.</summary>
    public void ShowIn(Plan plan)
    {
        foreach (var (stack, change, consequence) in Grave(plan))
            screen.Line($"  ! {stack.Node.Title}: {change.LogicalId} {consequence.Text}", StyleOf(consequence));
    }

    /// <summary>What is interrupted, and what gets another address.</summary>
    public static IEnumerable<(PlannedStack Stack, ResourceChange Change, Consequence Consequence)> Grave(Plan plan) =>
        from stack in plan.Nodes.OfType<PlannedStack>()
        from change in stack.Changes
        from consequence in change.Consequences
        where IsGrave(consequence)
        select (stack, change, consequence);

    /// <summary>How many servers of a stack are replaced, for its head; empty where none are.</summary>
    public static string Rolls(PlannedStack stack) => stack.Changes.SelectMany(c => c.Consequences)
        .Where(c => c.Kind == ConsequenceKind.RollingUpdate).ToList() switch
    {
        [] => "",
        var rolling when rolling.TrueForAll(c => c.Servers is not null) && rolling.Sum(c => c.Servers) is { } all =>
            $", rolls {PlanView.Plural(all, "server")}",
        _ => ", rolls its servers",
    };

    // A pause is of interest where it is read about, and everywhere else would drown the outages.
    private static bool IsGrave(Consequence consequence) => consequence is { IsInterruption: true, Kind: not ConsequenceKind.Pause }
        or { Kind: ConsequenceKind.NewAddress };

    private static string Sign(Consequence consequence) => consequence.IsInterruption || consequence.Kind == ConsequenceKind.NewAddress
        ? "!"
        : "›";

    private static TextStyle StyleOf(Consequence consequence) => consequence.Kind switch
    {
        ConsequenceKind.Outage when !consequence.IsPossible => TextStyle.Red,
        ConsequenceKind.RollingUpdate or ConsequenceKind.NewInstancesOnly => TextStyle.Cyan,
        _ => TextStyle.Yellow,
    };
}
