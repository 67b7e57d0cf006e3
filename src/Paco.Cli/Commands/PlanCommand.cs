using Paco.Cli.Views;
using Paco.Planning;

namespace Paco.Cli.Commands;

/// <summary><c>paco plan SCOPE</c>: what provisioning would do. Reads, changes nothing.</summary>
internal static class PlanCommand
{
    public static async Task<int> Run(CloudArguments arguments, bool json, CancellationToken cancel)
    {
        var session = arguments.OpenSession();
        await using var choice = await CloudChoice.Open(session, arguments.Sandbox, arguments.Profile, cancel).ConfigureAwait(false);
        var plan = await PlanMaking.Make(session, choice, arguments, isDelete: false, cancel).ConfigureAwait(false);
        if (json)
        {
            using var output = Console.OpenStandardOutput();
            PlanJson.Write(output, plan);
        }
        else
        {
            new PlanView(Screen.Standard(), arguments.IsVerbose(session)).Show(plan);
        }
        if (!plan.Problems.IsEmpty || plan.Nodes.Any(n => n.Action == NodeAction.Refused))
            return ExitCode.Failure;
        return plan.HasWork ? ExitCode.Changes : ExitCode.Success;
    }
}
