using Paco.Cli.Views;
using Paco.Clouds;
using Paco.Planning;

namespace Paco.Cli.Commands;

/// <summary>What <c>paco alarms</c> is asked besides a scope.</summary>
/// <param name="Offline">Ask no cloud.</param>
/// <param name="State">Only alarms in that state, in CloudWatch's word; null for all.</param>
/// <param name="TellsByExitCode">End with another exit code where one is in alarm.</param>
internal sealed record AlarmsAsked(bool Offline, string? State, bool TellsByExitCode)
{
    /// <summary>Nothing can be said without a cloud.</summary>
    public bool NeedsCloud => State is not null || TellsByExitCode;
}

/// <summary><c>paco alarms [SCOPE]</c>: what is watched, and how it stands. Reads, changes nothing.</summary>
internal static class AlarmsCommand
{
    /// <summary>The words of <c>--state</c>, which are CloudWatch's.</summary>
    public static readonly string[] States = ["ALARM", "INSUFFICIENT_DATA", "OK"];

    public static async Task<int> Run(Terminal terminal, CloudArguments arguments, AlarmsAsked asked, CancellationToken cancel)
    {
        if (asked is { Offline: true, NeedsCloud: true })
        {
            throw new CommandError("--offline asks no cloud, and only a cloud knows how alarms stand",
                "leave out --offline, or --state and --exit-code") { Kind = ErrorKind.CommandLine };
        }
        var session = arguments.OpenSession(terminal, mayBeGone: !asked.Offline);
        var report = asked.Offline ? AlarmReport.Offline(session.Graph, session.Scope) : await Ask(session, arguments, asked, cancel);
        var shown = report with { Alarms = [.. report.Alarms.Where(a => asked.State is null || IsIn(asked.State, a.Standing))] };
        if (terminal.IsForPrograms)
            terminal.Write(output => AlarmJson.Write(output, shown, session.NotRead));
        else if (asked.State is not null && shown.Alarms.IsEmpty)
            terminal.Screen.Line($"No alarm in {session.Scope} is in the state {asked.State}.");
        else
            new AlarmView(terminal.Screen, terminal.Time).Show(shown, report);
        return asked.TellsByExitCode && report.Alarms.Any(a => a.Standing == AlarmStanding.Alarm) ? ExitCode.Changes : ExitCode.Success;
    }

    // What is watched stands in the project: who cannot sign in is told that, and why nothing is said of states.
    private static async Task<AlarmReport> Ask(Session session, CloudArguments arguments, AlarmsAsked asked, CancellationToken cancel)
    {
        await using var choice = await CloudChoice.Open(session, arguments, cancel);
        try
        {
            var inventory = await ListCommand.Read(session, choice, everywhere: false, cancel);
            return await AlarmReport.Of(session.Graph, inventory, choice.Cloud, cancel);
        }
        catch (CloudException e) when (e.IsSignIn && IsOptional(session, asked))
        {
            return Without(session, e.Message);
        }
        catch (CommandError e) when (IsOptional(session, asked))
        {
            return Without(session, e.Message);
        }
    }

    private static bool IsOptional(Session session, AlarmsAsked asked) => session.Missing is null && !asked.NeedsCloud;

    private static AlarmReport Without(Session session, string why)
    {
        session.Terminal.ErrorScreen.Line($"How they stand is not known: {why}", TextStyle.Yellow);
        return AlarmReport.Offline(session.Graph, session.Scope);
    }

    private static bool IsIn(string state, AlarmStanding standing) => standing switch
    {
        AlarmStanding.Alarm => state == "ALARM",
        AlarmStanding.InsufficientData => state == "INSUFFICIENT_DATA",
        AlarmStanding.Ok => state == "OK",
        _ => false,
    };
}
