using System.Globalization;

namespace Paco.Engine.Tests;

/// <summary>A hundred lives of random projects under random faults; <c>bench/simulate N</c> runs more of them.</summary>
public sealed class SimulationTests
{
    [Fact]
    public void Whatever_fails_and_whenever_it_is_killed_a_later_run_brings_the_project_to_its_end()
    {
        var (first, count) = Environment.GetEnvironmentVariable("PACO_SEED") is { Length: > 0 } seed
            ? (int.Parse(seed, CultureInfo.InvariantCulture), 1)
            : (1, 100);
        for (var i = first; i < first + count; i++)
            Simulation.Simulation.Run(i);
    }
}
