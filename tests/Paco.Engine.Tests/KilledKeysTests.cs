using System.Collections.Immutable;
using Paco.Applying;
using Paco.Engine.Tests.Simulation;
using Paco.Global.Ec2;
using Paco.Linking;
using Paco.Sandbox;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

/// <summary>A run that makes keys, killed at every point: before and after each call, before and after each key is kept.</summary>
public sealed class KilledKeysTests
{
    private static readonly ImmutableArray<KeyPairAction> Keys =
    [
        .. new[] { "blue", "green" }.Select(name =>
            new KeyPairAction(name) { Id = Id($"key pair {name}"), Ref = $"resource.ec2.keypairs.{name}", Title = $"key pair {name}" }),
    ];

    private static readonly StackGraph Project = new([.. Keys.Select(k => new ActionNode(k))]);

    [Fact]
    public void Wherever_a_run_that_makes_keys_is_killed_the_next_one_leaves_each_with_somebody_who_has_it()
    {
        var points = 0;
        while (IsKilledAt(++points))
        {
        }
        // Two keys: looked for, made, kept, claimed, each with a before and an after.
        Assert.InRange(points, 2 * 4 * 2, 100);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_answer_that_is_cut_or_lost_costs_no_key(bool isCut)
    {
        Fault fault = isCut
            ? new Fault.CutAnswer("ec2:CreateKeyPair", 1)
            : new Fault.DropConnection("ec2:CreateKeyPair", 1, AfterEffect: true);
        var secrets = new KeptSecrets();
        Run(Pace.Instant, [fault], async world =>
        {
            var told = new List<ApplyEvent>();
            var report = await Applier.Apply(await Plan(world, Project), world.Cloud, world.Options with { Secrets = secrets }, told.Add,
                default);
            Assert.True(report.Succeeded);
            Assert.Equal(Keys.Length, told.OfType<SecretRevealed>().Count());
            await AreSomebodys(world, secrets);
            return true;
        });
    }

    [Fact]
    public void Answers_that_are_cut_every_time_leave_no_key_pair_and_no_part_of_a_key_in_the_message()
    {
        Run(Pace.Instant, [.. Enumerable.Range(1, 20).Select(n => new Fault.CutAnswer("ec2:CreateKeyPair", n))], async world =>
        {
            var report = await Provision(world, Project);
            Assert.All(report.Results, r => Assert.Equal(NodeOutcome.Failed, r.Outcome));
            Assert.All(report.Results, r => Assert.Contains("ec2:CreateKeyPair", r.Failure!.Message, StringComparison.Ordinal));
            Assert.All(report.Results, r => Assert.DoesNotContain("BEGIN", r.Failure!.Message, StringComparison.Ordinal));
            foreach (var key in Keys)
                Assert.Null(await world.Cloud.Ec2(Here).DescribeKeyPair(key.KeyName, CancellationToken.None));
            return true;
        });
    }

    // False where the run came to its end before that point.
    private static bool IsKilledAt(int point)
    {
        var time = new VirtualTime();
        var secrets = new KeptSecrets();
        var folder = Directory.CreateTempSubdirectory("paco-killed-");
        var file = Path.Combine(folder.FullName, "sandbox.db");
        try
        {
            return time.Run(async () =>
            {
                var isKilled = false;
                await using (var world = new World(file, time, Accounts, Pace.Instant, [], TimeSpan.Zero, secrets: secrets))
                    isKilled = await Killing.At(point, world, secrets, Project);
                secrets.Pass = () => { };
                await using var next = new World(file, time, Accounts, Pace.Instant, [], TimeSpan.Zero, secrets: secrets);
                Assert.True((await Provision(next, Project)).Succeeded);
                await AreSomebodys(next, secrets);
                return isKilled;
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task AreSomebodys(World world, KeptSecrets secrets)
    {
        foreach (var key in Keys)
        {
            var pair = await world.Cloud.Ec2(Here).DescribeKeyPair(key.KeyName, CancellationToken.None);
            Assert.True(secrets.Has(key.SecretFile, s => key.FingerprintOf(s) == pair!.Fingerprint), $"nobody has {key.KeyName}");
            Assert.Equal("claimed", pair!.Tags["Paco-Private-Key"]);
        }
    }
}
