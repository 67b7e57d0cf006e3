using Paco.Binding;
using Paco.Diagnostics;
using Paco.Monitoring;
using Paco.Project;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco;

/// <summary>A resource type or global file as documentation: the very constructors that read it, run with a recorder.</summary>
public sealed record TypeDoc(string Name, string Summary, IReadOnlyList<FieldDoc> Fields);

/// <summary>What there is to look up: diagnostic codes and resource types.</summary>
public static class Reference
{
    /// <summary>Every code the library can report, by number.</summary>
    public static IEnumerable<DiagnosticCode> Codes =>
    new[]
    {
        SyntaxCodes.NotYaml, SyntaxCodes.DuplicateKey, SyntaxCodes.NotText, SyntaxCodes.TooLarge, SyntaxCodes.UnknownTag, SyntaxCodes.Unreadable, SyntaxCodes.UndefinedAlias,
        BindingCodes.UnknownField, BindingCodes.MissingField, BindingCodes.WrongType, BindingCodes.BadValue, BindingCodes.BrokenRule, BindingCodes.UnusualValue,
        BindingCodes.NotAReference, BindingCodes.BadName, BindingCodes.MissingFile, BindingCodes.OddName, BindingCodes.ObsoleteField, RoomCatalog.UnknownType,
        StackCodes.UnknownReference, StackCodes.WrongKind, StackCodes.DisabledTarget, StackCodes.Cycle, StackCodes.NameTaken, StackCodes.NameTooLong,
        StackCodes.InvalidTemplate, StackCodes.SharedRecord, StackCodes.TemplateTooLarge, StackCodes.Elsewhere, LaterCodes.NotBuiltYet,
        ProjectCodes.NoProject, ProjectCodes.WrongVersion, ProjectCodes.NoMaster, ProjectCodes.NotARegion, ProjectCodes.InactiveRegion, ProjectCodes.UnknownApplication,
        ProjectCodes.NoNetwork, ProjectCodes.UnknownSection, ProjectCodes.UnknownFile, ProjectCodes.UnknownAlias, ProjectCodes.BadImport, ProjectCodes.SameFile,
    }.Concat(RoomCatalog.Rooms.SelectMany(r => r.Codes)).Concat(RoomCatalog.GlobalRooms.SelectMany(r => r.Codes))
        .Distinct().OrderBy(c => c.Id, StringComparer.Ordinal);

    /// <summary>Every resource type, then every global file as <c>resource/NAME</c>.</summary>
    public static IEnumerable<TypeDoc> Types =>
        RoomCatalog.Rooms.Select(r => Doc(r.Type, r.Summary, r.Bind))
            .Concat(RoomCatalog.GlobalRooms.Select(r => Doc($"resource/{r.FileStem}", r.Summary, r.Bind)));

    public static IEnumerable<string> Words => Codes.Select(c => c.Id).Concat(RoomCatalog.Rooms.Select(r => r.Type));

    public static DiagnosticCode? FindCode(string id) => Codes.FirstOrDefault(c => string.Equals(c.Id, id, StringComparison.OrdinalIgnoreCase));

    public static TypeDoc? FindType(string name) => Types.FirstOrDefault(t => string.Equals(t.Name, name, StringComparison.OrdinalIgnoreCase));

    private static TypeDoc Doc<T>(string name, string summary, Func<Fields, T> bind)
        where T : Model
    {
        var bag = new DiagnosticBag();
        var recorder = new FieldRecorder(null);
        bind(new Fields(null, "", "", null, new BindContext(bag, new ProjectFiles(".", bag), new ObjectIndex()), default, recorder));
        return new TypeDoc(name, summary, recorder.Fields);
    }
}
