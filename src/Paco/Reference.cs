using Paco.Binding;
using Paco.Diagnostics;
using Paco.Global.Accounts;
using Paco.Linking;
using Paco.Monitoring;
using Paco.Network;
using Paco.Project;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco;

/// <summary>A resource type or a kind of file as documentation: the very constructors that read it, run with a recorder.</summary>
/// <param name="InLayers">Base, environments and regions each hold a part of it: nothing is required of one of them.</param>
public sealed record TypeDoc(string Name, string Summary, ObjectDoc Fields, bool InLayers = false);

/// <summary>What there is to look up: diagnostic codes and resource types.</summary>
public static class Reference
{
    /// <summary>Every code the library can report, by number.</summary>
    public static IEnumerable<DiagnosticCode> Codes =>
    new[]
    {
        SyntaxCodes.NotYaml, SyntaxCodes.DuplicateKey, SyntaxCodes.NotText, SyntaxCodes.TooLarge, SyntaxCodes.UnknownTag,
        SyntaxCodes.Unreadable, SyntaxCodes.UndefinedAlias, SyntaxCodes.Outside, SyntaxCodes.OutsideRefused,
        BindingCodes.UnknownField, BindingCodes.MissingField, BindingCodes.WrongType, BindingCodes.BadValue, BindingCodes.BrokenRule,
        BindingCodes.UnusualValue,
        BindingCodes.NotAReference, BindingCodes.BadName, BindingCodes.MissingFile, BindingCodes.OddName, BindingCodes.ObsoleteField,
        RoomCatalog.UnknownType,
        StackCodes.UnknownReference, StackCodes.WrongKind, StackCodes.DisabledTarget, StackCodes.Cycle, StackCodes.NameTaken,
        StackCodes.NameTooLong,
        StackCodes.InvalidTemplate, StackCodes.SharedRecord, StackCodes.TemplateTooLarge, StackCodes.Elsewhere, StackCodes.UnknownAction,
        StackCodes.WrongResource, StackCodes.IdleAction, StackCodes.UnknownConditionKey, StackCodes.ForeignConditionKey,
        LaterCodes.NotBuiltYet,
        Sizes.TooLong, SameRules.Twice, Network.Network.FewerZones,
        LinkingCodes.RefersToNotBuilt, LinkingCodes.NeedsNotBuilt,
        ProjectCodes.NoProject, ProjectCodes.WrongVersion, ProjectCodes.NoMaster, ProjectCodes.NotARegion, ProjectCodes.InactiveRegion,
        ProjectCodes.UnknownApplication,
        ProjectCodes.NoNetwork, BindingCodes.UnreadKey, KnownLegacyFlags.Refused, CredentialsFile.Unusable, ProjectCodes.UnusedApplication,
        ProjectCodes.NothingToOverride, ProjectCodes.UnknownFile, ProjectCodes.OlderFile, ProjectCodes.UnknownAlias, ProjectCodes.BadImport,
        ProjectCodes.SameFile, SharedAccounts.Shared,
        AlarmCodes.UnknownSet, AlarmCodes.UnknownAlarm, AlarmCodes.NeverSent, AlarmCodes.TooManyTold, AlarmCodes.LongDescription,
        AlarmCodes.UnknownLogGroup,
        LogCodes.BadPattern, LogCodes.RefusedFilter, LogCodes.SameGroup, LogCodes.UnusedRetention, LogCodes.DoubtfulFilter,
        LogCodes.NotCollected,
    }.Concat(Resources.Backup.BackupCodes.All).Concat(Resources.Connections.ConnectionCodes.All)
        .Concat(RoomCatalog.Rooms.SelectMany(r => r.Codes))
        .Concat(RoomCatalog.GlobalRooms.SelectMany(r => r.Codes))
        .Distinct().OrderBy(c => c.Id, StringComparer.Ordinal);

    /// <summary>
    /// Every kind of file: <c>project</c>, <c>account</c>, <c>netenv</c>, <c>monitor/logging</c>, the global ones as <c>resource/NAME</c>.
    /// </summary>
    public static IEnumerable<TypeDoc> Files =>
    [
        Doc("project", "`project.yaml`: the project as a whole.", f => new ProjectSettings(f)),
        Doc("account", "`accounts/NAME.yaml`: an AWS account.", f => new Account(f)),
        Doc("netenv", "`netenv/NAME.yaml`: a network, its applications, and the environments they exist in.", f => new NetenvFile(f)) with
        {
            InLayers = true,
        },
        Doc("monitor/alarmsets", "`monitor/AlarmSets.yaml`: what raises an alarm, in sets by the type of the resource.",
            f => new AlarmSetsFile(f)),
        Doc("monitor/logging", "`monitor/logging.yaml`: what instances and databases write to CloudWatch Logs.", f => new LoggingFile(f)),
        .. RoomCatalog.GlobalRooms.Select(r => Doc($"resource/{r.FileStem}", r.Summary, r.Bind)),
    ];

    /// <summary>Every kind of file, then every resource type, then what a word tells apart within one: the actions of a pipeline.</summary>
    public static IEnumerable<TypeDoc> Types
    {
        get
        {
            TypeDoc[] whole = [.. Files, .. RoomCatalog.Rooms.Select(r => Doc(r.Type, r.Summary, r.Bind))];
            var names = whole.Select(t => t.Name).ToHashSet();
            return whole.Concat(whole.SelectMany(type => Kinds(type, names)).DistinctBy(kind => kind.Name));
        }
    }

    /// <summary>The JSON Schema of every kind of file, by the name it is written under.</summary>
    public static IEnumerable<(string FileName, string Text)> Schemas =>
        Files.Select(file => ($"{file.Name.Replace('/', '.')}.schema.json",
            JsonSchema.Of(file.Name, file.Summary, file.Fields, file.InLayers)));

    public static IEnumerable<string> Words => Codes.Select(c => c.Id).Concat(Types.Select(t => t.Name));

    public static DiagnosticCode? FindCode(string id) =>
        Codes.FirstOrDefault(c => string.Equals(c.Id, id, StringComparison.OrdinalIgnoreCase));

    public static TypeDoc? FindType(string name) =>
        Types.FirstOrDefault(t => string.Equals(t.Name, name, StringComparison.OrdinalIgnoreCase));

    // Where the words are types themselves, those say it all.
    private static IEnumerable<TypeDoc> Kinds(TypeDoc type, HashSet<string> types) =>
        from shape in Choosing(type.Fields, [])
        where !shape.Choices.Any(c => types.Contains(c.Word))
        from choice in shape.Choices
        select new TypeDoc(choice.Word, $"In {type.Name}, what has the {shape.Discriminator} {choice.Word}.", choice.Doc);

    private static IEnumerable<Shape.OneOf> Choosing(ObjectDoc doc, HashSet<ObjectDoc> seen) => !seen.Add(doc) ? []
        : from field in doc.All
          from found in field.Shape.Choosing is { } own ? [own] : field.Shape.Below is { } below ? Choosing(below, seen) : []
          select found;

    private static TypeDoc Doc<T>(string name, string summary, Func<Fields, T> bind)
        where T : Model
    {
        var bag = new DiagnosticBag();
        return new TypeDoc(name, summary, Fields.Record(bind, new BindContext(bag, new ProjectFiles(".", bag), new ObjectIndex())));
    }
}
