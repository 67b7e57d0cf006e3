using Paco.Clouds;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Stacks;

/// <summary>Takes one stack's operation a step further.</summary>
internal sealed partial class OperationEngine(SandboxContext world, Store store, Stack stack)
{
    private readonly EventRecorder _history = new(world, store, stack);
    private StackScope? _scope;

    private StackScope Scope => _scope ??= new StackScope(store, stack, stack.Definition);

    private StackOperation Run => stack.Run!;

    private bool MayRollBack => Run.Phase == Phase.Import || (Run.Phase is Phase.Create or Phase.Update && !Run.KeepOnFailure);

    /// <summary><see cref="Step"/>; a mistake of ours ends the operation as failed, so that the file stays usable.</summary>
    public void TryStep(DateTimeOffset at)
    {
        try
        {
            Step(at);
        }
        catch (Exception e) when (IsOurs(e))
        {
            var status = Run.Phase switch
            {
                Phase.Create => StackStatus.CreateFailed,
                Phase.RollbackCreate => StackStatus.RollbackFailed,
                Phase.DeleteCheck or Phase.Delete => StackStatus.DeleteFailed,
                Phase.RollbackUpdate or Phase.RollbackCleanup => StackStatus.UpdateRollbackFailed,
                Phase.Import => StackStatus.ImportRollbackFailed,
                _ => StackStatus.UpdateFailed,
            };
            Complete(status, at, $"Internal Failure: a bug of the sandbox ({e.GetType().Name}: {e.Message})");
        }
    }

    /// <summary>Everything due at a time: ends what is finished, starts what can start, goes to the next phase when nothing is
    /// left.</summary>
    private void Step(DateTimeOffset at)
    {
        var now = at.ToUnixTimeMilliseconds();
        WakeWaiting(now, at);
        foreach (var step in Run.Running.Where(s => s.Due <= now).OrderBy(s => s.Due).ToList())
        {
            if (step.State == StepState.Running)
            {
                Finish(step, at);
            }
        }

        if (TimedOut(at))
        {
            Run.Cancelled = true;
        }

        var breach = Breach(at);
        var stopping = MayRollBack && (Run.Cancelled || breach is not null || Run.FailedIds.Any());
        if (stopping)
        {
            CancelRunning(at);
        }
        else
        {
            StartReady(at);
        }

        if (!Run.Running.Any())
        {
            End(breach, at);
        }

        SetDue(now, at);
    }

    private void SetDue(long now, DateTimeOffset at)
    {
        if (stack.Run is not { } run)
        {
            return;
        }

        if (run.Phase == Phase.AwaitParent)
        {
            run.Due = null;
            return;
        }

        WakeWaiting(now, at);
        var running = run.Running.Where(s => s.Due < long.MaxValue).Select(s => s.Due).ToList();
        var anyWaits = run.Running.Any(s => s.Due == long.MaxValue);
        run.Due = running.Count > 0 ? Math.Max(now, running.Min()) : anyWaits ? null : now;
        if (run.Running.Any() && run.Phase == Phase.Create && Deadline() is { } deadline && deadline > now)
        {
            run.Due = Math.Min(run.Due ?? deadline, deadline);
        }

        run.Due = NextWatch(now, run.Due);
    }

    private long? Deadline() => stack.TimeoutMinutes is { } minutes ? stack.Created.AddMinutes(minutes).ToUnixTimeMilliseconds() : null;

    private bool TimedOut(DateTimeOffset at) => Run.Phase == Phase.Create && Deadline() is { } deadline
        && at.ToUnixTimeMilliseconds() >= deadline && Run.Running.Any();

    /// <summary>Those that wait for somebody else look whether it has come.</summary>
    private void WakeWaiting(long now, DateTimeOffset at)
    {
        foreach (var step in Run.Running.Where(s => s.Due == long.MaxValue).ToList())
        {
            var resource = Subject(step);
            if (resource.Type == NestedStacks.Type)
            {
                LookAtNested(step, now);
            }
            else if (Existing(resource) is { } it && ResourceHandler.Of(resource.Type).IsReady(store, it, at))
            {
                step.Due = now + (long)world.Pace.For(resource.Type, step.Action).TotalMilliseconds;
            }
        }
    }

    private void StartReady(DateTimeOffset at)
    {
        bool any;
        do
        {
            var open = Run.Steps.Where(s => s.State != StepState.Done).Select(s => s.Logical).ToHashSet(StringComparer.Ordinal);
            var ready = Run.Steps.Where(s => s.State == StepState.Waiting && !s.After.Any(open.Contains)).ToList();
            any = false;
            foreach (var step in ready)
            {
                Start(step, at);
                any |= step.State == StepState.Done;
            }
        }
        while (any);
    }

    private void CancelRunning(DateTimeOffset at)
    {
        foreach (var step in Run.Running.ToList())
        {
            step.State = StepState.Cancelled;
            var resource = stack.Resources[step.Logical];
            var (status, reason) = step.Action switch
            {
                ResourceAction.Create => ("CREATE_FAILED", "Resource creation cancelled"),
                ResourceAction.Import => ("IMPORT_FAILED", "Resource import cancelled"),
                _ => ("UPDATE_FAILED", "Resource update cancelled"),
            };
            _history.Resource(resource, status, reason, at);
        }
    }

    private LiveResource? Existing(StackResource resource) =>
        store.Find(stack.Account, ResourceRegions.Of(resource.Type, stack.Region), resource.Type, resource.Physical);

    private void Status(StackStatus status, string? reason, DateTimeOffset at)
    {
        _history.Stack(status, reason, at);
        NestedStacks.WakeParent(store, stack, at);
    }
}
