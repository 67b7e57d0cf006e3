using Paco.Diagnostics;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>Mistakes about pipelines.</summary>
internal static class PipelineCodes
{
    public static readonly DiagnosticCode WrongRegion = new("PACO3100", Severity.Error,
        "a pipeline that would have to reach into another region",
        "CodePipeline fetches from repositories of the pipeline's own region only, and keeps what one action hands to the next in a bucket there; the accounts may be others. An action of another region, a deployment, has a bucket and a key in that region, too. A pipeline is in the region of its first CodeCommit repository, else in that of its environment, unless it has a `region`; `artifacts_bucket` is in one of the two.");

    public static readonly DiagnosticCode NoSource = new("PACO3101", Severity.Error, "a pipeline without a source",
        "A pipeline begins with a stage of sources: actions such as `CodeCommit.Source`, switched on. Sources in later stages, and anything else in the first, CodePipeline refuses, as it does a pipeline of one stage.");

    public static readonly DiagnosticCode SameBranch = new("PACO3102", Severity.Error, "two sources that are one",
        "Two sources of a pipeline watch the same branch of the same repository: every push would start it twice, with the same code in both artifacts.");

    public static readonly DiagnosticCode NoBuildspec = new("PACO3125", Severity.Error, "a build specification that is none",
        "CodeBuild would refuse the build specification before its first command, or there is none. One has a `version` (0.2) and `phases` (`install`, `pre_build`, `build`, `post_build`) with `commands`, each of which is text: in YAML a `: ` in the middle of one makes it a name and a value, unless it is in quotes. `buildspec` is the name of a file in the repository, the path of one in the project (`./…`), or the specification itself.");

    public static readonly DiagnosticCode OldImage = new("PACO3126", Severity.Warning, "an image that AWS has given up",
        "AWS no longer keeps the image up: it is not renewed, and is fetched anew for every build, where it can be fetched at all. Nothing else is built in its place unless you write it: another image has other versions of languages and tools.");

    public static readonly DiagnosticCode NoSuchMachine = new("PACO3127", Severity.Error, "a build machine that there is not",
        "CodeBuild has no machine of this size and type, or the image is made for another processor. Sizes that need a fleet of your own are not there.");

    public static readonly DiagnosticCode ForeignNetwork = new("PACO3128", Severity.Error, "a build in a network of another account",
        "A build runs in the account and region of its pipeline, and can only be put into a network that is there, too.");

    public static readonly DiagnosticCode OtherPlace = new("PACO3135", Severity.Error,
        "an action that reaches for another account or region",
        "CodePipeline gives most of its actions only a name, and looks for that in the pipeline's own account and region: functions, other pipelines and repositories of images. A connection is the account's, a secret is read where the pipeline is, and a service of ECS is in the environment. Buckets may be anywhere.");

    public static readonly DiagnosticCode OldGitHub = new("PACO3137", Severity.Warning, "GitHub with a token",
        "A source at GitHub that is read with somebody's token is GitHub's version 1 action, which AWS keeps for pipelines that have it. A connection has no token that leaks or lapses when its owner leaves. Take `github_access_token` out: a connection is made, and waits for somebody who agrees at GitHub; or give one that exists as `connection_arn`.");

    public static readonly DiagnosticCode DeafTopic = new("PACO3138", Severity.Warning, "a topic that does not let notification rules in",
        "A pipeline notifies a topic whose policy does not let notification rules publish: AWS accepts that, and nobody is ever told. Say `codestar_notification_access: true` at the topic in `resource/sns.yaml` or `resource/snstopics.yaml`, and provision `resource.sns`.");

    public static readonly DiagnosticCode ThirdAccount = new("PACO3139", Severity.Error, "artifacts between two other accounts",
        "What an action makes in another account than the pipeline's can be worked on in that account and in the pipeline's, not in a third. Let something in the pipeline's account, such as a build, stand between the two.");

    public static IEnumerable<DiagnosticCode> All =>
    [
        WrongRegion, NoSource, SameBranch, NoBuildspec, OldImage, NoSuchMachine, ForeignNetwork, OtherPlace, OldGitHub,
        DeafTopic, ThirdAccount,
    ];
}
