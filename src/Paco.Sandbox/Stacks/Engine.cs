using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Stacks;

/// <summary>Moves all operations on to a time, one due step after the other, in the order they are due.</summary>
internal sealed class Engine(SandboxContext world, Store store)
{
    /// <summary>A step happens at the time it was due, however late somebody looks.</summary>
    public void Advance(DateTimeOffset now)
    {
        var limit = now.ToUnixTimeMilliseconds();
        while (!world.Faults.Stopped && store.NextDue(limit) is var (row, due))
        {
            var stack = store.StackAt(row);
            var progress = new OperationEngine(world, store, stack);

            // One stack goes on alone as long as no other is due before its next step; that saves reading it again. A nested one may have
            // woken its parent, whose turn it is then.
            do
            {
                progress.TryStep(DateTimeOffset.FromUnixTimeMilliseconds(due == 0 ? limit : due));
            }
            while (!world.Faults.Stopped && stack.Run?.Due is { } next && next <= limit && next == due && stack.ParentId is null);
            store.Save(stack);
        }
    }
}
