using System.Text.Json.Nodes;
using Paco.CloudFormation.Schemas;
using Paco.Clouds;
using Paco.Sandbox.Made;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>Change sets of the stacks within a stack: made, executed and deleted with the one at the top.</summary>
internal sealed class NestedChangeSets(Call call, QueryForm form, ChangeSet root)
{
    /// <summary>Makes those of the stacks within a stack and further in. What does not change is no change any more.</summary>
    public void Make(ChangeSet set, Stack stack)
    {
        if (set.Status == "FAILED")
        {
            return;
        }

        var scope = new StackScope(call.Store, stack, set.Definition, goneIsUnknown: true);
        foreach (var change in set.Changes.OfType<JsonObject>()
            .Where(c => c["Type"]!.ToString() == NestedStacks.Type && c["Action"]!.ToString() != "Remove").ToList())
        {
            One(set, stack, scope, change);
        }

        if (set.Changes.Count == 0 && set.Type == "UPDATE" && !StackChanges.Any(call.Store, stack, set.Definition, nested: false))
        {
            Fail(set, ChangeSetCalls.NoChanges);
        }

        ChangeSets.Save(call, set);
    }

    /// <summary>A nested stack's set goes with the one at the top only.</summary>
    public static void RefuseBelow(ChangeSet set, string verb)
    {
        if (set.RootId is { } top)
        {
            throw AwsError.Validation(
                $"ChangeSet [{set.Id}] belongs to a nested stack: it can only be {verb} from its root change set [{top}].");
        }
    }

    /// <summary>Those below an executed set are executed with it; all others of their stacks go.</summary>
    public static void Executed(Call call, ChangeSet set)
    {
        foreach (var nested in ChangeSets.Below(call.Store, set))
        {
            var stack = call.Store.StackAt(nested.Stack);
            ChangeSets.Settle(call, stack);
            foreach (var other in ChangeSets.Of(call, stack).Where(s => s.Id != nested.Id))
            {
                Remove(call, other);
            }

            stack.ChangeSetId = nested.Id;
            call.Store.Save(stack);
            ChangeSets.Retire(call, nested);
            Executed(call, nested);
        }
    }

    /// <summary>Deletes a set, those below it, and the stacks that were only made for them.</summary>
    public static void Remove(Call call, ChangeSet set)
    {
        foreach (var nested in ChangeSets.Below(call.Store, set))
        {
            Remove(call, nested);
            Unmake(call, nested);
        }

        ChangeSets.Remove(call, set);
    }

    /// <summary>The stack is to be deleted: nothing comes of its sets any more, and the stacks that were only made for them go.</summary>
    public static void Abandon(Call call, Stack stack)
    {
        ChangeSets.Overtake(call, stack);
        foreach (var set in ChangeSets.Of(call, stack))
        {
            Abandon(call, set);
        }
    }

    private static void Abandon(Call call, ChangeSet set)
    {
        foreach (var nested in ChangeSets.Below(call.Store, set))
        {
            Abandon(call, nested);
            Unmake(call, nested);
        }
    }

    private static void Unmake(Call call, ChangeSet nested)
    {
        if (call.Store.StackAt(nested.Stack) is { Status: StackStatus.ReviewInProgress } unborn)
        {
            new Operations(call.World, call.Store, call.Now).Delete(unborn, null, [], force: false);
        }
    }

    private static void Fail(ChangeSet set, string reason) => (set.Status, set.Execution, set.Reason) = ("FAILED", "UNAVAILABLE", reason);

    private void One(ChangeSet set, Stack stack, StackScope scope, JsonObject change)
    {
        var logical = change["Logical"]!.ToString();
        var m = Request(set, stack, logical, scope.Properties(logical));
        var present = stack.Resources.TryGetValue(logical, out var resource) ? NestedStacks.Of(call.Store, stack, resource) : null;
        var (definition, refusal) = Definition(m, set, present);
        if (present is not null && refusal is null && !set.RevertsDrift
            && !StackChanges.Any(call.Store, present, definition, nested: HasNested(definition)))
        {
            Unchanged(set, change);
            return;
        }

        var nested = present ?? Ahead(m, stack, definition);
        var name = $"{root.Name}-{logical}-{m.Seed.Capitals(13)}";
        var made = ChangeSetCalls.New(call, form, nested, definition, name[..Math.Min(name.Length, 128)],
            present is null ? "CREATE" : "UPDATE", [], (set, root));
        if (refusal is not null)
        {
            Fail(made, refusal);
        }

        ChangeSets.Save(call, made);
        change["NestedSet"] = made.Id;
        Make(made, nested);
        Judge(set, change, made);
    }

    /// <summary>A set whose stack turns out unchanged goes; one that failed fails the one above.</summary>
    private void Judge(ChangeSet set, JsonObject change, ChangeSet made)
    {
        if (made.Status != "FAILED")
        {
            return;
        }

        if (made.Reason == ChangeSetCalls.NoChanges)
        {
            change.Remove("NestedSet");
            ChangeSets.Remove(call, made);
            Unchanged(set, change);
            return;
        }

        if (set.Status != "FAILED")
        {
            Fail(set, $"Nested change set {made.Id} was not successfully created: Currently in FAILED.");
        }
    }

    private static void Unchanged(ChangeSet set, JsonObject change)
    {
        if (Changes.IsAutomatic(change))
        {
            set.Changes.Remove(change);
        }
    }

    private static bool HasNested(StackDefinition definition) => definition.Text.Contains(NestedStacks.Type, StringComparison.Ordinal);

    /// <summary>What it is to be; where that cannot be said, why.</summary>
    private static (StackDefinition Definition, string? Refusal) Definition(ResourceRequest m, ChangeSet set, Stack? present)
    {
        try
        {
            return (NestedStacks.Definition(m, set.Definition, present?.Id ?? NestedStacks.Id(m), present?.Definition, null), null);
        }
        catch (Exception e) when (e is AwsError or ResourceFailure)
        {
            return (present?.Definition ?? new() { Template = StackDefinition.None }, e.Message);
        }
    }

    private Stack Ahead(ResourceRequest m, Stack stack, StackDefinition definition)
    {
        StackLimit.Check(call.Store, call.Account, call.Region);
        var nested = NestedStacks.Ahead(m, stack, definition.InReview);
        call.Store.Insert(nested);
        new EventRecorder(call.World, call.Store, nested).Stack(StackStatus.ReviewInProgress, "User Initiated", call.Now);
        call.Store.Save(nested);
        return nested;
    }

    private ResourceRequest Request(ChangeSet set, Stack stack, string logical, JsonObject properties) =>
        new(call.Store, call.Account, call.Region, NestedStacks.Type, ResourceSchemas.Shared.Find(NestedStacks.Type),
            DynamicReferences.Resolve(call.Store, call.Account, call.Region, properties),
            new DeterministicIds($"{stack.Id} {logical} {set.Id}"), call.Now)
        {
            StackRow = stack.Row,
            StackName = stack.Name,
            StackId = stack.Id,
            Logical = logical,
        };
}
