using System.Collections.Immutable;

namespace Paco.Monitoring;

/// <summary>
/// What CloudWatch takes of a dashboard's body: asked when a project is loaded, and by the sandbox when a dashboard is made.
/// Source: CloudWatch API Reference, "Dashboard Body Structure and Syntax".
/// </summary>
public static class DashboardLimits
{
    public const int MaxWidgets = 500;

    /// <summary>Alarms of one alarm widget.</summary>
    public const int MaxAlarms = 100;

    /// <summary>A dashboard's width; a widget ends there at the latest.</summary>
    public const int Columns = 24;

    /// <summary>A widget's whole numbers, and from where to where they go.</summary>
    public static ImmutableArray<(string Field, int Least, int Most)> Place { get; } =
        [("x", 0, Columns - 1), ("y", 0, int.MaxValue), ("width", 1, Columns), ("height", 1, 1000)];

    /// <summary>Types of widgets, and what the properties of each must hold: one of each group of fields.</summary>
    public static ImmutableArray<(string Type, ImmutableArray<ImmutableArray<string>> Needs)> Types { get; } =
    [
        ("metric", [["region"], ["metrics", "annotations"]]), ("text", [["markdown"]]), ("log", [["region"], ["query"]]),
        ("alarm", [["alarms"]]), ("explorer", []), ("custom", [["endpoint"]]), ("chart", []),
    ];

    /// <summary>What properties of a widget lack: the groups of which there is no field. Nothing for unknown types.</summary>
    public static IEnumerable<ImmutableArray<string>> Lacking(string type, Func<string, bool> has) =>
        (Types.FirstOrDefault(t => t.Type == type) is { Needs.IsDefault: false } known ? known.Needs : [])
        .Where(group => !group.Any(has));
}
