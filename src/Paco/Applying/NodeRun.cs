using Paco.Planning;
using Paco.Stacks;

namespace Paco.Applying;

/// <summary>One node on its way.</summary>
internal sealed class NodeRun(PlannedNode node)
{
    public PlannedNode Node { get; } = node;

    public NodeId Id => Node.Id;

    /// <summary>The cloud works on it, or it has ended.</summary>
    public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Its outputs are final: those that wait for it may start. At the latest when it has ended.</summary>
    public TaskCompletionSource<NodeResult> Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<NodeResult> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A call that starts work may have reached the cloud, whatever became of the answer.</summary>
    public bool MayRun { get; set; }

    /// <summary>What is brought now is a step on the way, with outputs that are not the last.</summary>
    public bool IsOnTheWay { get; set; }

    /// <summary>It broke for a reason nobody foresaw; all who wait for it learn that.</summary>
    public void Fault(Exception e)
    {
        Started.TrySetException(e);
        Ready.TrySetException(e);
        Ended.TrySetException(e);
    }
}
