using Paco.Cli.Views;
using Paco.Diagnostics;
using Paco.Monitoring;
using Paco.Monitoring.FilterPatterns;

namespace Paco.Cli;

/// <summary>A filter pattern on the command line; mistakes are shown where they are in it, as those in files.</summary>
internal static class PatternArgument
{
    public static FilterPattern Read(Terminal terminal, string text)
    {
        var pattern = FilterPattern.Parse(text, out var mistake);
        if (mistake is not null)
            throw Refused(terminal, "--filter", text, mistake, LogCodes.BadPattern, "the pattern is none");
        foreach (var remark in pattern!.Remarks)
            DiagnosticView.Show(terminal.ErrorScreen, [Diagnostic("--filter", text, remark, LogCodes.DoubtfulFilter)], 0);
        return pattern;
    }

    public static MetricValueText Value(Terminal terminal, string text, FilterPattern pattern) =>
        MetricValueText.Parse(text, pattern, out var mistake)
            ?? throw Refused(terminal, "--value", text, mistake!, LogCodes.RefusedFilter, "no event has such a value");

    private static CommandError Refused(Terminal terminal, string option, string text, PatternMistake mistake, DiagnosticCode code,
        string message)
    {
        var diagnostic = Diagnostic(option, text, mistake, code);
        DiagnosticView.Show(terminal.ErrorScreen, [diagnostic], 0);
        if (terminal.IsForPrograms)
            terminal.Write(output => DiagnosticFormats.Json(output, [diagnostic], null, indented: false));
        return new CommandError(message) { IsTold = true };
    }

    private static Diagnostic Diagnostic(string option, string text, PatternMistake mistake, DiagnosticCode code) =>
        new(code, mistake.Message, new Location(new SourceFile(option, text), 1, mistake.Start + 1, Math.Max(1, mistake.Length)))
        {
            Hint = mistake.Hint,
        };
}
