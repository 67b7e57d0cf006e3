using System.Collections.Immutable;
using System.Globalization;
using Paco.Sandbox;

namespace Paco.Cli;

/// <summary>How the sandbox should behave for this command: how long things take, and what goes wrong on purpose.</summary>
internal static class SandboxBehaviour
{
    public const string PaceHelp = "How long the sandbox takes: instant, realistic, or a factor of realistic such as 0.01.";

    public const string FaultHelp =
        "Let the sandbox fail on purpose; may be repeated: fail:STACK/RESOURCE[:REASON], throttle:OPERATION:EVERY, drop:OPERATION:NTH, lose:OPERATION:NTH, expire:NTH, stop:EVENT. Globs are fine.";

    public static Pace Pace(string? text) => text switch
    {
        null or "instant" => Sandbox.Pace.Instant,
        "realistic" => Sandbox.Pace.Realistic,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor >= 0
            && double.IsFinite(factor) => Sandbox.Pace.Scaled(factor),
        _ => throw new CommandError($"--pace takes instant, realistic or a factor, got \"{text}\""),
    };

    public static ImmutableArray<Fault> Faults(IEnumerable<string> texts) => [.. texts.Select(Fault)];

    private static Fault Fault(string text) => Words(text) switch
    {
        ["fail", var where, .. var reason] when where.Split('/') is [var stack, var resource] =>
            new Fault.FailResource(stack, resource, reason is [var words, ..] ? words : "it was told to fail"),
        ["throttle", var operation, var every] when Count(every) is { } n => new Fault.Throttle(operation, n),
        ["drop", var operation, var nth] when Count(nth) is { } n => new Fault.DropConnection(operation, n),
        ["lose", var operation, var nth] when Count(nth) is { } n => new Fault.DropConnection(operation, n, AfterEffect: true),
        ["expire", var nth] when Count(nth) is { } n => new Fault.ExpireToken(n),
        ["stop", var at] when Count(at) is { } n => new Fault.StopAt(n),
        _ => throw new CommandError($"--fault does not understand \"{text}\"", FaultHelp),
    };

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
