using System.Collections.Concurrent;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Engine.Tests.Simulation;

/// <summary>What people were given, for good: it outlives the process that gave it.</summary>
internal sealed class KeptSecrets : ISecretSink
{
    private readonly ConcurrentQueue<Reveal> _kept = [];

    /// <summary>Asked before and after each is kept; throws where the process is killed there.</summary>
    public Action Pass { get; set; } = () => { };

    public void Keep(Reveal reveal)
    {
        Pass();
        _kept.Enqueue(reveal);
        Pass();
    }

    public Secret? Find(string fileName, Func<string, bool> isIt) =>
        _kept.FirstOrDefault(r => r.FileName == fileName && isIt(r.Value.Reveal()))?.Value;

    public bool Has(string fileName, Func<string, bool> isIt) => Find(fileName, isIt) is not null;
}
