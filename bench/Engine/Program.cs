using System.Diagnostics;
using System.Globalization;
using Paco.Engine.Tests.Edits;
using Paco.Engine.Tests.Simulation;

return args switch
{
    ["simulate", "edits", .. var rest] => Simulate(seed => EditSimulation.Run(seed), rest),
    ["simulate", .. var rest] => Simulate(Simulation.Run, rest),
    ["makespan", "paces", .. var row] => Paco.Bench.Makespan.Paces(string.Join(' ', row)),
    ["makespan", .. var row] => Paco.Bench.Makespan.Run(string.Join(' ', row)),
    _ => Usage(),
};

static int Simulate(Func<int, string> life, string[] arguments)
{
    var count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 1000;
    var first = Environment.GetEnvironmentVariable("PACO_SEED") is { Length: > 0 } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : 1;
    var (failures, watch) = (0, Stopwatch.StartNew());
    for (var i = first; i < first + count; i++)
    {
        try
        {
            var line = life(i);
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
    Console.Error.WriteLine("simulate [edits] [N] | makespan [paces] [ROW]");
    return 1;
}
