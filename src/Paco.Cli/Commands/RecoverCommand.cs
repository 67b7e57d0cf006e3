using System.Collections.Immutable;
using Paco.Applying;
using Paco.Cli.Views;
using Paco.Cli.Views.Live;
using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Cli.Commands;

/// <summary><c>paco recover SCOPE</c> and <c>--all</c>: brings stacks out of states that CloudFormation does not leave by itself.</summary>
internal static class RecoverCommand
{
    public static async Task<int> Run(
        Terminal terminal, CloudArguments arguments, IReadOnlyCollection<string> skip, bool yes, Interrupts interrupts)
    {
        var session = arguments.OpenSession(terminal);
        await using var choice = await CloudChoice.Open(session, arguments, interrupts.First);
        await PlanMaking.SignIn(session, choice, interrupts.First);
        var found = await Recovery.Plan(session.Graph, session.Scope, choice.Cloud, interrupts.First);
        PermissionCheck.Hold(session, arguments.AllowDestroy, [.. found.Select(f => f.Node.Ref.Text)],
            [.. found.Where(f => !f.Lost.IsEmpty).Select(f => f.Node.Ref.Text)]);
        if (terminal.IsForPrograms)
            return await WithJson(session, choice, found, arguments, skip, yes, interrupts);
        var screen = terminal.Screen;
        if (found.IsEmpty)
        {
            screen.Line($"Every stack of {session.Scope} is in order.", TextStyle.Green);
            return ExitCode.Success;
        }
        foreach (var stack in found)
            Show(screen, stack, skip);
        Guard(session, found, skip, arguments.AllowDestroy);
        if (!yes && !Prompt.Confirm(terminal, "Do this?"))
            return ExitCode.Failure;
        screen.Line();
        var titles = found.ToDictionary(s => s.Id, s => s.Node.Title);
        using var view = new ApplyView(screen, RunOutline.Of(session.Scope, found), terminal.Time, arguments.Quiet);
        interrupts.Drawing = view.Stop;
        var report = await Recovery.Apply(found, skip, choice.Cloud, PlanMaking.Options(session, choice, arguments), view.On,
            interrupts.ToStopping().Leave);
        interrupts.Drawing = null;
        view.Dispose();
        screen.Line();
        foreach (var result in report.Results)
            End(screen, titles[result.Node], result);
        return ExitCode.Of(report, interrupts);
    }

    private static async Task<int> WithJson(
        Session session,
        CloudChoice choice,
        ImmutableArray<StackRecovery> found,
        CloudArguments arguments,
        IReadOnlyCollection<string> skip,
        bool yes,
        Interrupts interrupts)
    {
        session.Terminal.Write(output => RecoveryJson.Write(output, session.Scope, found, skip));
        if (!found.IsEmpty)
            Guard(session, found, skip, arguments.AllowDestroy);
        if (!found.IsEmpty && !yes)
            throw Prompt.NobodyToAsk();
        var view = new ApplyJson(session.Terminal, RunOutline.Of(session.Scope, found), new FailureSource(found));
        var (options, leave) = (PlanMaking.Options(session, choice, arguments), interrupts.ToStopping().Leave);
        var report = await Recovery.Apply(found, skip, choice.Cloud, options, view.On, leave);
        view.Report(report);
        return ExitCode.Of(report, interrupts);
    }

    private static void Show(Screen screen, StackRecovery found, IReadOnlyCollection<string> skip)
    {
        screen.Line($"{found.Node.Title} ({found.Id}) is in {found.Deployed.Status.ToWire()}", TextStyle.Yellow);
        screen.Line("  " + found.Step switch
        {
            RecoveryStep.Wait => "something runs on it: its end is waited for",
            RecoveryStep.ContinueRollback => "its rollback is continued",
            RecoveryStep.RollBack => "it is rolled back to its last stable state",
            RecoveryStep.DeleteRemains => "what is left of it is deleted; paco provision makes it anew",
            _ => StatusDecisions.Remedy(found.Deployed.Status),
        });
        foreach (var stuck in found.Stuck)
        {
            screen.Line(
                $"  {stuck.LogicalResourceId} ({stuck.ResourceType}) failed to go back: {(skip.Contains(stuck.LogicalResourceId) ? "left as it is" : $"tried again; --skip {stuck.LogicalResourceId} leaves it as it is")}");
        }
        foreach (var lost in found.Lost)
            screen.Line($"  {lost.LogicalId} ({lost.Type}) is deleted, and {lost.Lost} with it", TextStyle.Red);
    }

    private static void Guard(Session session, ImmutableArray<StackRecovery> found, IReadOnlyCollection<string> skip,
        IReadOnlyCollection<string> allowDestroy)
    {
        if (skip.FirstOrDefault(s => found.All(f => f.Stuck.All(r => r.LogicalResourceId != s))) is { } unknown)
            throw new CommandError($"--skip {unknown}: no rollback is stuck at a resource of that name");
        var allowed = allowDestroy.Select(a => new Scope(a)).ToList();
        var refused = found.Where(f => !f.Lost.IsEmpty && !allowed.Any(a => a != Scope.All && a.Covers(f.Node.Ref))).ToList();
        if (refused.Count > 0)
        {
            throw new CommandError($"{string.Join(", ", refused.Select(f => f.Node.Title))} would lose data; --yes does not cover that",
                $"agree to it with {PermissionCheck.Permits(AllowDestroyRefs.Of(session.Graph, refused.Select(f => f.Node)))}");
        }
    }

    private static void End(Screen screen, string title, NodeResult result)
    {
        screen.Line(
            $"{(result.IsGood ? "✓" : "✗")} {title}: {result.Outcome switch { NodeOutcome.Deleted => "deleted", NodeOutcome.StillRunning => "left running", _ when result.IsGood => "in order", _ => "failed" }}", result.IsGood
                ? TextStyle.Green
                : TextStyle.Red);
        if (result.Failure is { } failure)
            ApplyView.Failure(screen, failure);
    }
}
