using Paco.Diagnostics;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>Mistakes about pipelines.</summary>
internal static class PipelineCodes
{
    public static readonly DiagnosticCode WrongRegion = new("PACO3100", Severity.Error, "a pipeline and its artifacts in two regions",
        "CodePipeline keeps what one action hands to the next in a bucket of the pipeline's own region. The bucket's account may be another.");

    public static readonly DiagnosticCode NoSource = new("PACO3101", Severity.Error, "a pipeline without a source",
        "A pipeline begins with a stage of sources: actions such as `CodeCommit.Source`, switched on. Sources in later stages, and anything else in the first, CodePipeline refuses, as it does a pipeline of one stage.");

    public static readonly DiagnosticCode SameBranch = new("PACO3102", Severity.Error, "two sources that are one",
        "Two sources of a pipeline watch the same branch of the same repository: every push would start it twice, with the same code in both artifacts.");

    public static IEnumerable<DiagnosticCode> All => [WrongRegion, NoSource, SameBranch];
}
