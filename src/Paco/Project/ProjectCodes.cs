using Paco.Diagnostics;

namespace Paco.Project;

/// <summary>PACO5xxx: the project as a whole, its layout and its environments.</summary>
public static class ProjectCodes
{
    public static readonly DiagnosticCode NoProject = new("PACO5001", Severity.Error, "no project here",
        "A project's directory holds `paco-project-version.txt` and `project.yaml`. Name it with --home, or with the environment variable PACO_HOME.");

    public static readonly DiagnosticCode WrongVersion = new("PACO5002", Severity.Error, "a layout this version does not read",
        "`paco-project-version.txt` holds the version of the project's layout as `major.minor`; this version reads major 7, as Paco 9 wrote it.");

    public static readonly DiagnosticCode NoMaster = new("PACO5003", Severity.Error, "no management account",
        "`accounts/master.yaml` states the organization's management account and is always needed.");

    public static readonly DiagnosticCode NotARegion = new("PACO5004", Severity.Error, "neither a region nor a field of an environment",
        "An environment holds `title`, `default` and the regions it is provisioned in. Flags such as `enabled` go below a region.");

    public static readonly DiagnosticCode InactiveRegion = new("PACO5005", Severity.Error, "a region the project does not list",
        "Every region an environment uses stands in `active_regions` of project.yaml. Regional support (key pairs, topics) is usually needed there too.");

    public static readonly DiagnosticCode UnknownApplication = new("PACO5006", Severity.Error, "an application that is not in the base",
        "An environment names applications of the `applications:` section of the same file, or copies of them written `name{suffix}`.");

    public static readonly DiagnosticCode UnusedApplication = new("PACO3031", Severity.Warning, "an application that no environment names",
        "An application of the `applications:` section exists in the environments that name it, in `default:` or in a region. No environment of the file names this one, so nothing is made of it.");

    public static readonly DiagnosticCode NothingToOverride = new("PACO3032", Severity.Error, "nothing to override",
        "An environment overrides a resource that the base does not have: it was renamed there, or is misspelt here. A resource that only an environment has states its `type`.");

    public static readonly DiagnosticCode NoNetwork = new("PACO5007", Severity.Error, "no network section",
        "A network environment needs a `network:` section, and each environment a `default:` with `network:` and its `aws_account`.");

    public static readonly DiagnosticCode UnknownFile = new("PACO5009", Severity.Warning, "a file nobody reads",
        "Files below resource/ and monitor/ have fixed names. This one has none of them, so it has no effect.");

    public static readonly DiagnosticCode OlderFile = new("PACO3090", Severity.Warning, "a file that another one has taken the place of",
        "`resource/snstopics.yaml` is an older form of `resource/sns.yaml`. Where both are there, the newer one counts, as with Paco 9.");

    public static readonly DiagnosticCode UnknownAlias = new("PACO5010", Severity.Error, "an unknown alias",
        "`paco.ref alias.FILE.KEY` stands for the text that KEY has in alias/FILE.yaml.");

    public static readonly DiagnosticCode BadImport = new("PACO5011", Severity.Error, "an import that leads nowhere",
        "`import_from` names a file next to this one (`file://other.yaml`) or a part of this file (`paco.ref netenv.…`).");

    public static readonly DiagnosticCode SameFile = new("PACO5012", Severity.Error, "two files of one name",
        "Names of files are compared without regard to case, and these differ in nothing else. Rename or remove one.");
}
