using Paco.Monitoring;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>What CloudWatch measures of a pipeline and of what it builds, in the pipeline's account and region.</summary>
internal static class PipelineMetrics
{
    private const string Pipelines = "AWS/CodePipeline";
    private const string Builds = "AWS/CodeBuild";

    public static Watched Of(DeploymentPipeline pipeline)
    {
        var build = pipeline.Running.SelectMany(s => s.Running).OfType<BuildAction>().FirstOrDefault();
        var project = build is null ? null : new Dimension("ProjectName", build.ToRef().Output("project.name"));
        if (pipeline.Configuration.DisableCodePipeline)
            return new Watched("", pipeline, Builds, project is null ? [] : [project], pipeline.Monitoring) { Title = "build" };
        return new Watched("", pipeline, Pipelines, [new Dimension("PipelineName", pipeline.ToRef().Output("name"))], pipeline.Monitoring)
        {
            Title = "pipeline",
            FurtherNamespaces = [Builds],
            FurtherDimensions = project is null ? [] : [(Builds, project)],
        };
    }
}
