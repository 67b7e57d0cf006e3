using Paco.Diagnostics;

namespace Paco.Binding;

/// <summary>PACO2xxx: what is written does not fit the field it is written in.</summary>
public static class BindingCodes
{
    public static readonly DiagnosticCode UnknownField = new("PACO2001", Severity.Error, "unknown field",
        "The object has no field of that name. It is probably misspelt, or indented one level too deep or too shallow. `paco explain TYPE` lists the fields an object takes.");

    public static readonly DiagnosticCode MissingField = new("PACO2002", Severity.Error, "a required field is missing",
        "The object cannot be built without this field, so it is asked for once the object is on, with everything it stands in. An override that sets it to nothing (`field:` or `field: null`) clears it too.");

    public static readonly DiagnosticCode WrongType = new("PACO2003", Severity.Error, "wrong type",
        "The field takes another type of value: text, a whole number, true or false, a list, or an object with fields of its own. YAML 1.2 is read, so only `true` and `false` are truth values.");

    public static readonly DiagnosticCode BadValue = new("PACO2004", Severity.Error, "a value that cannot be",
        "The value is of the right type but not one the field can take; the message says what can be.");

    public static readonly DiagnosticCode BrokenRule = new("PACO2005", Severity.Error, "fields that do not go together",
        "Each field is fine on its own, together they contradict each other, or something is missing in an object that is on; the message says which.");

    public static readonly DiagnosticCode UnusualValue = new("PACO2006", Severity.Warning, "an unusual value",
        "The value is not in the list this version knows. It is passed on as it is: AWS adds instance types, engine versions and policies all the time. Check the spelling.");

    public static readonly DiagnosticCode NotAReference = new("PACO2007", Severity.Error, "not a reference",
        "The field takes a reference: `paco.ref ` (one space), then a root (netenv, resource, accounts, function, service), then names joined with dots.");

    public static readonly DiagnosticCode BadName = new("PACO2008", Severity.Error, "a name that cannot be",
        "Names of objects become parts of stack names and references: letters, digits, `-` and `_`, beginning with a letter. Titles are free text.");

    public static readonly DiagnosticCode MissingFile = new("PACO2009", Severity.Error, "a file that is named does not exist",
        "The path is relative to the YAML file that names it; `~` and absolute paths work too.");

    public static readonly DiagnosticCode OddName = new("PACO2010", Severity.Warning, "an unfortunate name",
        "The name ends in `-` or holds `--`. It works, but several AWS names made from it would not; rename it while nothing is deployed.");

    public static readonly DiagnosticCode ObsoleteField = new("PACO2011", Severity.Warning, "a field that does nothing (any longer)",
        "The field is accepted so that older projects load, but what it did does not exist on AWS any longer, or never worked.");

    public static readonly DiagnosticCode UnreadKey = new("PACO5008", Severity.Warning, "a key nobody reads",
        "The key is none that can stand here, so what stands below it has no effect. It is probably misspelt. Paco 9 let any key pass in these places, so it is no error.");
}
