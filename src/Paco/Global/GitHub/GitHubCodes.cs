using Paco.Diagnostics;

namespace Paco.Global.GitHub;

/// <summary>PACO312x: workflows of GitHub.</summary>
internal static class GitHubCodes
{
    public static readonly DiagnosticCode NotARepository = new("PACO3120", Severity.Error, "not a repository of GitHub",
        "`repository` names one repository, as `OWNER/NAME`: no address, no wildcard. What stands there decides whose workflows are let into the accounts; `acme/*` would let in every repository that anybody in the organization makes.");

    public static readonly DiagnosticCode LetsOthersIn = new("PACO3121", Severity.Error, "a wildcard that lets others in",
        "Branches and environments are named one by one. A role that trusts `*` is taken on by whoever can push a branch of any name, which is everybody who can write to the repository; one that trusts `repo:*` by everybody on GitHub.");

    public static readonly DiagnosticCode LetsNobodyIn = new("PACO3122", Severity.Error, "nobody is let in",
        "A role needs somebody who may take it on: pull requests, a branch or an environment to plan; a branch or an environment to provision.");

    public static readonly DiagnosticCode SameKey = new("PACO3123", Severity.Error, "two repositories with one role name",
        "Roles are named after the repository's key in `resource/github.yaml`, and IAM does not tell large letters from small ones. Rename one of the two keys.");

    public static readonly DiagnosticCode NotAName = new("PACO3124", Severity.Error, "no name of a branch or an environment",
        "Branches are written as `git branch` shows them, without `refs/heads/`; environments as the repository's settings show them. IAM takes printable characters up to U+00FF in a policy, and `${` means a variable there.");
}
