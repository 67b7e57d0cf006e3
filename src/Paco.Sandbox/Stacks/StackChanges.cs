using Paco.Clouds;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Stacks;

/// <summary>Whether an update would find anything to do.</summary>
internal static class StackChanges
{
    /// <summary>
    /// True where a definition says something else than the deployed one, where the deployed one never came to its end, and where a stack
    /// is nested: what stands under its template's address now, only an update finds out.
    /// </summary>
    /// <param name="nested">False where the stacks within are compared by themselves.</param>
    public static bool Any(Store store, Stack stack, StackDefinition definition, bool nested = true)
    {
        if (stack.Status is StackStatus.CreateFailed or StackStatus.UpdateFailed || definition.TransformFailure is not null)
        {
            return true;
        }

        var after = new StackScope(store, stack, definition, shapeOnly: true);
        return (nested && after.Active.Any(logical => after.Template.Type(logical) == NestedStacks.Type))
            || new StackScope(store, stack, stack.Definition, shapeOnly: true).Shape() != after.Shape();
    }
}
