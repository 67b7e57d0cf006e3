using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Paco.Clouds;

namespace Paco.Planning;

/// <summary>Events that were read from a log group, oldest first; of a group that does not exist (yet) none.</summary>
public sealed record LogBatch(KnownLog Log, bool Exists, ImmutableArray<LogEvent> Events);

/// <summary>Reads log groups of whatever accounts and regions.</summary>
public sealed class LogReader(ICloud cloud, TimeProvider time)
{
    private const int MostStreams = 5;

    // CloudWatch shows an event some seconds after it was written, and not in the order of the times that writers give.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>The newest events of a group, of the streams that were written to last.</summary>
    public async Task<LogBatch> Newest(KnownLog log, int most, CancellationToken cancel)
    {
        var logs = cloud.CloudWatchLogs(log.Place);
        if (await logs.DescribeLogStreams(log.Name, MostStreams, cancel) is not { } streams)
            return new LogBatch(log, Exists: false, []);
        var events = await CloudException.WhenAll(streams.Select(stream => logs.GetLogEvents(log.Name, stream, most, cancel)));
        return new LogBatch(log, Exists: true, [.. events.SelectMany(e => e).OrderBy(e => e.Time).TakeLast(most)]);
    }

    /// <summary>All events of a group since a time that fit a pattern, page by page; one page at least.</summary>
    public async IAsyncEnumerable<LogBatch> Since(KnownLog log, DateTimeOffset since, string? pattern,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var logs = cloud.CloudWatchLogs(log.Place);
        for (string? page = null; ;)
        {
            var read = await logs.FilterLogEvents(new LogEventFilter(log.Name, since, pattern), page, cancel);
            yield return new LogBatch(log, read is not null, read?.Events ?? []);
            if (read?.Next is null || read.Next == page)
                yield break;
            page = read.Next;
        }
    }

    /// <summary>
    /// What is logged from a time on, again and again until it is cancelled. A cloud that cannot answer in passing is asked less often; one
    /// that refuses ends it.
    /// </summary>
    public async IAsyncEnumerable<LogBatch> Follow(ImmutableArray<KnownLog> logs, DateTimeOffset since, string? pattern, TimeSpan interval,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var followed = logs.Select(log => new Followed(log, since)).ToArray();
        for (var pause = interval; ; await Task.Delay(pause, time, cancel))
        {
            var isPassing = false;
            foreach (var one in followed)
            {
                var (events, failed) = await New(one, pattern, cancel);
                isPassing |= failed;
                if (!events.IsEmpty)
                    yield return new LogBatch(one.Log, Exists: true, events);
            }
            pause = !isPassing ? interval : pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<(ImmutableArray<LogEvent> Events, bool Failed)> New(Followed one, string? pattern, CancellationToken cancel)
    {
        var found = ImmutableArray.CreateBuilder<LogEvent>();
        try
        {
            await foreach (var batch in Since(one.Log, one.From, pattern, cancel))
                found.AddRange(batch.Events.Where(one.IsNew));
            return (found.DrainToImmutable(), false);
        }
        catch (CloudException e) when (e.IsPassing)
        {
            return (found.DrainToImmutable(), true);
        }
    }

    /// <summary>A group with what was shown of it, as far back as something may still come late.</summary>
    private sealed class Followed(KnownLog log, DateTimeOffset since)
    {
        private readonly Dictionary<string, DateTimeOffset> _shown = new(StringComparer.Ordinal);

        public KnownLog Log { get; } = log;

        public DateTimeOffset From { get; private set; } = since;

        public bool IsNew(LogEvent e)
        {
            if (!_shown.TryAdd(e.Id, e.Time))
                return false;
            From = e.Time - Late > From ? e.Time - Late : From;
            foreach (var (id, _) in _shown.Where(s => s.Value < From).ToList())
                _shown.Remove(id);
            return true;
        }
    }
}
