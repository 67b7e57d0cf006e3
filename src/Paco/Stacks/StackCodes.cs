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
        "Two objects of the project would be made under the same name in the same account and region, or would take what AWS lets one have: a port of a load balancer, a range of a network, a secret. Rename one, or give it another.");

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

    public static readonly DiagnosticCode UnknownAction = new("PACO3034", Severity.Error, "an action that AWS does not have",
        "A policy's statement names an action that no AWS service has. IAM takes such a statement, and it allows nothing. The names are those of Amazon's Service Authorization Reference, as shipped with this version of Paco.");

    public static readonly DiagnosticCode WrongResource = new("PACO3035", Severity.Error, "an action on what it is not done to",
        "A policy's statement names actions that cannot be allowed on the resources it names: `s3:ListBucket` is done to a bucket, not to the objects in it, and `ec2:DescribeInstances` takes `*` only. IAM takes the statement, and it allows nothing. The message names what the action takes.");

    public static readonly DiagnosticCode IdleAction = new("PACO3038", Severity.Warning, "an action that a statement does not allow",
        "One of a statement's actions cannot be allowed on the resources the statement names, or belongs to a service that AWS has given up; the statement's other actions are allowed. IAM takes it, and Amazon's own policies have such actions, but whoever counts on this one is denied.");

    public static readonly DiagnosticCode UnknownConditionKey = new("PACO3036", Severity.Warning, "a condition key that AWS does not have",
        "A policy's condition compares a key that no AWS service sets, so it never holds (or always does, where it is negated).");

    public static readonly DiagnosticCode ForeignConditionKey = new("PACO3037", Severity.Warning, "a condition key that calls do not set",
        "A policy's condition compares a key that none of the statement's actions sets, by Amazon's Service Authorization Reference: it never holds (or always does, where it is negated).");
}
