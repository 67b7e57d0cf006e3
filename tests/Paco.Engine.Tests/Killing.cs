using Paco.Applying;
using Paco.Engine.Tests.Simulation;
using Paco.Linking;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

/// <summary>A run that is ended as by kill -9: from then on nothing of the process does anything any more.</summary>
internal static class Killing
{
    /// <summary>Provisions and is killed at the given call or write, counted from one; false where it ended before.</summary>
    public static async Task<bool> At(int point, World world, KeptSecrets secrets, StackGraph project)
    {
        var plan = await Plan(world, project);
        var passed = 0;
        void Pass()
        {
            if (Interlocked.Increment(ref passed) >= point)
                throw new KilledException();
        }
        (world.Wire.Pass, secrets.Pass) = (Pass, Pass);
        try
        {
            await Applier.Apply(plan, world.Cloud, world.Options, _ => { }, default);
            return false;
        }
        catch (KilledException)
        {
            return true;
        }
    }

    private sealed class KilledException : Exception;
}
