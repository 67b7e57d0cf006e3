using Paco.Diagnostics;

namespace Paco.Resources.Connections;

/// <summary>Mistakes about connections, and what is to be seen to about them.</summary>
internal static class ConnectionCodes
{
    public static readonly DiagnosticCode NotAnArn = new("PACO3115", Severity.Error, "no ARN of a connection",
        "A connection that exists already is given by its ARN, as `aws codeconnections list-connections` shows it: `arn:aws:codeconnections:us-west-2:123456789012:connection/…`, or with `codestar-connections`, as the service was called before.");

    public static readonly DiagnosticCode OutOfReach = new("PACO3116", Severity.Error, "a connection that cannot be used from here",
        "A connection can be used in every region of its partition. One of another account must be shared with this one through Resource Access Manager, which only shares ARNs that begin with `codeconnections`: one that says `codestar-connections` stays in its account.");

    public static readonly DiagnosticCode SameName = new("PACO3117", Severity.Error, "two connections of one name",
        "The name of a connection exists once in an account. Two that want the same either use one connection, by its ARN, or are named differently.");

    public static readonly DiagnosticCode Pending = new("PACO5041", Severity.Error, "a connection that waits for a person",
        "A connection lets AWS read somebody's source at GitHub, GitLab or Bitbucket. Whoever owns the source has to agree to that there, in a browser: no API does it. Until then the connection is PENDING, and what needs it is not made. Open the link that is shown, choose \"Update pending connection\", and run the same command again; everything else is done meanwhile, and stays done. In the sandbox `paco sandbox connect` plays the person.");

    public static readonly DiagnosticCode Broken = new("PACO5042", Severity.Error, "a connection that does not work",
        "AWS tries a connection in the status ERROR again by itself. Where it stays so, the app was taken away at the provider, or lost its rights there: look at it in the console.");

    public static readonly DiagnosticCode Missing = new("PACO5043", Severity.Error, "a connection that is not there",
        "There is no connection of this ARN, or this account may not see it: one of another account must be shared with it through Resource Access Manager.");

    public static IEnumerable<DiagnosticCode> All => [NotAnArn, OutOfReach, SameName, Pending, Broken, Missing];
}
