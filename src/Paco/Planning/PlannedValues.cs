using System.Collections.Concurrent;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>Values of sources against what is deployed. Nothing (<c>null</c>) is a value that this run will make.</summary>
internal sealed class PlannedValues(
    ICloud cloud, IReadOnlyDictionary<string, string> accountIds, Func<NodeId, string, OutputValue> outputOf,
    ConcurrentBag<PlanProblem> problems)
{
    /// <summary>How CloudFormation shows the value of a NoEcho parameter.</summary>
    public const string Masked = "****";

    /// <summary>Stands for a secret value that is another than the deployed one.</summary>
    public const string Renewed = "**** (new)";

    /// <summary>Stands for a secret value that is sent and may be the deployed one.</summary>
    public const string Resent = "**** (may be new)";

    /// <summary>True for what stands for a secret value that takes the place of a deployed one.</summary>
    public static bool IsSent(string? value) => value is Renewed or Resent;

    public static bool IsMasked(string? value) => value is Masked || IsSent(value);

    private readonly Dictionary<(Place, string), Task<string?>> _lookups = [];

    private IReadOnlyDictionary<string, string> AccountIds { get; } = accountIds;

    private Func<NodeId, string, OutputValue> OutputOf { get; } = outputOf;

    /// <summary>Values for one node: what is looked up is looked up in its account and region.</summary>
    public IValues For(NodeId consumer, CancellationToken cancel) => new ConsumerValues(this, consumer, cancel);

    /// <summary>The same, and secret values as they are: for what is sent, never for what is shown.</summary>
    public IValues Revealed(NodeId consumer, CancellationToken cancel) => new RevealedValues(For(consumer, cancel));

    private sealed class RevealedValues(IValues values) : IValues
    {
        public ValueTask<string?> Output(OutputSource output) => values.Output(output);

        public ValueTask<string?> Secret(Secret secret) => ValueTask.FromResult<string?>(secret.Reveal());

        public ValueTask<string?> Made(MadeSecretSource made) => values.Made(made);

        public ValueTask<string?> Image(string parameterName) => values.Image(parameterName);

        public ValueTask<string?> Certificate(string domainName) => values.Certificate(domainName);

        public ValueTask<string?> AccountId(string account, bool mayBeMissing) => values.AccountId(account, mayBeMissing);
    }

    private sealed class ConsumerValues(PlannedValues all, NodeId consumer, CancellationToken cancel) : IValues
    {
        public ValueTask<string?> Output(OutputSource output) => ValueTask.FromResult(all.OutputOf(output.Node, output.Key).Value);

        // The applier sends it; a plan never holds it.
        public ValueTask<string?> Secret(Secret secret) => ValueTask.FromResult<string?>(Masked);

        public ValueTask<string?> Made(MadeSecretSource made) => ValueTask.FromResult<string?>(Masked);

        public ValueTask<string?> Image(string parameterName) => new(all.LookUp(consumer, parameterName, all.Image, cancel));

        public ValueTask<string?> Certificate(string domainName) => new(all.LookUp(consumer, domainName, all.Certificate, cancel));

        public ValueTask<string?> AccountId(string account, bool mayBeMissing) => ValueTask.FromResult(
            all.AccountIds.TryGetValue(account, out var id) ? id
            : mayBeMissing ? ""
            : all.Problem(consumer, $"the account {account} has no id yet",
                "paco provision accounts makes it, or write account_id into its file"));
    }

    private Task<string?> LookUp(NodeId consumer, string name, Func<NodeId, string, CancellationToken, Task<string?>> look,
        CancellationToken cancel)
    {
        lock (_lookups)
        {
            if (!_lookups.TryGetValue((consumer.Place, name), out var running))
                _lookups[(consumer.Place, name)] = running = look(consumer, name, cancel);
            return running;
        }
    }

    private async Task<string?> Image(NodeId consumer, string name, CancellationToken cancel) =>
        await cloud.Ssm(consumer.Place).GetParameter(name, cancel)
        ?? Problem(consumer, $"{consumer.Place} has no machine image under {name}", "choose another instance_ami");

    private async Task<string?> Certificate(NodeId consumer, string domain, CancellationToken cancel)
    {
        var all = await cloud.Acm(consumer.Place).ListCertificates(cancel);
        return all.FirstOrDefault(c => c.DomainName == domain)?.Arn
            ?? Problem(consumer, $"{consumer.Place} has no certificate for {domain}",
                "make or import it there, or set external_resource: false");
    }

    private string? Problem(NodeId consumer, string message, string hint)
    {
        problems.Add(new PlanProblem(consumer, message, hint));
        return "";
    }
}

/// <summary>An output's value; null where this run will make or may change it.</summary>
internal readonly record struct OutputValue(string? Value);
