using System.Text.Json.Nodes;
using Paco.CloudFormation.Types;
using Paco.Sandbox.Made;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Stacks;

/// <content>
/// Groups whose servers are replaced as their update policy says, batch by batch, in the words of CloudFormation's own events. No server
/// runs here: each counts as terminated, launched and signalled when its time is over.
/// </content>
internal sealed partial class OperationEngine
{
    /// <summary>True where the policy asks for a second group beside the first.</summary>
    private bool ReplacesByPolicy(StackResource before, StackResource resource) =>
        Rolls(before, resource)
        && Json.Scalar(UpdatePolicy(resource.Logical)?["AutoScalingReplacingUpdate"]?["WillReplace"]) == "true";

    private static bool Rolls(StackResource before, StackResource resource) =>
        ResourceFacts.Of(resource.Type).Rolls is { } roll
        && Json.Differences(before.Properties, resource.Properties).Any(path => roll.With.Contains(path.Split('/')[0]));

    /// <summary>Begins with the first batch, where anything is to be replaced.</summary>
    private void BeginRolling(ResourceStep step, StackResource before, StackResource resource, DateTimeOffset at)
    {
        if (!Rolls(before, resource) || RollingUpdateOf(resource) is not { Instances: > 0 } update)
        {
            return;
        }

        var keeping = update.MinInService > 0 ? $", while keeping at least {update.MinInService} instance(s) in service" : "";
        var signals = update.Waits
            ? $" Waiting on resource signals with a timeout of {update.PauseText} when new instances are added to the autoscaling group."
            : "";
        Tell(resource,
            $"Rolling update initiated. Terminating {update.Instances} obsolete instance(s) in batches of {update.Batch}{keeping}.{signals}",
            at);
        if (update.RaisedTo is { } size)
        {
            Tell(resource, $"Temporarily setting autoscaling group MinSize and DesiredCapacity to {size}.", at);
        }

        BeginBatch(step, resource, update, 1, at);
    }

    /// <summary>Ends a batch and begins the next; false where none is left.</summary>
    private bool NextBatch(ResourceStep step, DateTimeOffset at)
    {
        var resource = stack.Resources[step.Logical];
        if (step.Batch == 0 || RollingUpdateOf(resource) is not { Instances: { } all } update)
        {
            return false;
        }

        var done = Math.Min(all, step.Batch * update.Batch);
        var old = Oldest(resource, update, step.Batch);
        var made = Existing(resource) is { } group ? Servers.Replace(store, group, old.Count, at) : [];
        Tell(resource, $"Successfully terminated instance(s) [{string.Join(',', old)}] (Progress {100 * done / all}%).", at);
        if (update.Waits)
        {
            Tell(resource,
                $"New instance(s) added to autoscaling group - Waiting on {old.Count} resource signal(s) with a timeout of {update.PauseText}.",
                at);
            foreach (var server in made)
            {
                Tell(resource, $"Received SUCCESS signal with UniqueId {server}", at);
            }
        }

        if (step.Batch == update.Batches)
        {
            step.Batch = 0;
            return false;
        }

        BeginBatch(step, resource, update, step.Batch + 1, at);
        return true;
    }

    private void BeginBatch(ResourceStep step, StackResource resource, RollingUpdate update, int batch, DateTimeOffset at)
    {
        step.Batch = batch;
        step.Due += (long)world.Pace.Scale(update.BatchLength(ResourceFacts.Of(resource.Type).Rolls!)).TotalMilliseconds;
        var old = Oldest(resource, update, batch);
        Tell(resource, $"Terminating instance(s) [{string.Join(',', old)}]; replacing with {old.Count} new instance(s).", at);
    }

    private void Tell(StackResource resource, string reason, DateTimeOffset at) =>
        _history.Resource(resource, "UPDATE_IN_PROGRESS", reason, at);

    // The servers that a batch replaces; the last one may have fewer. Those of the batches before are new.
    private List<string> Oldest(StackResource resource, RollingUpdate update, int batch)
    {
        var count = Math.Min(update.Batch, update.Instances!.Value - ((batch - 1) * update.Batch));
        return Existing(resource) is { } group ? [.. Servers.Of(group).Take(count).Select(s => s.Physical)] : [];
    }

    private RollingUpdate? RollingUpdateOf(StackResource resource) =>
        UpdatePolicy(resource.Logical)?["AutoScalingRollingUpdate"] is JsonObject policy
            ? RollingUpdate.Of(name => Scalar(resource.Properties, name), name => Scalar(policy, name))
            : null;

    /// <summary>The policy of the template that is gone to: back to the old one by the old one's.</summary>
    private JsonObject? UpdatePolicy(string logical)
    {
        var scope = Run.Phase == Phase.RollbackUpdate ? new StackScope(store, stack, stack.Stable!.Definition) : Scope;
        return scope.Evaluator.Evaluate(scope.Template.Resource(logical)["UpdatePolicy"]) as JsonObject;
    }

    /// <summary>How much longer an update takes that interrupts what it changes.</summary>
    private TimeSpan Interruption(StackResource before, StackResource resource)
    {
        var facts = ResourceFacts.Of(resource.Type);
        var lengths = Json.Differences(before.Properties, resource.Properties).Select(path => path.Split('/')[0]).Distinct()
            .Select(property => facts.InterruptedBy(property, name => Scalar(before.Properties, name),
                name => Scalar(resource.Properties, name))?.Length ?? TimeSpan.Zero);
        return world.Pace.Scale(lengths.Append(TimeSpan.Zero).Max());
    }

    private static string? Scalar(JsonObject map, string name) => map[name] is JsonValue value ? Json.Scalar(value) : null;
}
