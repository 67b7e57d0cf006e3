using Paco.Binding;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>What CodePipeline demands of a pipeline as a whole.</summary>
internal static class PipelineRules
{
    private static readonly string[] Sections = ["source", "build", "deploy"];

    public static void Check(DeploymentPipeline pipeline, Fields f)
    {
        if (pipeline.IsStaged && Sections.FirstOrDefault(f.Has) is { } section)
        {
            f.Broken(section, $"a pipeline is written in \"stages\" or in \"{string.Join("\", \"", Sections)}\", not in both",
                $"move what is in \"{section}\" to a stage");
        }
        if (pipeline.Configuration.DisableCodePipeline || !pipeline.IsEnabled)
            return;
        if (pipeline.Configuration.ArtifactsBucket is null)
            f.Lacks("configuration", "a pipeline needs an \"artifacts_bucket\" in its \"configuration\"");
        CheckStages(pipeline, f);
    }

    private static void CheckStages(DeploymentPipeline pipeline, Fields f)
    {
        if (pipeline.Running.SelectMany(s => s.Actions).Any(a => a.Word.Length == 0 && a.IsEnabled))
            return;
        var stages = pipeline.Running.ToList();
        var field = pipeline.IsStaged ? "stages" : "source";
        if (stages is not [var first, ..] || !first.Running.Any(a => a.IsSource))
        {
            f.Report(PipelineCodes.NoSource, f.Place(field), "the pipeline has no source that is switched on",
                "add an action CodeCommit.Source, or another that ends in .Source");
        }
        else if (stages.Count == 1)
        {
            f.Report(PipelineCodes.NoSource, f.Place(field), "the pipeline has only one stage that does something",
                "CodePipeline wants two at least: build or deploy what the source brings");
        }
        else
        {
            CheckPlaces(stages, f);
        }
    }

    private static void CheckPlaces(List<PipelineStage> stages, Fields f)
    {
        foreach (var (stage, action) in stages.SelectMany(s => s.Running.Select(a => (s, a))))
        {
            if (action.IsSource == (stage == stages[0]))
                continue;
            f.Report(PipelineCodes.NoSource, action.PlaceOf("type"), action.IsSource
                ? $"{action.Type} stands in a later stage: sources are the first"
                : $"{action.Type} stands in the first stage, which is for sources alone", "move it to another stage");
        }
    }
}
