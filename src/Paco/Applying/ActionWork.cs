using Paco.Planning;
using Paco.Stacks;

namespace Paco.Applying;

/// <summary>Does one action. Actions converge when they are done again, so what fails in passing is done again as a whole.</summary>
internal sealed class ActionWork(RunContext context, PlannedAction planned, CancellationToken leave)
{
    public async Task<NodeResult> Bring(CurrentValues inputs)
    {
        var values = await inputs.Of(planned.Work);
        var began = context.Now;
        var given = new ActionContext(context.Options.Time, context.Options.Secrets);
        var made = await context.Retry.Read(planned.Id.Place, () => planned.Work.Apply(context.Cloud, values, given, leave), leave);
        foreach (var reveal in made.Reveals)
            context.Tell(new SecretRevealed(context.Now, planned.Id, reveal));
        foreach (var field in made.Found)
            context.Tell(new FieldFound(context.Now, planned.Id, field));
        var outcome = made.Failure is not null
            ? NodeOutcome.Failed
            : planned.Action == NodeAction.Create ? NodeOutcome.Created
            : NodeOutcome.Updated;
        return new NodeResult(planned.Id, outcome, context.Now - began)
        {
            Outputs = made.Outputs,
            Failure = made.Failure is { } why ? new NodeFailure(why) { Code = made.Code?.Id } : null,
        };
    }

    public async Task<NodeResult> Delete()
    {
        var began = context.Now;
        await context.Retry.Do(planned.Id.Place, () => planned.Work.Delete(context.Cloud, leave), leave);
        return new NodeResult(planned.Id, NodeOutcome.Deleted, context.Now - began);
    }
}
