using System.Globalization;
using System.Text;
using System.Text.Json;
using Paco.Cli.Views;
using Paco.Monitoring.FilterPatterns;
using Paco.Syntax;

namespace Paco.Cli.Commands;

/// <summary>
/// <c>paco explain --filter PATTERN FILE</c>: which lines of a file fit, what each adds to a metric, and why the others do not.
/// </summary>
internal sealed class ExplainFilterCommand(Terminal terminal, FilterPattern pattern, MetricValueText value)
{
    private const int LongestEvent = 1024 * 1024;

    private double _sum;
    private long _fitting;

    /// <param name="path">A file, or - for the standard input. It is read line by line, so it may be of any size.</param>
    public static int Run(Terminal terminal, string text, string? valueText, string? path)
    {
        var pattern = PatternArgument.Read(terminal, text);
        var value = PatternArgument.Value(terminal, valueText ?? "1", pattern);
        if (path is null)
            throw new CommandError("--filter tries the lines of a file: name one, or -") { Kind = ErrorKind.CommandLine };
        using var file = path == "-" ? null : Open(terminal.FullPath(path), path);
        new ExplainFilterCommand(terminal, pattern, value).Read(file ?? terminal.In);
        return ExitCode.Success;
    }

    private static StreamReader Open(string path, string written)
    {
        try
        {
            return UserFile.OpenText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandError($"{written} cannot be read: {FileTrouble.Why(e, path)}") { Kind = ErrorKind.Files };
        }
    }

    // A file may be one line without an end. Source: CloudWatch Logs quotas, event size.
    private static string? NextLine(TextReader lines)
    {
        var line = new StringBuilder();
        var next = lines.Read();
        if (next < 0)
            return null;
        for (; next is >= 0 and not '\n'; next = lines.Read())
        {
            if (line.Length < LongestEvent)
                line.Append((char)next);
        }
        return line.ToString().TrimEnd('\r');
    }

    private void Read(TextReader lines)
    {
        var number = 0L;
        for (; NextLine(lines) is { } line; number++)
        {
            var match = pattern.Match(line);
            var (added, why) = match.Fits ? value.Of(match, line) : (null, null);
            _fitting += match.Fits ? 1 : 0;
            _sum += added ?? 0;
            if (terminal.IsForPrograms)
                Write(json => Line(json, number + 1, line, match, added));
            else
                Show(number + 1, line, match, added, why);
        }
        if (terminal.IsForPrograms)
            Write(json => End(json, number));
        else
            Sum(number);
    }

    private void Sum(long lines) => terminal.Screen.Line(
        $"{_fitting:N0} of {lines:N0} line{(lines == 1 ? "" : "s")} fit; the metric adds up to {Shown(_sum)}", TextStyle.Bold);

    private void Show(long number, string line, FilterMatch match, double? added, string? why)
    {
        var screen = terminal.Screen;
        var (sign, style) = match.Fits ? ("+", TextStyle.Green) : ("-", TextStyle.Dim);
        var lead = $"{sign} {number,4}  ";
        var clean = Screen.Clean(line);
        var room = Math.Max(10, screen.Width - lead.Length);
        screen.Line($"{lead}{(clean.Length <= room ? clean : $"{clean[..(room - 1)]}…")}", style);
        var told = match.Why ?? (added is { } counted ? $"adds {Shown(counted)}" : $"adds nothing: {why}");
        screen.Composed(screen.Styled($"        {told}", TextStyle.Dim), "        ");
    }

    private static void Line(Utf8JsonWriter json, long number, string line, FilterMatch match, double? added)
    {
        json.Begin("filter-line");
        json.WriteNumber("line", number);
        json.WriteBoolean("fits", match.Fits);
        json.Optional("why", match.Why);
        if (added is { } value)
            json.WriteNumber("value", value);
        json.WriteStartObject("values");
        foreach (var (name, text) in match.Values)
            json.WriteString(name, text);
        json.WriteEndObject();
        json.WriteString("message", line);
        json.WriteEndObject();
    }

    private void End(Utf8JsonWriter json, long lines)
    {
        json.Begin("filter-end");
        json.WriteNumber("lines", lines);
        json.WriteNumber("fitting", _fitting);
        json.WriteNumber("sum", _sum);
        json.WriteEndObject();
    }

    private void Write(Action<Utf8JsonWriter> write) => terminal.Write(output =>
    {
        using var json = new Utf8JsonWriter(output, JsonFields.OneLine);
        write(json);
    });

    private static string Shown(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
