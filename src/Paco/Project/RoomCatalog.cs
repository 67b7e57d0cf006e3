using System.Collections.Frozen;
using Paco.Binding;
using Paco.Diagnostics;
using Paco.Monitoring;
using Paco.Stacks;

namespace Paco.Project;

/// <summary>The resource types and global files there are; the other half of this class is written by the build.</summary>
internal static partial class RoomCatalog
{
    public static readonly DiagnosticCode UnknownType = new("PACO2012", Severity.Error, "unknown resource type",
        "`type:` names what a resource is. `paco explain` without a word lists the types there are.");

    private static readonly Room[] AllRooms = CreateRooms();
    private static readonly GlobalRoom[] AllGlobalRooms = CreateGlobalRooms();
    private static readonly FrozenDictionary<string, Room> ByType = AllRooms.ToFrozenDictionary(r => r.Type);
    private static readonly string[] Types = [.. ByType.Keys.Union(NotBuiltTypes.All).Order(StringComparer.Ordinal)];

    public static IEnumerable<Room> Rooms => AllRooms.OrderBy(r => r.Type, StringComparer.Ordinal);

    public static IEnumerable<GlobalRoom> GlobalRooms => AllGlobalRooms.OrderBy(r => r.FileStem, StringComparer.Ordinal);

    public static GlobalRoom? FindGlobal(string stem) =>
        AllGlobalRooms.FirstOrDefault(r => string.Equals(r.FileStem, stem, StringComparison.OrdinalIgnoreCase));

    /// <summary>True for the types of resources there are, built or not.</summary>
    public static bool IsType(string word) => Types.Contains(word);

    /// <summary>Binds a resource by the <c>type:</c> it states.</summary>
    public static AppResource Bind(Fields f) =>
        f.OneOf<AppResource>("type", Types, type => type is not null && ByType.TryGetValue(type, out var room) ? room.Bind : LeaveOut);

    private static UnbuiltResource LeaveOut(Fields f)
    {
        var type = f.Peek("type");
        if (type is not null && NotBuiltTypes.Contains(type))
            f.Report(LaterCodes.NotBuiltYet, f.Place("type"), $"the type {type} is not built yet: {f.Name} is left out");
        else if (type is not null)
            f.Report(UnknownType, f.Place("type"), $"unknown resource type \"{type}\"", Spelling.DidYouMean(type, Types));
        return new UnbuiltResource(f);
    }
}
