using System.Collections.Concurrent;
using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>Values of sources against what is deployed. Nothing (<c>null</c>) is a value that this run will make.</summary>
internal sealed class Values(
    ICloud cloud, IReadOnlyDictionary<string, string> accountIds, Func<NodeId, string, Known> outputOf, ConcurrentBag<PlanProblem> problems)
{
    /// <summary>How CloudFormation shows the value of a NoEcho parameter.</summary>
    public const string Masked = "****";

    private readonly Dictionary<(Place, string), Task<string?>> _lookups = [];

    /// <summary>The value of one parameter for a node.</summary>
    public async Task<string?> Of(Source source, NodeId consumer, CancellationToken cancel)
    {
        switch (source)
        {
            case LiteralSource literal:
                return literal.Text;
            case SecretSource:
                // The applier sends it; a plan never holds it.
                return Masked;
            case OutputSource output:
                return outputOf(output.Node, output.Key).Value;
            case KeepDeployedSource kept:
                return await Of(kept.Initial, consumer, cancel);
            case ListSource list:
                var items = new List<string?>();
                foreach (var item in list.Items)
                    items.Add(await Of(item, consumer, cancel));
                return items.Contains(null) ? null : string.Join(',', items);
            case ImageSource image:
                return await LookUp(consumer, image.ParameterName, Image, cancel);
            case CertificateSource certificate:
                return await LookUp(consumer, certificate.DomainName, Certificate, cancel);
            case AccountIdSource account:
                return accountIds.TryGetValue(account.Account, out var id) ? id : account.MayBeMissing ? "" : Problem(consumer, $"the account {account.Account} has no id yet", "paco provision accounts makes it, or write account_id into its file");
            default:
                throw new InvalidOperationException($"{source.GetType().Name} was not linked");
        }
    }

    private Task<string?> LookUp(NodeId consumer, string name, Func<NodeId, string, CancellationToken, Task<string?>> look, CancellationToken cancel)
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
            ?? Problem(consumer, $"{consumer.Place} has no certificate for {domain}", "make or import it there, or set external_resource: false");
    }

    private string? Problem(NodeId consumer, string message, string hint)
    {
        problems.Add(new PlanProblem(consumer, message, hint));
        return "";
    }
}

/// <summary>An output's value; null where this run will make or may change it.</summary>
internal readonly record struct Known(string? Value);
