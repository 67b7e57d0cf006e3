using System.Globalization;

namespace Paco.Engine.Tests.Edits;

/// <summary>A few lives of projects that are edited; <c>bench/simulate edits N</c> runs more of them.</summary>
public sealed class EditSimulationTests
{
    [Fact]
    public void Whatever_is_edited_nothing_happens_that_the_plan_did_not_list()
    {
        var (first, count) = Environment.GetEnvironmentVariable("PACO_SEED") is { Length: > 0 } seed
            ? (int.Parse(seed, CultureInfo.InvariantCulture), 1)
            : (1, 12);
        for (var i = first; i < first + count; i++)
            EditSimulation.Run(i);
    }
}
