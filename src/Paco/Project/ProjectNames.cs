using System.Collections.Immutable;
using Paco.Diagnostics;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Project;

/// <summary>A name that a project has below a path.</summary>
/// <param name="What">What it is, in a few words: its type, its title; empty where nobody says.</param>
public sealed record ProjectName(ObjectPath Path, string What);

/// <summary>
/// The names of a project, one level at a time: what somebody may type next. Files are listed, of those below <c>netenv/</c> the one that
/// a path leads into is opened, and only of a path into a region its environment is read. Nothing is built or checked, and whatever is
/// wrong with the project is not told here: what can be had is there, the rest is not.
/// </summary>
public sealed class ProjectNames
{
    private readonly ProjectReader? _reader;

    private ProjectNames(ProjectReader? reader) => _reader = reader;

    /// <summary>The names of the project in a directory; none where it holds no project.</summary>
    public static ProjectNames Of(string home) => new(ProjectReader.Open(home, new DiagnosticBag()));

    /// <summary>What lies one level below a path, in the order of the names.</summary>
    public ImmutableArray<ProjectName> Below(ObjectPath path) => _reader is null ? [] :
    [
        .. _reader.NamesBelow(path).Distinct().Order(StringComparer.Ordinal).Select(name => Described(path.Below(name))),
    ];

    private ProjectName Described(ObjectPath path) => new(path, path.Parts switch
    {
        ["accounts"] => "the organization and its accounts",
        ["netenv"] => "all network environments",
        ["resource"] => "everything below resource/",
        ["resource", var section] => RoomCatalog.GlobalRooms.FirstOrDefault(room => room.Section == section)?.Summary ?? "",
        _ => _reader!.Find(path) is AppResource resource ? resource.Type : "",
    });
}
