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

    public static IEnumerable<DiagnosticCode> All => [WrongRegion, NoSource, SameBranch];
}
