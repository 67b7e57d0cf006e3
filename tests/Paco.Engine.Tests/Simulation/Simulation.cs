using System.Globalization;
using Paco.Applying;
using Paco.Clouds;
using Paco.Planning;
using Paco.Sandbox;
using Paco.Stacks;

namespace Paco.Engine.Tests.Simulation;

/// <summary>
/// One life of a project under bad luck: runs with faults and kills, changes in between, and at the end a run without faults.
/// What must hold after each of them is checked; what does not is thrown with the seed that shows it again.
/// </summary>
internal sealed class Simulation
{
    private readonly VirtualTime _time = new();
    private readonly Random _dice;
    private readonly SimulatedProject _project;
    private readonly string _folder = Directory.CreateTempSubdirectory("paco-simulation-").FullName;
    private readonly Invariants _invariants = new();
    private readonly KeptSecrets _secrets = new();

    private string CloudFile => Path.Combine(_folder, "sandbox.db");

    private Simulation(int seed)
    {
        _dice = new Random(seed);
        _project = new SimulatedProject(_dice);
    }

    /// <summary>What a seed came to: one line, and the same whenever it is run.</summary>
    public static string Run(int seed)
    {
        var simulation = new Simulation(seed);
        try
        {
            return simulation._time.Run(simulation.Live);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException(
                $"{e.Message}\nReplay with: PACO_SEED={seed.ToString(CultureInfo.InvariantCulture)} bench/simulate 1", e);
        }
        finally
        {
            Directory.Delete(simulation._folder, recursive: true);
        }
    }

    private async Task<string> Live()
    {
        var log = new List<string>();
        for (var runs = _dice.Next(1, 4); runs > 0; runs--)
        {
            log.Add(await BadRun());
            _project.Change();
        }
        var reruns = 0;
        while (await GoodRun())
        {
            if (++reruns > 3)
                throw new InvalidOperationException("three runs without faults do not converge");
        }
        return $"{_project.Graph().Nodes.Length} nodes, {string.Join("; ", log)}; then {reruns} to converge";
    }

    private async Task<string> BadRun()
    {
        Fault[] faults = [.. Enumerable.Range(0, _dice.Next(0, 7)).Select(_ => NewFault())];
        var pace = _dice.Next(3) switch { 0 => Pace.Instant, 1 => Pace.Realistic, _ => Pace.Scaled(0.2) };
        var (stop, leave, allows, imports, most) = (_dice.Next(0, 300), _dice.Next(0, 300), _dice.Next(3) > 0, _dice.Next(2) > 0,
            _dice.Next(1, 21));
        var kind = _dice.Next(4);
        await using var world = new World(CloudFile, _time, _project.Accounts, pace, [.. faults],
            TimeSpan.FromMilliseconds(_dice.Next(0, 300)), secrets: _secrets);
        using var first = new CancellationTokenSource();
        using var second = CancellationTokenSource.CreateLinkedTokenSource(world.Local.Stopped);
        using var timer = _time.CreateTimer(_ => { first.Cancel(); if (kind == 1) second.Cancel(); }, null,
            kind > 1 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(kind == 0 ? stop : leave), Timeout.InfiniteTimeSpan);
        try
        {
            return await Life(world, allows, imports, most, new Cancellation(first.Token, second.Token)) is { } report
                ? string.Join(", ", report.Results.GroupBy(r => r.Outcome).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key}"))
                : "refused";
        }
        catch (CloudException e)
        {
            return $"no plan: {e.Kind}";
        }
        catch (OperationCanceledException) when (second.IsCancellationRequested)
        {
            return "killed while planning";
        }
    }

    // True where there was still something to do.
    private async Task<bool> GoodRun()
    {
        await using var world = new World(CloudFile, _time, _project.Accounts, Pace.Scaled(0.1), [], TimeSpan.Zero, secrets: _secrets);
        // CloudFormation forgets what its clean-up could not delete, and its name is taken: it is taken over, or somebody gives way.
        while (_project.GiveWay(await Plan(world, Scope.All, imports: true, default)))
        {
        }
        var report = await Provision(world, Scope.All, allows: true, imports: true, 20, default)
            ?? throw new InvalidOperationException("the plan has problems");
        if (report.Results.FirstOrDefault(r => !r.IsGood) is { } bad
            && !bad.Failure!.Message.Contains("the plan did not show", StringComparison.Ordinal)
            && !bad.Failure.Message.StartsWith("needs", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"without faults {bad.Node} is {bad.Outcome}: {bad.Failure}");
        }
        await _project.KeysAreSomebodys(world.Cloud, _secrets);
        return report.Results.Any(r => r.Outcome != NodeOutcome.Unchanged);
    }

    // What somebody does on a day: mostly all of it, now and then a part, or away with a part, or a look after what got stuck.
    private Task<RunReport?> Life(World world, bool allows, bool imports, int most, Cancellation stopping) => _dice.Next(12) switch
    {
        0 or 1 => Provision(world, _project.SomeScope(), allows, imports, most, stopping),
        2 => Delete(world, _project.SomeScope(), allows, most, stopping),
        3 => Recover(world, stopping),
        _ => Provision(world, Scope.All, allows, imports, most, stopping),
    };

    private async Task<RunReport?> Provision(World world, Scope scope, bool allows, bool imports, int most, Cancellation stopping) =>
        await Apply(await Plan(world, scope, imports, stopping.Leave), world, allows, most, stopping);

    private Task<Plan> Plan(World world, Scope scope, bool imports, CancellationToken leave) =>
        Planner.Plan(_project.Graph(), scope, world.Cloud, world.Options.Planning with { ImportExisting = imports }, leave);

    private async Task<RunReport?> Delete(World world, Scope scope, bool allows, int most, Cancellation stopping) =>
        await Apply(await DeletionPlanner.Plan(_project.Graph(), scope, world.Cloud, world.Options.Planning, stopping.Leave), world, allows,
            most, stopping);

    // Of what is deleted here nothing holds data that a plan would have to show: those are left for a run that may lose it. A stack
    // that waits for a record waits for days, and nobody looks on that long.
    private async Task<RunReport?> Recover(World world, Cancellation stopping)
    {
        var found = await Recovery.Plan(_project.Graph(), Scope.All, world.Cloud, stopping.Leave);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(stopping.Leave);
        using var timer = _time.CreateTimer(_ => leave.Cancel(), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        return await Recovery.Apply([.. found.Where(f => f.Lost.IsEmpty)], [], world.Cloud, world.Options, _ => { }, leave.Token);
    }

    private async Task<RunReport?> Apply(Plan plan, World world, bool allows, int most, Cancellation stopping)
    {
        if (!plan.Problems.IsEmpty || (plan.Destructive.Any() && !allows))
            return null;
        var ledger = new Ledger(plan, most);
        await _invariants.Before(plan, world, stopping.Leave);
        var report = await Applier.Apply(plan, world.Cloud,
            world.Options with
            {
                MaxPerPlace = most,
                Permissions = plan.Destructive.Any() ? new DestroyPermissions(["netenv"]) : DestroyPermissions.None,
            }, ledger.Note, stopping);
        ledger.Check(report, world.Wire);
        if (!stopping.Leave.IsCancellationRequested)
            await _invariants.After(plan, world, stopping.Leave);
        return report;
    }

    private Fault NewFault()
    {
        var operation = _dice.Next(6) switch
        {
            0 => "cloudformation:CreateStack",
            1 => "cloudformation:UpdateStack",
            2 => "cloudformation:DeleteStack",
            3 => "cloudformation:Describe*",
            4 => "ec2:*",
            _ => "*",
        };
        ResourceAction? on = _dice.Next(4) switch
        {
            0 => ResourceAction.Create,
            1 => ResourceAction.Update,
            2 => ResourceAction.Delete,
            _ => null,
        };
        return Dice(operation, on);
    }

    private Fault Dice(string operation, ResourceAction? on) =>
        _dice.Next(6) switch
        {
            0 or 5 => new Fault.FailResource(_dice.Next(3) == 0 ? "*" : $"sim-stack{_dice.Next(10)}", _dice.Next(2) == 0 ? "*" : "Part1",
                "Injected failure", _dice.Next(1, 4), on),
            1 => new Fault.Throttle(operation, _dice.Next(2, 9)),
            2 => new Fault.DropConnection(operation, _dice.Next(1, 12), _dice.Next(2) == 0),
            3 => new Fault.ExpireToken(_dice.Next(1, 80)),
            _ => new Fault.StopAt(_dice.Next(1, 300)),
        };
}
