using System.Collections.Immutable;
using Paco.Applying;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Planning;

namespace Paco.Engine.Tests.Edits;

/// <summary>
/// What a plan refuses would have failed: each such stack is sent as it is written, by itself, to a cloud that nobody will miss.
/// </summary>
internal static class Refusals
{
    /// <summary>How many were tried; a stack that needs what the same run would make cannot be sent by itself.</summary>
    public static async Task<int> Hold(Plan plan, ICloud cloud, ApplyOptions options)
    {
        var tried = 0;
        foreach (var refused in plan.Nodes.OfType<PlannedStack>().Where(IsItsOwn))
        {
            var report = await Applier.Apply(plan with { Nodes = [Forced(refused)] }, cloud, options, _ => { }, default);
            var result = report.Results.Single();
            if (result.IsGood)
                throw new InvalidOperationException($"does not hold: {refused.Id} is refused ({refused.Reason}), and it would have worked");
            tried += result.Failure!.Code == "NoOutput" ? 0 : 1;
        }
        return tried;
    }

    // What is refused for another's sake waits for that.
    private static bool IsItsOwn(PlannedStack stack) =>
        stack.Action == NodeAction.Refused && !stack.Reason!.StartsWith("needs ", StringComparison.Ordinal);

    private static PlannedStack Forced(PlannedStack refused) => refused with
    {
        Action = refused.Deployed is null ? NodeAction.Create : NodeAction.Update,
        Reason = null,
        Body = TemplateWriter.ToYaml(refused.Stack.Template.ToValue()),
        Parameters = refused.Stack.Parameters.Where(p => !p.NoEcho && !p.Source.Outputs.Any())
            .ToImmutableSortedDictionary(p => p.Name, p => refused.Deployed?.Parameters.GetValueOrDefault(p.Name), StringComparer.Ordinal),
    };
}
