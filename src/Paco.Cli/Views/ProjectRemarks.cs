using System.Collections.Immutable;
using Paco.Diagnostics;
using Paco.Monitoring;
using Paco.Planning;

namespace Paco.Cli.Views;

/// <summary>What the project's files say about a plan that the cloud does not: warnings, and what of them is not built yet.</summary>
/// <param name="NotBuilt">In the words people read: <c>app/site/pipeline</c>, <c>resource/iam</c>.</param>
/// <param name="AreShown">The warnings stand on the screen already.</param>
internal sealed record ProjectRemarks(ImmutableArray<Diagnostic> Warnings, ImmutableArray<string> NotBuilt, bool AreShown)
{
    /// <param name="warn">What the command line says of showing warnings.</param>
    public static ProjectRemarks Of(Session session, Plan plan, bool? warn)
    {
        ImmutableArray<Diagnostic> warnings = [.. session.Compilation.Diagnostics.Where(d => d.Severity == Severity.Warning)];
        var others = warnings.Where(d => d.Code == LaterCodes.NotBuiltYet && !IsListed(d, plan)).Select(LaterCodes.What);
        return new ProjectRemarks(warnings, [.. plan.NotBuilt.Select(n => n.Title).Concat(others).Distinct()],
            warn ?? session.Home.Warn ?? false);
    }

    // Its stacks say it already, under names that are known from the screen.
    private static bool IsListed(Diagnostic notBuilt, Plan plan) =>
        notBuilt.Subject is { } subject && plan.NotBuilt.Any(n => n.Ref.Covers(subject));
}
