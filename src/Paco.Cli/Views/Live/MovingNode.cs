using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Planning;

namespace Paco.Cli.Views.Live;

/// <summary>A resource the cloud works on.</summary>
/// <param name="Words">What becomes of it, where that is not what its whole stack is about.</param>
internal sealed record MovingResource(string LogicalId, string Type, DateTimeOffset Since, string Words);

/// <summary>A node at work, folded from the events of its stack.</summary>
internal sealed class MovingNode(RunNode node, NodeAction action, DateTimeOffset since)
{
    private const string Stack = "AWS::CloudFormation::Stack";

    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private ImmutableDictionary<string, MovingResource> _resources =
        ImmutableDictionary<string, MovingResource>.Empty.WithComparers(StringComparer.Ordinal);

    public RunNode Node { get; } = node;

    public DateTimeOffset Since { get; } = since;

    /// <summary>What the stack itself does, where that is not what was asked for: <c>rolling back</c>.</summary>
    public string Words { get; private set; } = "";

    public int Total => Node.Changed.Count;

    /// <summary>How many of the resources that change are done; none once it goes back.</summary>
    public int Done => GoesBack ? 0 : _done.Count;

    /// <summary>It will end as failed: a creation or an update that is rolled back.</summary>
    public bool Fails => Words == "rolling back" && Plain is "CREATE" or "UPDATE";

    public bool GoesBack => Words is "rolling back" or "deleting";

    /// <summary>The longest at work first.</summary>
    public IReadOnlyList<MovingResource> Resources =>
        [.. _resources.Values.OrderBy(r => r.Since).ThenBy(r => r.LogicalId, StringComparer.Ordinal)];

    // What events say when all goes as asked.
    private string Plain => action switch
    {
        NodeAction.Create or NodeAction.Recreate => "CREATE",
        NodeAction.Update => "UPDATE",
        NodeAction.Delete => "DELETE",
        _ => "",
    };

    public void On(StackEvent happened, DateTimeOffset at)
    {
        if (happened.ResourceType == Stack && happened.LogicalResourceId == Node.Id.Name)
            Words = OfStack(happened.ResourceStatus);
        else if (happened.ResourceStatus.EndsWith("_IN_PROGRESS", StringComparison.Ordinal))
            Moves(happened, at);
        else
            Rests(happened);
    }

    private void Moves(StackEvent e, DateTimeOffset at)
    {
        var words = OfResource(e.ResourceStatus, e.ResourceStatusReason ?? "");
        // Several lines tell of one creation: it began with the first. What goes on to something else begins anew.
        var known = _resources.GetValueOrDefault(e.LogicalResourceId);
        var isSame = known is not null && (known.Words == words || words == "stabilising");
        _resources = _resources.SetItem(e.LogicalResourceId,
            new MovingResource(e.LogicalResourceId, e.ResourceType, isSame ? known!.Since : at, words));
    }

    private void Rests(StackEvent e)
    {
        _resources = _resources.Remove(e.LogicalResourceId);
        var isDone = e.ResourceStatus.EndsWith("_COMPLETE", StringComparison.Ordinal)
            || e.ResourceStatus.EndsWith("_SKIPPED", StringComparison.Ordinal);
        var isAsked = Plain is "" or "UPDATE" || e.ResourceStatus.StartsWith(Plain, StringComparison.Ordinal);
        if (isDone && isAsked && Node.Changed.Contains(e.LogicalResourceId))
            _done.Add(e.LogicalResourceId);
    }

    private string OfStack(string status) => status switch
    {
        _ when !status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) => Words,
        _ when status.Contains("CLEANUP", StringComparison.Ordinal) => "cleaning up",
        _ => OfResource(status, ""),
    };

    private string OfResource(string status, string reason) => status switch
    {
        _ when reason.StartsWith("Eventual consistency check", StringComparison.OrdinalIgnoreCase) => "stabilising",
        _ when status.Contains("ROLLBACK", StringComparison.Ordinal) => "rolling back",
        "CREATE_IN_PROGRESS" => Plain == "CREATE" ? "" : "creating",
        "UPDATE_IN_PROGRESS" => Plain == "UPDATE" ? "" : "updating",
        "DELETE_IN_PROGRESS" => Plain == "DELETE" ? "" : "deleting",
        _ => status[..^"_IN_PROGRESS".Length].ToLowerInvariant().Replace('_', ' '),
    };
}
