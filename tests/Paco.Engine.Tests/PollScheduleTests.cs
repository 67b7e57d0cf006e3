using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Paco.Applying;
using Paco.Linking;
using Paco.Sandbox;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

/// <summary>When a run looks at what CloudFormation works on: 100 ms a call, stacks of five seconds.</summary>
public sealed partial class PollScheduleTests
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Small = TimeSpan.FromSeconds(5);
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.37)]
    [InlineData(0.73)]
    public void A_chain_of_twelve_small_stacks_takes_what_they_take_and_the_calls_between_them(double pace)
    {
        var (took, calls) = Provisioned(pace, Chain(12));
        // To start each takes a call, and to see its end another; half of each is on the way while nothing is at work.
        var possible = 12 * ((Small * pace) + Latency);
        Assert.InRange(took, possible, possible * 1.02);
        Assert.InRange(calls, 12, 48);
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(0.73)]
    [InlineData(0.85)]
    [InlineData(1.0)]
    [InlineData(1.2)]
    [InlineData(1.37)]
    [InlineData(1.5)]
    public void One_small_stack_is_seen_within_a_quarter_of_a_second_whatever_it_takes(double pace)
    {
        var (took, calls) = Provisioned(pace, Chain(1));
        var possible = (Small * pace) + Latency;
        Assert.InRange(took, possible, possible + TimeSpan.FromSeconds(0.25));
        Assert.InRange(calls, 1, 20 + took.TotalSeconds);
    }

    [Fact]
    public void One_small_stack_that_takes_what_was_estimated_takes_no_longer_than_that_and_its_calls() =>
        Assert.Equal(Small + Latency, Provisioned(1.0, Chain(1)).Took);

    [Fact]
    public void Events_are_asked_for_beside_each_look_at_a_small_stack_that_nothing_waits_for()
    {
        var (looks, events) = Asked(Chain(1));
        Assert.InRange(looks, 10, 20);
        Assert.Equal(looks, events);
    }

    [Fact]
    public void Events_of_one_that_another_waits_for_are_asked_for_in_the_middle_and_at_the_end() =>
        Assert.Equal(2, Asked(Chain(2)).Events);

    [Theory]
    [InlineData(0.8)]
    [InlineData(0.97)]
    [InlineData(1.1)]
    public void Events_that_were_answered_before_the_end_are_asked_for_once_more(double pace)
    {
        var told = Run(Pace.Scaled(pace), [], async world =>
        {
            var (plan, events) = (await Plan(world, Chain(1)), new ConcurrentQueue<ApplyEvent>());
            world.Wire.Before = form => form.Contains("Action=DescribeStacks&", StringComparison.Ordinal)
                ? Task.Delay(TimeSpan.FromSeconds(0.3), world.Options.Time)
                : Task.CompletedTask;
            await Applier.Apply(plan, world.Cloud, world.Options, events.Enqueue, default);
            return events.OfType<ResourceMoved>().Select(e => e.Event).ToList();
        }, Latency);
        Assert.Equal(("s0", "CREATE_COMPLETE"), (told[^1].LogicalResourceId, told[^1].ResourceStatus));
        Assert.Distinct(told.Select(e => e.EventId));
    }

    [Fact]
    public void However_many_stacks_are_at_work_a_place_is_looked_at_once_a_second_and_a_few_times_more()
    {
        var (took, calls) = Provisioned(1.37, Graph([.. Enumerable.Range(0, 60).Select(i => Stack($"s{i}", [Topic()]))]));
        Assert.InRange(calls, 1, took.TotalSeconds + 21);
    }

    [Fact]
    public void Where_nothing_takes_any_time_nobody_waits_for_the_estimate()
    {
        var took = Run(Pace.Instant, [], async world =>
        {
            var plan = await Plan(world, Chain(3));
            return (await Applier.Apply(plan, world.Cloud, world.Options with { Pace = 0 }, _ => { }, default)).Duration;
        });
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void What_takes_minutes_is_looked_at_once_an_interval()
    {
        var looks = Looks(expected: TimeSpan.FromMinutes(10), until: TimeSpan.FromMinutes(14), new SeenPace());
        Assert.Equal(14 * 12, looks.Count);
        Assert.All(Gaps(looks), gap => Assert.Equal(TimeSpan.FromSeconds(5), gap));
    }

    [Fact]
    public void What_may_end_any_moment_is_seen_within_a_fiftieth_of_its_time()
    {
        var looks = Looks(TimeSpan.FromMinutes(2), until: TimeSpan.FromMinutes(2.5), new SeenPace());
        Assert.All(Gaps([.. looks.Where(t => t > TimeSpan.FromSeconds(85))]),
            gap => Assert.InRange(gap, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3.4)));
    }

    [Theory]
    [InlineData(5, 0.07)]
    [InlineData(12, 0.06)]
    [InlineData(30, 0.035)]
    public void What_is_saved_lasts_as_long_as_it_may_take(double expected, double share)
    {
        var looks = Looks(TimeSpan.FromSeconds(expected), until: TimeSpan.FromSeconds(expected * 1.5), new SeenPace());
        var opens = TimeSpan.FromSeconds(expected * 0.6);
        Assert.Contains(opens, looks);
        Assert.All(looks.Zip(looks.Skip(1)).Where(l => l.First >= opens), l => Assert.InRange((l.Second - l.First) / l.First, 0.01, share));
    }

    [Fact]
    public void What_takes_less_than_a_call_is_looked_at_when_its_start_is_answered()
    {
        var times = new PollSchedule(TimeSpan.FromSeconds(5), new SeenPace());
        times.Looked(Start.AddMinutes(-1), Start.AddMinutes(-1) + Latency, calls: 1);
        Assert.InRange(times.Next(Start, TimeSpan.FromMilliseconds(5)), Start, Start.AddSeconds(0.25));
    }

    [Fact]
    public void A_run_that_has_seen_how_long_stacks_take_waits_for_that()
    {
        var pace = new SeenPace();
        pace.Note(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(13));
        var looks = Looks(TimeSpan.FromSeconds(100), until: TimeSpan.FromSeconds(131), pace);
        Assert.Contains(TimeSpan.FromSeconds(130), looks);
        Assert.All(Gaps([.. looks.Where(t => t < TimeSpan.FromSeconds(126))]), gap => Assert.Equal(TimeSpan.FromSeconds(5), gap));
    }

    [Fact]
    public void One_that_took_far_longer_than_any_other_is_forgotten()
    {
        var pace = new SeenPace();
        pace.Note(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10));
        for (var i = 0; i < 8; i++)
            pace.Note(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        Assert.InRange(pace.Of(TimeSpan.FromSeconds(100)).Longest, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(105));
    }

    [Fact]
    public void A_look_that_took_long_because_it_was_throttled_is_followed_by_a_longer_pause()
    {
        var times = new PollSchedule(TimeSpan.FromSeconds(5), new SeenPace());
        times.Looked(Start, Start.AddSeconds(2), calls: 1);
        Assert.Equal(Start.AddSeconds(4), times.Next(Start.AddSeconds(-5), TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Looks_of_many_pages_are_paid_for_by_the_page()
    {
        int Looked(int calls)
        {
            var (times, now, looks) = (new PollSchedule(TimeSpan.FromSeconds(5), new SeenPace()), Start, 0);
            for (; now < Start.AddMinutes(2); now = times.Next(now.AddSeconds(-10), TimeSpan.FromSeconds(10)), looks++)
                times.Looked(now, now, calls);
            return looks;
        }
        Assert.InRange(Looked(1), 120, 140);
        Assert.InRange(Looked(4), 30, 40);
    }

    // After how long a lonely operation is looked at.
    private static List<TimeSpan> Looks(TimeSpan expected, TimeSpan until, SeenPace pace)
    {
        var (times, looks) = (new PollSchedule(TimeSpan.FromSeconds(5), pace), new List<TimeSpan>());
        for (var now = times.Next(Start, expected); now <= Start + until; now = times.Next(Start, expected))
        {
            looks.Add(now - Start);
            times.Looked(now, now, calls: 1);
        }
        return looks;
    }

    private static IEnumerable<TimeSpan> Gaps(IReadOnlyList<TimeSpan> looks) => looks.Zip(looks.Skip(1), (a, b) => b - a);

    [GeneratedRegex("Action=DescribeStackEvents&.*%3Astack%2Fs0%2F")]
    private static partial Regex EventsOfTheFirst();

    // Looks at all, and calls for the events of the first of them.
    private static (int Looks, int Events) Asked(StackGraph graph) => Run(Pace.Scaled(1.37), [], async world =>
    {
        var (plan, looks, events) = (await Plan(world, graph), 0, 0);
        world.Wire.Before = form =>
        {
            looks += form.Contains("Action=DescribeStacks&", StringComparison.Ordinal) ? 1 : 0;
            events += EventsOfTheFirst().IsMatch(form) ? 1 : 0;
            return Task.CompletedTask;
        };
        await Applier.Apply(plan, world.Cloud, world.Options, _ => { }, default);
        return (looks, events);
    }, Latency);

    private static StackGraph Chain(int length) =>
        Graph([.. Enumerable.Range(0, length).Select(i => Stack($"s{i}", [Topic()], i == 0 ? [] : [$"s{i - 1}"]))]);

    private static (TimeSpan Took, int Looks) Provisioned(double pace, StackGraph graph) => Run(Pace.Scaled(pace), [], async world =>
    {
        var plan = await Plan(world, graph);
        world.Wire.CallsOf.Clear();
        var report = await Applier.Apply(plan, world.Cloud, world.Options, _ => { }, default);
        Assert.All(report.Results, r => Assert.Equal(NodeOutcome.Created, r.Outcome));
        return (report.Duration, world.Wire.CallsOf["DescribeStacks"]);
    }, Latency);
}
