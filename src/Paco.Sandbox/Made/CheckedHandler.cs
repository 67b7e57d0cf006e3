using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Made;

/// <summary>What a service looks at before it makes it, and again before it changes it.</summary>
internal abstract class CheckedHandler : ResourceHandler
{
    public override LiveResource Create(ResourceRequest m)
    {
        Check(m);
        return base.Create(m);
    }

    public override LiveResource Update(ResourceRequest m, LiveResource before)
    {
        Check(m);
        return base.Update(m, before);
    }

    /// <summary>Throws <see cref="ResourceFailure"/> where the service refuses it.</summary>
    protected abstract void Check(ResourceRequest m);
}
