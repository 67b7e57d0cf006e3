using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Made;

/// <summary>A stack within a stack is what its parent knows of it; the stack itself its parent's operation makes, changes and deletes.</summary>
internal sealed class NestedStackHandler : ResourceHandler
{
    public override LiveResource Create(ResourceRequest m) => m.StackRow is null
        ? throw new ResourceFailure($"The sandbox does not emulate {m.Type} outside of a stack; CreateStack makes one.")
        : base.Create(m);
}
