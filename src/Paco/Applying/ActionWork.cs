using Paco.Clouds;
using Paco.Planning;

namespace Paco.Applying;

/// <summary>Does one action. Actions converge when they are done again, so what fails in passing is done again as a whole.</summary>
internal sealed class ActionWork(Workshop shop, PlannedAction planned, CancellationToken leave)
{
    public async Task<NodeResult> Bring(Inputs inputs)
    {
        var values = await inputs.Of(planned.Work);
        var began = shop.Now;
        var made = await shop.Patience.Read(planned.Id.Place, () => planned.Work.Apply(shop.Cloud, values, shop.Options.Time, leave), leave);
        foreach (var reveal in made.Reveals)
            shop.Tell(new SecretRevealed(shop.Now, planned.Id, reveal));
        foreach (var field in made.Found)
            shop.Tell(new FieldFound(shop.Now, planned.Id, field));
        var outcome = made.Failure is not null ? NodeOutcome.Failed : planned.Action == NodeAction.Create ? NodeOutcome.Created : NodeOutcome.Updated;
        return new NodeResult(planned.Id, outcome, shop.Now - began)
        {
            Outputs = made.Outputs,
            Failure = made.Failure is { } why ? new NodeFailure(why) : null,
        };
    }

    public async Task<NodeResult> Delete()
    {
        var began = shop.Now;
        await shop.Patience.Do(planned.Id.Place, () => planned.Work.Delete(shop.Cloud, leave), leave);
        return new NodeResult(planned.Id, NodeOutcome.Deleted, shop.Now - began);
    }
}
