using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Tests.Monitoring;

/// <summary>Following logs: nothing twice, nothing lost, and less often where a cloud cannot answer.</summary>
public sealed class LogReaderTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 29, 20, 0, 0, TimeSpan.Zero);

    private static readonly KnownLog Log = new(
        new WrittenLog(new NodeId(new Place("dev", "us-west-2"), "logs"), new ObjectPath("netenv.a"), new LiteralSource("web")),
        "web", "web");

    private static LogEvent At(int seconds) => new($"{seconds}", Start.AddSeconds(seconds), Start, "i-1", $"event {seconds}");

    [Fact]
    public async Task Events_that_come_late_are_shown_and_none_is_shown_twice()
    {
        var shown = await Follow(turns: 3,
            since => [At(1), At(5)],
            since => [At(1), At(3), At(5)],
            since => [At(3), At(5), At(60)]);

        Assert.Equal(["event 1", "event 5", "event 3", "event 60"], shown.Events);
    }

    [Fact]
    public async Task What_is_older_than_what_may_come_late_is_not_asked_for_again()
    {
        var asked = new List<DateTimeOffset>();

        await Follow(turns: 2,
            since => { asked.Add(since); return [At(100)]; },
            since => { asked.Add(since); return [At(100), At(101)]; });

        Assert.Equal([Start, Start.AddSeconds(70)], asked);
    }

    [Fact]
    public async Task A_cloud_that_says_there_are_too_many_calls_is_asked_less_and_less_often()
    {
        static LogEvent[] Throttled(DateTimeOffset since) =>
            throw new CloudException(CloudErrorKind.Throttled, "Throttling", "Rate exceeded", "logs:FilterLogEvents");

        var shown = await Follow(turns: 2, since => [At(1)], Throttled, Throttled, Throttled, since => [At(2)]);

        Assert.Equal([2, 4, 8, 16], shown.Pauses.Select(p => p.TotalSeconds));
    }

    private static async Task<(List<string> Events, List<TimeSpan> Pauses)> Follow(int turns,
        params Func<DateTimeOffset, LogEvent[]>[] answers)
    {
        var (events, time) = (new List<string>(), new SkippedTime());
        var cloud = new SmallCloud { Logs = new ScriptedLogs(answers) };
        await foreach (var batch in new LogReader(cloud, time).Follow([Log], Start, null, TimeSpan.FromSeconds(2), CancellationToken.None))
        {
            events.AddRange(batch.Events.Select(e => e.Message));
            if (--turns == 0)
                break;
        }
        return (events, time.Pauses);
    }

    /// <summary>A clock on which every pause is over at once.</summary>
    private sealed class SkippedTime : TimeProvider
    {
        public List<TimeSpan> Pauses { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses.Add(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }

    private sealed class ScriptedLogs(Func<DateTimeOffset, LogEvent[]>[] answers) : ICloudWatchLogs
    {
        private int _turn;

        public Task<ImmutableArray<string>?> DescribeLogStreams(string group, int most, CancellationToken cancel) =>
            Task.FromResult<ImmutableArray<string>?>(["i-1"]);

        public Task<ImmutableArray<LogEvent>> GetLogEvents(string group, string stream, int most, CancellationToken cancel) =>
            Task.FromResult(ImmutableArray<LogEvent>.Empty);

        public Task<LogEventPage?> FilterLogEvents(LogEventFilter filter, string? page, CancellationToken cancel) =>
            Task.FromResult<LogEventPage?>(new([.. answers[_turn++](filter.Since)], null));
    }
}
