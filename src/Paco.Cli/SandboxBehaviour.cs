using System.Collections.Immutable;
using System.Globalization;
using Paco.Sandbox;

namespace Paco.Cli;

/// <summary>How the sandbox should behave for this command: how long things take, and what goes wrong on purpose.</summary>
internal static class SandboxBehaviour
{
    public static readonly string[] Paces = ["instant", "realistic"];

    public const string PaceHelp = "How long the sandbox takes: instant, realistic, or a factor of realistic such as 0.01.";

    // A thousand times as slow as AWS is slower than anybody waits, and far from where times can no longer be reckoned with.
    private const int SlowestPace = 1000;

    /// <summary>How each kind of fault is written.</summary>
    public static readonly string[] FaultShapes =
    [
        "fail:STACK/RESOURCE[:REASON]", "throttle:OPERATION:EVERY", "drop:OPERATION:NTH", "lose:OPERATION:NTH", "cut:OPERATION:NTH",
        "refuse:OPERATION:CODE", "expire:NTH", "stop:EVENT",
    ];

    public static readonly string FaultHelp =
        $"Let the sandbox fail on purpose; may be repeated: {string.Join(", ", FaultShapes)}. An OPERATION is SERVICE:NAME (cloudformation:CreateStack), or * for all. Globs are fine.";

    public static Pace Pace(string? text) => text switch
    {
        null or "instant" => Sandbox.Pace.Instant,
        "realistic" => Sandbox.Pace.Realistic,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor is >= 0
            and <= SlowestPace => Sandbox.Pace.Scaled(factor),
        _ => throw new CommandError($"--pace takes instant, realistic or a factor up to {SlowestPace}, got \"{text}\""),
    };

    public static ImmutableArray<Fault> Faults(IEnumerable<string> texts) => [.. texts.Select(Fault)];

    private static Fault Fault(string text) => Words(text) switch
    {
        ["fail", var where, .. var reason] when where.Split('/') is [var stack, var resource] =>
            new Fault.FailResource(stack, resource, reason is [var words, ..] ? words : "it was told to fail"),
        ["throttle", var operation, var every] when Count(every) is { } n => new Fault.Throttle(Operation(text, operation), n),
        ["drop", var operation, var nth] when Count(nth) is { } n => new Fault.DropConnection(Operation(text, operation), n),
        ["lose", var operation, var nth] when Count(nth) is { } n =>
            new Fault.DropConnection(Operation(text, operation), n, AfterEffect: true),
        ["cut", var operation, var nth] when Count(nth) is { } n => new Fault.CutAnswer(Operation(text, operation), n),
        ["refuse", var operation, var code] when code.Length > 0 => new Fault.Refuse(Operation(text, operation), code),
        ["expire", var nth] when Count(nth) is { } n => new Fault.ExpireToken(n),
        ["stop", var at] when Count(at) is { } n => new Fault.StopAt(n),
        _ => throw new CommandError($"--fault does not understand \"{text}\"", FaultHelp),
    };

    // A call is known by its service too: a bare name would wait for ever for one that matches it.
    private static string Operation(string fault, string glob) =>
        glob.StartsWith('*') || glob.Split('@')[0].Contains(':', StringComparison.Ordinal)
        ? glob
        : throw new CommandError($"--fault {fault}: no call is named \"{glob}\"",
            "write SERVICE:OPERATION, as in cloudformation:DescribeStacks, or * for every call");

    // Operations hold a colon themselves (cloudformation:CreateStack): the first and last part are what surrounds them.
    private static string[] Words(string text)
    {
        var (first, last) = (text.IndexOf(':', StringComparison.Ordinal), text.LastIndexOf(':'));
        if (first < 0)
            return [text];
        if (text.StartsWith("fail:", StringComparison.Ordinal))
            return text.Split(':', 3);
        return first == last ? [text[..first], text[(first + 1)..]] : [text[..first], text[(first + 1)..last], text[(last + 1)..]];
    }

    private static int? Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : null;
}
