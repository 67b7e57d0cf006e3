using Paco.Diagnostics;

namespace Paco.Stacks;

/// <summary>PACO3xxx: objects that do not fit together.</summary>
public static class StackCodes
{
    public static readonly DiagnosticCode UnknownReference = new("PACO3001", Severity.Error, "a reference that leads nowhere",
        "The object or output that the reference names does not exist. The message says how far the path could be followed. Inside an environment, references into the same network environment leave out environment and region.");

    public static readonly DiagnosticCode WrongKind = new("PACO3002", Severity.Error, "a reference to the wrong kind of object",
        "The reference names an object, but the field needs another kind of object.");

    public static readonly DiagnosticCode DisabledTarget = new("PACO3003", Severity.Error, "a reference to something disabled",
        "What the reference names is disabled here, so there is nothing to refer to. Enable it, or disable or change what refers to it.");

    public static readonly DiagnosticCode Cycle = new("PACO3004", Severity.Error, "stacks that wait for each other",
        "Each of the stacks needs an output of the next, so none can be made first. Break the circle by removing one of the references.");

    public static readonly DiagnosticCode NameTaken = new("PACO3005", Severity.Error, "two things of one name",
        "Two objects of the project would be made under the same name in the same account and region. Rename one.");

    public static readonly DiagnosticCode NameTooLong = new("PACO3006", Severity.Error, "a name that is too long",
        "The name AWS will see is made from the names of the objects in the project and is longer than AWS allows. Shorten one of them.");

    public static readonly DiagnosticCode InvalidTemplate = new("PACO3007", Severity.Error, "CloudFormation would refuse it",
        "The template that comes out does not fit Amazon's own schema of the resource type, so CloudFormation would refuse it. The message names the property.");

    public static readonly DiagnosticCode SharedRecord = new("PACO3008", Severity.Warning, "one domain name in two regions",
        "Two regions of an environment would write the same DNS record. The first region keeps it. Give the other region a domain name of its own in its region section, or switch its record off with `dns_enabled: false`.");

    public static readonly DiagnosticCode TemplateTooLarge = new("PACO3009", Severity.Error, "a template that is too large",
        "CloudFormation takes templates of up to 1 MB, 500 resources, 200 parameters and 200 outputs. Split the resource.");

    public static readonly DiagnosticCode Elsewhere = new("PACO3020", Severity.Warning, "something of another account or region",
        "The reference names something that exists in one account and region only (a key pair), and the stack that uses it stands in another. AWS will not find it there. Declare one for the account and region of the stack and name that.");
}
