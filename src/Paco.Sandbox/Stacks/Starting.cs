using Paco.CloudFormation.Types;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Stacks;

/// <content>How each resource's step begins.</content>
internal sealed partial class OperationEngine
{
    private void Start(ResourceStep step, DateTimeOffset at)
    {
        step.State = StepState.Running;
        step.Due = at.ToUnixTimeMilliseconds();
        switch (Run.Phase)
        {
            case Phase.Create:
                StartCreate(step, at);
                break;
            case Phase.Update when stack.Resources.TryGetValue(step.Logical, out var present) && present.Exists && !IsGone(present):
                StartChange(step, present, at);
                break;
            case Phase.Update or Phase.Import:
                StartCreate(step, at);
                break;
            case Phase.Cleanup when step.Target is null:
                StartRelease(step, at);
                break;
            case Phase.RollbackUpdate:
                StartRevert(step, at);
                break;
            default:
                StartDelete(step, at);
                break;
        }
    }

    private void StartCreate(ResourceStep step, DateTimeOffset at)
    {
        if (Run.Imports.TryGetValue(step.Logical, out var physical))
        {
            StartImport(step, physical, at);
            return;
        }

        step.Action = ResourceAction.Create;
        var type = Scope.Template.Type(step.Logical);
        var resource = stack.Resources[step.Logical] = new StackResource { Logical = step.Logical, Type = type, Needs = step.After };
        Trying(step, () =>
        {
            Describe(resource);
            _history.Resource(resource, "CREATE_IN_PROGRESS", null, at);
            Guard(step, "Update:Modify", Run.Phase == Phase.Update);
            Make(step, resource, at);
            _history.Resource(resource, "CREATE_IN_PROGRESS", "Resource creation Initiated", at);
        });
        if (resource.Status.Length == 0)
        {
            _history.Resource(resource, "CREATE_IN_PROGRESS", null, at);
        }
    }

    /// <summary>It stays as it is, whatever the template says of it: the difference is drift.</summary>
    private void StartImport(ResourceStep step, string physical, DateTimeOffset at)
    {
        step.Action = ResourceAction.Import;
        var type = Scope.Template.Type(step.Logical);
        var resource = stack.Resources[step.Logical] = new StackResource { Logical = step.Logical, Type = type, Needs = step.After };
        Trying(step, () =>
        {
            Describe(resource);
            Validate(resource);
            _history.Resource(resource, "IMPORT_IN_PROGRESS", "Resource import started.", at);
            Inject(step, ResourceAction.Import);
            resource.Physical = physical;
            var it = Existing(resource) ?? throw new ResourceFailure($"Resource {physical} does not exist");
            if (ResourceHandler.Owner(store, it) is { } owner)
            {
                throw new ResourceFailure($"{physical} already exists in stack {owner}");
            }

            store.Insert(it with { Stack = stack.Row, Logical = step.Logical });
            step.Due += (long)world.Pace.For(type, ResourceAction.Import).TotalMilliseconds;
        });
    }

    private void StartChange(ResourceStep step, StackResource resource, DateTimeOffset at)
    {
        step.Action = ResourceAction.Update;
        var before = resource.Copy();
        var type = Scope.Template.Type(step.Logical);
        Trying(step, () =>
        {
            resource.Needs = step.After;
            Describe(resource);
            if (type == before.Type && Json.Same(before.Properties, resource.Properties) && !TagsChanged(type) && !HasDrifted(before)
                && type != NestedStacks.Type)
            {
                step.State = StepState.Done;
                return;
            }

            resource.Type = type;
            step.Replaces = type != before.Type || Replacement.Of(type, before.Properties, resource.Properties) == Replacement.Always
                || ReplacesByPolicy(before, resource);
            _history.Resource(resource, "UPDATE_IN_PROGRESS", step.Replaces
                ? "Requested update requires the creation of a new physical resource; hence creating one." : null, at);
            Guard(step, step.Replaces ? "Update:Replace" : "Update:Modify", true);
            if (step.Replaces)
            {
                Replace(step, before, resource, at);
            }
            else
            {
                Change(step, before, resource, at);
            }
        });
        if (step.Failure is not null && before.Properties != resource.Properties)
        {
            if (resource.Status == before.Status)
            {
                _history.Resource(resource, "UPDATE_IN_PROGRESS", null, at);
            }

            (resource.Physical, resource.Type, resource.Properties) = (before.Physical, before.Type, before.Properties);
        }
    }

    private void Replace(ResourceStep step, StackResource before, StackResource resource, DateTimeOffset at)
    {
        RefuseCustomName(before, resource);
        RefuseFixed(before, resource, Existing(before));
        if (before.Type == resource.Type && Facts(resource).GoesFirst && Existing(before) is { } old)
        {
            Displace(step, before, old, resource, at);
            return;
        }

        Make(step, resource, at);
        _history.Resource(resource, "UPDATE_IN_PROGRESS", "Resource creation Initiated", at);
        before.DeletionPolicy = before.UpdateReplacePolicy;
        Run.Garbage.Add(before);
    }

    /// <summary>Amazon's schema says of some types that the old one goes before the new one is made; both or neither.</summary>
    private void Displace(ResourceStep step, StackResource before, LiveResource old, StackResource resource, DateTimeOffset at)
    {
        store.Whole(() =>
        {
            ResourceHandler.Of(before.Type).RefuseDeletion(store, old);
            ResourceHandler.Of(before.Type).Delete(store, old, at);
            Make(step, resource, at);
            return resource;
        });
        _history.Resource(resource, "UPDATE_IN_PROGRESS", "Resource creation Initiated", at);
    }

    private static ResourceFacts Facts(StackResource resource) => ResourceFacts.Of(resource.Type);

    private void Change(ResourceStep step, StackResource before, StackResource resource, DateTimeOffset at)
    {
        Validate(resource);
        var existing = Existing(before);
        RefuseFixed(before, resource, existing);
        Inject(step, ResourceAction.Update);
        if (existing is null)
        {
            throw new ResourceFailure(
                $"Resource handler returned message: \"{before.Physical} does not exist\" (HandlerErrorCode: NotFound)");
        }

        store.Whole(() => ResourceHandler.Of(resource.Type).Update(Making(resource, at), existing));
        step.Due += (long)(world.Pace.For(resource.Type, ResourceAction.Update) + Interruption(before, resource)).TotalMilliseconds;
        if (resource.Type == NestedStacks.Type)
        {
            UpdateNested(step, resource, held: !Run.KeepOnFailure, at);
        }

        BeginRolling(step, before, resource, at);
    }

    private void Make(ResourceStep step, StackResource resource, DateTimeOffset at)
    {
        Validate(resource);
        Inject(step, ResourceAction.Create);
        stack.Counter++;
        var kind = ResourceHandler.Of(resource.Type);
        var nested = resource.Type == NestedStacks.Type ? NestedStacks.Make(Making(resource, at), stack, Planned(step.Logical)) : null;
        var made = store.Whole(() => kind.Create(Making(resource, at)));
        resource.Physical = made.Physical;
        if (nested is not null)
        {
            BeginNested(step, nested, at);
            return;
        }

        step.Due = kind.IsReady(store, made, at) ? step.Due + (long)world.Pace.For(resource.Type, ResourceAction.Create).TotalMilliseconds
            : long.MaxValue;
    }

    private void StartDelete(ResourceStep step, DateTimeOffset at)
    {
        var target = step.Target!;
        step.Action = ResourceAction.Delete;
        _history.Resource(target, "DELETE_IN_PROGRESS", null, at);
        Trying(step, () =>
        {
            Inject(step, ResourceAction.Delete);
            if (Existing(target) is { } it)
            {
                ResourceHandler.Of(target.Type).RefuseDeletion(store, it);
            }

            step.Due += (long)world.Pace.For(target.Type, ResourceAction.Delete).TotalMilliseconds;
            DeleteNested(step, target, at);
        });
    }

    private void StartRevert(ResourceStep step, DateTimeOffset at)
    {
        step.Action = ResourceAction.Update;
        var (resource, before) = (stack.Resources[step.Logical], stack.Stable!.Resources[step.Logical]);
        _history.Resource(resource, "UPDATE_IN_PROGRESS", null, at);
        Trying(step, () =>
        {
            Inject(step, ResourceAction.Update);
            if (resource.Physical != before.Physical && resource.Exists && Facts(before).GoesFirst && Existing(before) is null)
            {
                ComeBack(step, resource, before, at);
            }
            else if (resource.Physical != before.Physical && resource.Exists)
            {
                Run.Garbage.Add(resource.Copy());
            }
            else if (Existing(before) is { } existing)
            {
                store.Whole(() => ResourceHandler.Of(before.Type).Update(Making(before, at), existing));
                step.Due += (long)world.Pace.For(before.Type, ResourceAction.Update).TotalMilliseconds;
                if (before.Type == NestedStacks.Type)
                {
                    RevertNested(step, before, at);
                }
            }

            var failed = resource.Copy();
            (resource.Physical, resource.Type, resource.Properties, resource.Metadata, resource.Needs) =
                (before.Physical, before.Type, before.Properties, before.Metadata, before.Needs);
            if (failed.Physical == resource.Physical)
            {
                BeginRolling(step, failed, resource, at);
            }

            (resource.DeletionPolicy, resource.UpdateReplacePolicy) = (before.DeletionPolicy, before.UpdateReplacePolicy);
        });
    }

    // What went before its successor was made has to be made once more, when that has gone.
    private void ComeBack(ResourceStep step, StackResource failed, StackResource before, DateTimeOffset at)
    {
        if (Existing(failed) is { } it)
        {
            ResourceHandler.Of(failed.Type).Delete(store, it, at);
        }

        stack.Counter++;
        before.Physical = store.Whole(() => ResourceHandler.Of(before.Type).Create(Making(before, at))).Physical;
        step.Due += (long)world.Pace.For(before.Type, ResourceAction.Create).TotalMilliseconds;
    }

    private static void Trying(ResourceStep step, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is ResourceFailure or AwsError)
        {
            step.Failure = e is AwsError { IsNotEmulated: true } ? $"{e.Message} (HandlerErrorCode: {AwsError.NotImplemented})" : e.Message;
        }
        catch (Exception e) when (IsOurs(e))
        {
            // A mistake of the sandbox fails the one resource, so that the file stays usable.
            step.Failure = $"Internal Failure: a bug of the sandbox ({e.GetType().Name}: {e.Message})";
        }
    }

    /// <summary>What a surprising template makes our own code throw.</summary>
    public static bool IsOurs(Exception e) => e is InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException
        or NullReferenceException or OverflowException or System.Text.Json.JsonException;
}
