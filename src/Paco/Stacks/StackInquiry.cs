using System.Collections.Immutable;
using Paco.Clouds;

namespace Paco.Stacks;

/// <summary>
/// A question about a deployed stack that CloudFormation cannot answer: what somebody must see to before all of it works, such as a
/// subscription to confirm. Asking it changes nothing.
/// </summary>
public abstract record StackInquiry
{
    /// <param name="place">Where the stack is.</param>
    /// <param name="outputs">The stack's outputs.</param>
    public abstract Task<ImmutableArray<Finding>> Ask(ICloud cloud, Place place, IReadOnlyDictionary<string, string> outputs,
        CancellationToken cancel);
}

/// <summary>Something that somebody must see to.</summary>
/// <param name="About">Whom or what it is about: an address.</param>
/// <param name="Text">What is to be said of that; read after it.</param>
public sealed record Finding(string About, string Text);
