using System.Collections.Concurrent;
using Paco.Cli.Views;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Cli;

/// <summary>What is shown once, on the screen: the moment it exists, since a run may end before its end.</summary>
internal sealed class ShownSecrets(ApplyView view) : ISecretSink
{
    private readonly ConcurrentBag<Reveal> _shown = [];

    /// <inheritdoc />
    public void Keep(Reveal reveal)
    {
        view.Show(reveal);
        _shown.Add(reveal);
    }

    /// <inheritdoc />
    public Secret? Find(string fileName, Func<string, bool> isIt) =>
        _shown.FirstOrDefault(r => r.FileName == fileName && isIt(r.Value.Reveal()))?.Value;
}
