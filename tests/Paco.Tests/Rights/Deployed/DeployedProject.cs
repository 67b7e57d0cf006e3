using System.Collections.Immutable;
using Paco.Stacks;

namespace Paco.Tests.Rights.Deployed;

/// <summary>
/// A project as it would be in AWS: every function of every template resolved, every parameter's value known. What AWS chooses (the id of a
/// key) is made of the names of stack and resource, so that it can be read.
/// </summary>
internal sealed class DeployedProject : IValues
{
    /// <summary>What ARNs begin with that no template makes: of what they are is not known.</summary>
    public const string MadeArn = "arn:aws:made:";

    private readonly Dictionary<NodeId, DeployedStack> _stacks;
    private readonly ImmutableDictionary<string, string> _accounts;

    public DeployedProject(Compilation compilation)
    {
        Assert.NotNull(compilation.Graph);
        _accounts = compilation.Project!.Accounts.ToImmutableDictionary(a => a.Name, a => a.AccountId ?? Numbered(a.Name));
        _stacks = compilation.Graph.Stacks.ToDictionary(s => s.Id, s => new DeployedStack(s.Id.Place, _accounts[s.Id.Place.Account],
            s.Id.Name, s.Template, name => ValueOf(s.Parameters.First(p => p.Name == name).Source)));
    }

    public IEnumerable<DeployedResource> Resources => _stacks.Values.SelectMany(s => s.Resources);

    public ValueTask<string?> Output(OutputSource output) => ValueTask.FromResult<string?>(
        _stacks.TryGetValue(output.Node, out var stack) ? stack.Output(output.Key) : MadeByAction(output));

    public ValueTask<string?> AccountId(string account, bool mayBeMissing) => ValueTask.FromResult<string?>(_accounts[account]);

    // What no policy names need not be known: images, secrets, certificates.
    private string ValueOf(Source source) => source.Value(this).AsTask().GetAwaiter().GetResult() ?? $"({source})";

    private string MadeByAction(OutputSource output) => output.Key.EndsWith("Arn", StringComparison.Ordinal)
        ? $"{MadeArn}{output.Node.Place.Region}:{_accounts[output.Node.Place.Account]}:{output.Node.Name}"
        : $"{output.Node.Name}.{output.Key}";

    // An account that does not exist yet.
    private static string Numbered(string name) => $"{name.Aggregate(7L, (sum, c) => ((sum * 31) + c) % 1_000_000_000_000):D12}";
}
