using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Made;

/// <summary>What a parent knows of a stack within it; its operation makes, changes and deletes the stack itself.</summary>
internal sealed class NestedStackHandler : ResourceHandler
{
    public override LiveResource Create(ResourceRequest m) => m.StackRow is null
        ? throw new ResourceFailure($"The sandbox does not emulate {m.Type} outside of a stack; CreateStack makes one. "
            + $"(HandlerErrorCode: {AwsError.NotImplemented})")
        : base.Create(m);
}
