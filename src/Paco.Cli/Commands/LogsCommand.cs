using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Paco.Cli.Views;
using Paco.Diagnostics;
using Paco.Planning;

namespace Paco.Cli.Commands;

/// <summary><c>paco logs [SCOPE]</c>: the log groups of a scope and what was written to them. Reads, changes nothing.</summary>
internal static class LogsCommand
{
    // What the AWS CLI shows before it follows.
    private const string BeforeFollowing = "10m";

    private const string WithFilter = "1h";

    /// <summary>What is asked for, beside the scope.</summary>
    private sealed record Wish(bool Follow, string? Since, string? Pattern, ImmutableArray<string> Groups, int Lines);

    public static Command Line(Terminal terminal, Interrupts interrupts)
    {
        var options = new CloudOptions { HasDetails = false };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with what is written, until Ctrl-C." };
        var since = new Option<string?>("--since")
        {
            Description = "All events from then on: 15m, 1h, 2d ago, or a time such as 2026-11-29T20:00.",
            HelpName = "TIME",
        };
        var filter = new Option<string?>("--filter")
        {
            Description = "Only events that fit this pattern of CloudWatch Logs.",
            HelpName = "PATTERN",
        };
        var groups = new Option<string[]>("--group")
        {
            Description = "Only groups of this name, or whose names end so; may be repeated.",
            HelpName = "NAME",
        };
        var lines = new Option<int>("--lines")
        {
            Description = "How many of the newest events of each group, where neither of these says which.",
            HelpName = "N",
            DefaultValueFactory = _ => 10,
        };
        var command = new Command("logs", "Show the log groups of a scope and the newest lines in them.");
        options.AddTo(command);
        foreach (var option in new Option[] { follow, since, filter, groups, lines, CommandLine.Json() })
            command.Add(option);
        command.SetAction((r, _) => Run(CommandLine.Of(terminal, r), options.Read(r, terminal),
            new Wish(r.GetValue(follow), r.GetValue(since), r.GetValue(filter), [.. r.GetValue(groups) ?? []], r.GetValue(lines)),
            interrupts));
        return command;
    }

    private static async Task<int> Run(Terminal terminal, CloudArguments arguments, Wish wish, Interrupts interrupts)
    {
        if (wish.Pattern is { } text)
            PatternArgument.Read(terminal, text);
        if (wish.Lines is < 1 or > 10_000)
            throw new CommandError($"--lines takes 1 to 10,000, got {wish.Lines}") { Kind = ErrorKind.CommandLine };
        var since = Since(terminal, wish);
        var session = arguments.OpenSession(terminal, mayBeGone: true);
        await using var choice = await CloudChoice.Open(session, arguments, interrupts.First);
        var inventory = await ListCommand.Read(session, choice, everywhere: false, interrupts.First);
        var logs = Named(inventory.Logs, wish.Groups);
        if (logs.IsEmpty && !terminal.IsForPrograms)
            terminal.Screen.Line($"Nothing in {inventory.Scope} writes to a log group.");
        var reading = new Reading(terminal, new LogReader(choice.Cloud, terminal.Time), wish);
        if (!wish.Follow || logs.IsEmpty)
            return await reading.Show(logs, since, interrupts.First);
        interrupts.Drawing = () => { };
        var interval = TimeSpan.FromMilliseconds(choice.IsSandbox ? 200 : 2000);
        return await reading.Follow(logs, since!.Value, interval, interrupts);
    }

    private static ImmutableArray<KnownLog> Named(ImmutableArray<KnownLog> all, ImmutableArray<string> names)
    {
        foreach (var name in names.Where(name => !all.Any(log => IsMeant(log, name))))
        {
            var ends = all.Select(log => log.Name[(log.Name.LastIndexOfAny(['-', '/']) + 1)..]).Distinct().ToList();
            throw new CommandError($"no log group here is called {name}", Spelling.DidYouMean(name, all.Select(l => l.Name).Concat(ends))
                ?? (all.IsEmpty ? null : $"their names end in {string.Join(", ", ends.Take(12))}"));
        }
        return names.IsEmpty ? all : [.. all.Where(log => names.Any(name => IsMeant(log, name)))];
    }

    // The whole name, or what stands behind a - or a / of it.
    private static bool IsMeant(KnownLog log, string name) =>
        log.Name == name || (log.Name.EndsWith(name, StringComparison.Ordinal) && log.Name[^(name.Length + 1)] is '-' or '/');

    private static DateTimeOffset? Since(Terminal terminal, Wish wish)
    {
        var text = wish.Since ?? (wish.Follow ? BeforeFollowing : wish.Pattern is not null ? WithFilter : null);
        return text is null ? null : TimeArgument.Read(text, terminal.Time.GetUtcNow()) ?? throw new CommandError(
            $"--since takes a time, got \"{text}\"", "15m, 1h, 2d, or 2026-11-29T20:00") { Kind = ErrorKind.CommandLine };
    }

    /// <summary>Reads and shows, for people or for programs.</summary>
    private sealed class Reading(Terminal terminal, LogReader reader, Wish wish)
    {
        private readonly LogsView _view = new(terminal.Screen, terminal.Time.GetUtcNow());

        public async Task<int> Show(ImmutableArray<KnownLog> logs, DateTimeOffset? since, CancellationToken cancel)
        {
            foreach (var log in logs)
            {
                if (since is { } from)
                    await ShowSince(log, from, cancel);
                else
                    ShowGroup(await reader.Newest(log, wish.Lines, cancel), isAll: true);
            }
            return ExitCode.Success;
        }

        public async Task<int> Follow(ImmutableArray<KnownLog> logs, DateTimeOffset since, TimeSpan interval, Interrupts interrupts)
        {
            try
            {
                await foreach (var batch in reader.Follow(logs, since, wish.Pattern, interval, interrupts.First))
                    ShowEvents(batch);
            }
            catch (OperationCanceledException) when (interrupts.WasHit)
            {
                // That is how following ends.
            }
            return interrupts.ExitCode;
        }

        private async Task ShowSince(KnownLog log, DateTimeOffset since, CancellationToken cancel)
        {
            var (isFirst, found) = (true, false);
            await foreach (var batch in reader.Since(log, since, wish.Pattern, cancel))
            {
                if (isFirst)
                    ShowGroup(batch, isAll: false);
                else
                    ShowEvents(batch);
                (isFirst, found) = (false, found || !batch.Exists || !batch.Events.IsEmpty);
            }
            if (!found && !terminal.IsForPrograms)
                _view.Nothing($"{since.UtcDateTime:yyyy-MM-dd HH:mm:ss}");
        }

        private void ShowGroup(LogBatch batch, bool isAll)
        {
            if (terminal.IsForPrograms)
                Write(json => LogsView.Json(json, batch));
            ShowEvents(batch, isAll);
        }

        private void ShowEvents(LogBatch batch, bool isAll = false)
        {
            if (!terminal.IsForPrograms)
                _view.Show(batch, isAll);
            foreach (var one in batch.Events.Where(_ => terminal.IsForPrograms))
                Write(json => LogsView.Json(json, batch.Log, one));
            terminal.Screen.Flush();
        }

        private void Write(Action<Utf8JsonWriter> write) => terminal.Write(output =>
        {
            using var json = new Utf8JsonWriter(output, JsonFields.OneLine);
            write(json);
        });
    }
}
