using System.Diagnostics;
using System.Globalization;
using Paco.Engine.Tests.Simulation;

return args switch
{
    ["simulate", .. var rest] => Simulate(rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 1000),
    ["makespan"] => Paco.Bench.Makespan.Run(),
    _ => Usage(),
};

static int Simulate(int count)
{
    var first = Environment.GetEnvironmentVariable("PACO_SEED") is { Length: > 0 } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : 1;
    var (failures, watch) = (0, Stopwatch.StartNew());
    for (var i = first; i < first + count; i++)
    {
        try
        {
            var line = Simulation.Run(i);
            if (count <= 20)
                Console.WriteLine($"seed {i}: {line}");
        }
        catch (InvalidOperationException e)
        {
            failures++;
            Console.WriteLine($"seed {i}: {(count <= 3 ? e : e.Message)}");
        }
    }
    Console.WriteLine($"{count} seeds, {failures} failed, {watch.Elapsed.TotalSeconds:0.0} s");
    return failures == 0 ? 0 : 1;
}

static int Usage()
{
    Console.Error.WriteLine("simulate [N] | makespan");
    return 1;
}
