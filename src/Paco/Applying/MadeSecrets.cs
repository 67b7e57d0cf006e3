using System.Collections.Concurrent;
using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Applying;

/// <summary>
/// The passwords a run makes, in place of what stands for them: each once, and only where the stack has none. A person has it before it is
/// sent, so that a run which is ended anywhere leaves no password that nobody knows; one that was kept and not sent is taken again.
/// </summary>
internal sealed class MadeSecrets(ApplyOptions options, Action<ApplyEvent> tell)
{
    private readonly ConcurrentDictionary<(NodeId, string), Lazy<Secret>> _made = new();

    /// <summary>The values as they are sent. Throws <see cref="CloudException"/> where one cannot be kept; then nothing is sent.</summary>
    /// <param name="now">The stack as it stands; null where it is created.</param>
    public ImmutableSortedDictionary<string, string> Into(PlannedStack planned, DeployedStack? now,
        ImmutableSortedDictionary<string, string> values)
    {
        foreach (var parameter in planned.Stack.Parameters.Where(p => now?.Parameters.ContainsKey(p.Name) != true))
        {
            if (parameter.Source is MadeSecretSource source)
            {
                var made = _made.GetOrAdd((planned.Id, parameter.Name), _ => new Lazy<Secret>(() => Kept(planned.Id, source)));
                values = values.SetItem(parameter.Name, made.Value.Reveal());
            }
        }
        return values;
    }

    private Secret Kept(NodeId node, MadeSecretSource source)
    {
        var earlier = options.Secrets.Find(source.FileName, MadeSecretSource.IsOne);
        var reveal = new Reveal($"{Names.UpperFirst(source.Title)} ({node.Place})", source.FileName, earlier ?? MadeSecretSource.Make());
        try
        {
            if (earlier is null)
                options.Secrets.Keep(reveal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CloudException(CloudErrorKind.Refused, "NotKept",
                $"the {source.Title} could not be kept, so nothing was sent: {e.Message}", "paco:Provision");
        }
        tell(new SecretRevealed(options.Time.GetUtcNow(), node, reveal));
        return reveal.Value;
    }
}
