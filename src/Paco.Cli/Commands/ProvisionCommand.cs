using Paco.Applying;
using Paco.Cli.Views;
using Paco.Cli.Views.Live;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Cli.Commands;

/// <summary><c>paco provision SCOPE</c> and <c>paco delete SCOPE</c>: plan, confirm, apply.</summary>
internal static class ProvisionCommand
{
    public static async Task<int> Run(Terminal terminal, CloudArguments arguments, bool isDelete, bool yes, Interrupts interrupts)
    {
        var saved = arguments.Scope is { } file ? SavedPlans.Find(terminal.FullPath(file)) : null;
        if (saved is not null && arguments.RevertDrift)
        {
            throw new CommandError("a kept plan is done as it was kept; --revert-drift needs a scope",
                new CommandText(terminal.Command, new Stacks.Scope(saved.Scope), "").Of("provision", "--revert-drift"));
        }
        if (saved is not null)
            arguments = arguments with { Scope = saved.Scope.Length == 0 ? null : saved.Scope };
        else if (!isDelete && arguments.Scope is { } given)
            ScopeOffer.Parse(given, ProjectHome.Find(terminal, arguments.Home), $"nor is there a file {given} with a plan");
        var session = arguments.OpenSession(terminal, mayBeGone: isDelete);
        await using var choice = await CloudChoice.Open(session, arguments, interrupts.First);
        // Before anybody is asked anything, and again when signing in has told every id.
        if (saved is not null)
            SavedPlans.MustBeFor(saved, session, choice);
        var (plan, readIn) = await PlanMaking.Make(session, choice, arguments, isDelete, interrupts.First);
        if (saved is not null)
        {
            SavedPlans.MustBeFor(saved, session, choice);
            SavedPlans.MustHold(saved, plan);
        }
        // A kept plan was looked at before it was kept.
        yes |= saved is not null;
        if (terminal.IsForPrograms)
            return await WithJson(session, choice, plan, readIn, arguments, yes, interrupts);
        var screen = terminal.Screen;
        new PlanView(screen, arguments.IsVerbose(session)).Show(plan, readIn, ProjectRemarks.Of(session, plan, arguments.Warn));
        PlanMaking.Guard(session, plan, arguments);
        if (plan.HasWork && !yes && !Confirm(terminal, plan))
            return isDelete ? ExitCode.Success : ExitCode.Failure;
        return await Apply(session, choice, plan, arguments, screen, interrupts);
    }

    /// <summary>Applies a plan in front of a person.</summary>
    public static async Task<int> Apply(Session session, CloudChoice choice, Plan plan, CloudArguments arguments, Screen screen,
        Interrupts interrupts)
    {
        screen.Line();
        var secrets = Files(session, arguments, plan);
        var options = PlanMaking.Options(session, choice, arguments);
        var found = new FoundFields(session.Home.Path, choice.IsSandbox);
        using var view = new ApplyView(screen, RunOutline.Of(plan, choice.Pace), options.Time, arguments.Quiet);
        options = options with { Secrets = secrets is null ? new ShownSecrets(view) : secrets };
        interrupts.Drawing = view.Stop;
        var report = await Applier.Apply(plan, choice.Cloud, options, happened => { found.On(happened); view.On(happened); },
            interrupts.ToStopping());
        interrupts.Drawing = null;
        view.Dispose();
        EndView.Show(screen, plan, report, view, secrets, session.CommandIn(choice));
        if (choice.IsSandbox)
            SandboxConnect.Mention(session.Terminal, plan, report);
        return ExitCode.Of(report, interrupts);
    }

    private static async Task<int> WithJson(
        Session session, CloudChoice choice, Plan plan, TimeSpan readIn, CloudArguments arguments, bool yes, Interrupts interrupts)
    {
        var remarks = ProjectRemarks.Of(session, plan, arguments.Warn);
        session.Terminal.Write(output => PlanJson.Write(output, plan, readIn, session.NotRead, remarks, indented: false));
        PlanMaking.Guard(session, plan, arguments);
        if (plan.HasWork && !yes)
            throw Prompt.NobodyToAsk();
        if (arguments.SecretsDirectory is null && plan.Reveals.Any())
        {
            throw new CommandError("this makes secrets that are shown once, and --json never shows them: nothing was changed",
                "add --secrets-dir DIR");
        }
        ISecretSink secrets = Files(session, arguments, plan) is { } files ? files : NoSecretSink.Instance;
        var view = new ApplyJson(session.Terminal, RunOutline.Of(plan, pace: 0), new FailureSource(plan));
        var found = new FoundFields(session.Home.Path, choice.IsSandbox);
        var report = await Applier.Apply(
            plan, choice.Cloud, PlanMaking.Options(session, choice, arguments) with { Secrets = secrets },
            happened => { found.On(happened); view.On(happened); }, interrupts.ToStopping());
        view.Report(report);
        return ExitCode.Of(report, interrupts);
    }

    private static SecretFiles? Files(Session session, CloudArguments arguments, Plan plan) =>
        arguments.SecretsDirectory is { } directory ? SecretFiles.Prepare(session.Terminal.FullPath(directory), plan) : null;

    private static bool Confirm(Terminal terminal, Plan plan) =>
        Prompt.Confirm(terminal, plan.IsDelete ? $"Proceed with deletion of {plan.Scope}?" : "Provision this?");
}
