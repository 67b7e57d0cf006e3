using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// Which pushes start a pipeline: those that fit one of a list and none of the one of exceptions. Patterns hold <c>*</c> and <c>**</c>.
/// Source: CodePipeline User Guide, "Filter triggers on code push or pull requests".
/// </summary>
public sealed class SourceTrigger(Fields f) : Model(f)
{
    private const int MostPatterns = 8;

    public ImmutableArray<string> Branches { get; } =
        f.Texts("branches", "Patterns of branches; by default the source's own. What was pushed is what runs.");

    public ImmutableArray<string> BranchesExcluded { get; } = f.Texts("branches_excluded", "Branches that start nothing all the same.");

    public ImmutableArray<string> FilePaths { get; } =
        f.Texts("file_paths", "Patterns of files, one of which the push must change: `src/**`.");

    public ImmutableArray<string> FilePathsExcluded { get; } =
        f.Texts("file_paths_excluded", "Files whose change alone starts nothing: `docs/**`.");

    public ImmutableArray<string> Tags { get; } = f.Texts("tags", "Patterns of tags: pushing one starts the pipeline, and no branch does.");

    public ImmutableArray<string> TagsExcluded { get; } = f.Texts("tags_excluded", "Tags that start nothing all the same.");

    private bool HasTags => !Tags.IsEmpty || !TagsExcluded.IsEmpty;

    private bool HasFiles => !FilePaths.IsEmpty || !FilePathsExcluded.IsEmpty;

    private bool HasBranches => !Branches.IsEmpty || !BranchesExcluded.IsEmpty;

    protected internal override void Rules(Fields f)
    {
        if (!HasTags && !HasFiles && !HasBranches)
            f.Lacks("branches", "\"triggers\" say nothing", "name branches, file_paths or tags, or leave \"triggers\" out");
        if (HasTags && (HasBranches || HasFiles))
            f.Broken("tags", "pushes of tags have no branch and change no files: \"tags\" stand alone");
        foreach (var (field, patterns) in Lists().Where(l => l.Patterns.Length > MostPatterns))
            f.Broken(field, $"CodePipeline takes {MostPatterns} patterns, \"{field}\" has {patterns.Length}");
    }

    /// <param name="action">The name of the source in AWS.</param>
    /// <param name="branch">The branch it stands for where none is named.</param>
    internal MapValue ToValue(string action, string branch) => new()
    {
        ["ProviderType"] = "CodeStarSourceConnection",
        ["GitConfiguration"] = new MapValue
        {
            ["SourceActionName"] = action,
            ["Push"] = Value.List(new MapValue
            {
                ["Branches"] = HasTags ? null : Filter(HasBranches ? Branches : [branch], BranchesExcluded),
                ["FilePaths"] = Filter(FilePaths, FilePathsExcluded),
                ["Tags"] = Filter(Tags, TagsExcluded),
            }),
        },
    };

    private static MapValue? Filter(ImmutableArray<string> with, ImmutableArray<string> without) => new MapValue
    {
        ["Includes"] = Value.OfMany(with.Distinct()), ["Excludes"] = Value.OfMany(without.Distinct()),
    }.OrNothing;

    private IEnumerable<(string Field, ImmutableArray<string> Patterns)> Lists() =>
    [
        ("branches", Branches), ("branches_excluded", BranchesExcluded), ("file_paths", FilePaths),
        ("file_paths_excluded", FilePathsExcluded), ("tags", Tags), ("tags_excluded", TagsExcluded),
    ];
}
