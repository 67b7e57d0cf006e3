using Paco.Diagnostics;

namespace Paco.Syntax;

/// <summary>PACO1xxx: mistakes in the files themselves, before they mean anything.</summary>
public static class SyntaxCodes
{
    public static readonly DiagnosticCode NotYaml = new("PACO1001", Severity.Error, "not YAML",
        "The file cannot be read as YAML. The place is where the reader gave up; the cause is often a line or two above: a missing colon, a tab, a quote that is not closed, an indentation that does not line up.");

    public static readonly DiagnosticCode DuplicateKey = new("PACO1002", Severity.Error, "a key stands twice",
        "A map has the same key twice, so one of the two values would be lost. Remove one, or rename it.");

    public static readonly DiagnosticCode NotText = new("PACO1003", Severity.Error, "not UTF-8 text",
        "Project files are UTF-8 text. This one holds bytes that are not; it may have been saved in another encoding (UTF-16, Latin-1) or not be text at all.");

    public static readonly DiagnosticCode TooLarge = new("PACO1004", Severity.Error, "too large",
        "Files are read up to 8 MiB, 128 levels deep and 200,000 values (aliases written out, long text counting as several), environments up to 5,000,000 values together. A project file far beyond that is a mistake or an attack.");

    public static readonly DiagnosticCode UnknownTag = new("PACO1005", Severity.Error, "unknown YAML tag",
        "Project files may use the tags !Ref, !Sub and !Join (they become CloudFormation functions) and, in environment overrides, !replace (the list or map replaces the base value instead of being merged with it). Other functions are written in their long form, for example `Fn::GetAtt:`.");

    public static readonly DiagnosticCode Unreadable = new("PACO1006", Severity.Error, "file cannot be read",
        "The file exists but cannot be opened: missing permission, a broken link, or a directory, a pipe or a device in its place.");

    public static readonly DiagnosticCode UndefinedAlias = new("PACO1007", Severity.Error, "unknown YAML alias",
        "An alias (*name) must follow the anchor (&name) it repeats, in the same file.");

    public static readonly DiagnosticCode Outside = new("PACO1020", Severity.Warning, "a file outside the project",
        "What a field names, or a link below the project leads to, is a file that is not below the project's directory, links followed. It is read; but who checks the project out elsewhere does not have it, and in a project of somebody else it may name what should not leave this machine. `strict_files: true` in project.yaml refuses such files.");

    public static readonly DiagnosticCode OutsideRefused = new("PACO1021", Severity.Error, "a file outside the project is refused",
        "project.yaml says `strict_files: true`, and this file is not below the project's directory, links followed. Nothing of it was used.");
}
