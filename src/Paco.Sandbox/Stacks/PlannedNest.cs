using Paco.Sandbox.Services.CloudFormation;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Stacks;

/// <summary>What a change set says of a nested stack: the template as it was found then, and the sets of the stacks further in.</summary>
internal sealed record PlannedNest(Stack Stack, string Template, bool RevertsDrift, Dictionary<string, string> Nested)
{
    /// <summary>Null where the set is gone.</summary>
    public static PlannedNest? Of(Store store, string changeSet) =>
        ChangeSets.ById(store, changeSet) is { } set
            ? new(store.StackAt(set.Stack), set.Definition.Template, set.RevertsDrift, set.Nested) : null;
}
