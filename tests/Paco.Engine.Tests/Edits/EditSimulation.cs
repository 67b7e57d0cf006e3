using System.Globalization;
using Paco.Applying;
using Paco.Clouds;
using Paco.Engine.Tests.Simulation;
using Paco.Planning;
using Paco.Sandbox;
using Paco.Stacks;

namespace Paco.Engine.Tests.Edits;

/// <summary>
/// One life of a project in the hands of people: it is provisioned, edited, planned, and provisioned or not, several times. Nothing
/// fails here but what the cloud refuses, so whatever happens must have been in the plan. What does not hold is thrown with the seed.
/// </summary>
internal sealed class EditSimulation
{
    private static int _count;

    private readonly VirtualTime _time = new();
    private readonly Random _dice;
    private readonly List<string> _log = [];
    private readonly string _folder = Path.Combine(Path.GetTempPath(),
        $"paco-edits-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}");

    // What somebody does to the cloud's file before the last look, to see whether that looks.
    private readonly Action<string, Random> _tamper;

    private ProjectFiles _files;

    private EditSimulation(int seed, Action<string, Random>? tamper)
    {
        _tamper = tamper ?? ((_, _) => { });
        _dice = new Random(seed);
        _files = RandomProject.Make(_dice);
    }

    private string CloudFile => Path.Combine(_folder, "sandbox.db");

    private string CopiedFile => Path.Combine(_folder, "copied.db");

    private static string Home(string folder) => Path.Combine(folder, "project");

    /// <summary>What a seed came to: one line, and the same whenever it is run.</summary>
    public static string Run(int seed, Action<string, Random>? tamper = null)
    {
        var simulation = new EditSimulation(seed, tamper);
        Directory.CreateDirectory(simulation._folder);
        try
        {
            return simulation._time.Run(simulation.Live);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException(
                $"{e.Message}\nAfter: {string.Join("; ", simulation._log)}\n"
                + $"Replay with: PACO_SEED={seed.ToString(CultureInfo.InvariantCulture)} bench/simulate edits 1", e);
        }
        finally
        {
            Directory.Delete(simulation._folder, recursive: true);
        }
    }

    private async Task<string> Live()
    {
        if (Compiled(_files) is not { } first)
            return "no project to begin with";
        await MoveIn();
        await Provision(first, prune: false, allows: true);
        for (var days = _dice.Next(1, 4); days > 0; days--)
            await Day();
        await End();
        return string.Join("; ", _log);
    }

    private async Task MoveIn()
    {
        await using var world = Open();
        await world.Cloud.CloudFormation(new Place("dev", "us-west-2")).CreateStack(new StackRequest
        {
            StackName = Witness.Neighbour,
            Template = new TemplateSource("""{"Resources": {"Theirs": {"Type": "AWS::SNS::Topic"}}}""", null),
            ClientRequestToken = "neighbour",
        }, default);
    }

    // A few edits that make sense together, then a run, or second thoughts.
    private async Task Day()
    {
        var (files, made) = Edited();
        if (Compiled(files) is not { } compiled)
        {
            _log.Add($"{made}: mistakes");
            return;
        }
        _log.Add(made);
        if (await Provision(compiled, _dice.Next(2) == 0, _dice.Next(3) > 0))
            _files = files;
    }

    // Everything asked for, everything else away: then there is nothing left to say.
    private async Task End()
    {
        for (var i = 0; i < 4 && Compiled(_files) is { } compiled; i++)
        {
            var plan = await Plan(compiled, prune: true);
            if (!plan.Problems.IsEmpty)
            {
                _log.Add($"ends with {plan.Problems[0].Message}");
                return;
            }
            if (!plan.HasWork && plan.Nodes.FirstOrDefault(n => n.Action == NodeAction.Refused) is { } refused)
            {
                _log.Add($"ends with {refused.Reason}");
                return;
            }
            if (!plan.HasWork)
            {
                _tamper(CloudFile, _dice);
                Witness.IsAsWritten(_files, Census.Take(CloudFile));
                return;
            }
            if (await Apply(plan, allows: true) is { } failure)
            {
                _log.Add($"ends with {failure}");
                return;
            }
        }
        throw new InvalidOperationException("four runs without a failure do not converge");
    }

    private (ProjectFiles, string) Edited()
    {
        var files = _files.Copy();
        var made = new List<string>();
        var wanted = _dice.Next(1, 4);
        for (var tries = 0; tries < 20 && made.Count < wanted; tries++)
        {
            var edit = Edit.All[_dice.Next(Edit.All.Length)];
            var next = files.Copy();
            if (edit.Do(next, _dice) && Compiled(next) is not null)
            {
                made.Add(edit.Name);
                files = next;
            }
        }
        return (files, string.Join(" + ", made));
    }

    private Compilation? Compiled(ProjectFiles files)
    {
        var home = Home(_folder);
        if (Directory.Exists(home))
            Directory.Delete(home, recursive: true);
        files.Write(home);
        var compiled = Toolkit.Compile(home);
        return compiled.HasErrors ? null : compiled;
    }

    private World Open() => Open(CloudFile);

    private World Open(string file) => new(file, _time, [.. RandomProject.Accounts], Pace.Scaled(0.1), [], TimeSpan.Zero);

    private async Task<Plan> Plan(Compilation compiled, bool prune)
    {
        Plan plan;
        await using (var world = Open())
        {
            plan = await Planner.Plan(compiled.Graph!, Scope.All, world.Cloud, world.Options.Planning with { Prune = prune }, default);
            new Witness(plan, world.AccountIds, Census.Take(CloudFile)).ListsEverything();
        }
        if (plan.Nodes.Any(n => n.Action == NodeAction.Refused))
        {
            File.Copy(CloudFile, CopiedFile, overwrite: true);
            await using var copy = Open(CopiedFile);
            if (await Refusals.Hold(plan, copy.Cloud, copy.Options) is > 0 and var refused)
                _log.Add($"{refused} refused, rightly");
        }
        return plan;
    }

    // False where somebody thought better of it.
    private async Task<bool> Provision(Compilation compiled, bool prune, bool allows)
    {
        var plan = await Plan(compiled, prune);
        if (!plan.Problems.IsEmpty || (plan.Destructive.Any() && !allows))
        {
            _log.Add(plan.Problems.IsEmpty ? "refused: loses data" : $"refused: {plan.Problems[0].Message}");
            return false;
        }
        if (await Apply(plan, allows) is { } failure)
            _log.Add(failure);
        return true;
    }

    // Why something failed; null where nothing did.
    private async Task<string?> Apply(Plan plan, bool allows)
    {
        await using var world = Open();
        var before = Census.Take(CloudFile);
        var permissions = allows
            ? new DestroyPermissions([.. plan.Destructive.Select(n => n.Node.Ref.Text).Distinct()])
            : DestroyPermissions.None;
        var report = await Applier.Apply(plan, world.Cloud, world.Options with { Permissions = permissions }, _ => { }, default);
        new Witness(plan, world.AccountIds, before).Compare(Census.Take(CloudFile));
        var failure = report.Results.FirstOrDefault(r => !r.IsGood && r.Outcome != NodeOutcome.Skipped) is { } bad
            ? $"{bad.Node.Name} failed: {bad.Failure?.Message}"
            : null;
        return failure is null || HasObjections(plan) ? failure
            : throw new InvalidOperationException($"a plan without objections does not apply: {failure}");
    }

    private static bool HasObjections(Plan plan) => !plan.Problems.IsEmpty || plan.Nodes.Any(n => n.Action == NodeAction.Refused
        || n is PlannedStack { IsObjectedTo: true } || (n is PlannedStack stack && stack.Changes.Any(c => c.NameIsTaken)));
}
