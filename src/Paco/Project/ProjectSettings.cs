using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Project;

/// <summary>What <c>project.yaml</c> says.</summary>
public sealed class ProjectSettings(Fields f) : Model(f)
{
    private static readonly Check Hash = Check.Matching("at most 12 of 0-9 and a-z", "^[0-9a-z]{0,12}$");

    public string ProjectName { get; } = f.RequiredText("name", "The project's short name; part of bucket names.");

    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public ImmutableArray<string> ActiveRegions { get; } = f.Texts("active_regions", "Every region the project uses.", Regions.Check);

    public ImmutableArray<string> LegacyFlags { get; } = f.Texts("legacy_flags",
        "Names of before 2020 that the project's deployed stacks have.", KnownLegacyFlags.Check);

    public string BucketHash { get; } = f.Text("s3bucket_hash", "Makes bucket names nobody else's.", "", Hash);

    public VersionControl? VersionControl { get; } =
        f.Object("version_control", "Which git branch may change which environment.", x => new VersionControl(x));

    public string? Version { get; } = f.Text("paco_project_version", "The version of the layout.");

    public SharedState? SharedState { get; } =
        f.Object("shared_state", "Accepted; CloudFormation itself is the state.", x => new SharedState(x));

    public bool StrictFiles { get; } =
        f.Flag("strict_files", "Refuse files outside the project's directory, links followed, instead of warning of them.", false);

    /// <summary>What its stacks carry in their tag <c>Paco-Project</c>: the name, and the hash where there is one.</summary>
    internal string Mark => StackTags.Mark(ProjectName, BucketHash);

    protected internal override void Rules(Fields f)
    {
        KnownLegacyFlags.Report(f, Written?["legacy_flags"]);
        f.WarnOfRest();
    }
}

/// <summary>Binds environments to git branches.</summary>
public sealed class VersionControl(Fields f) : Model(f)
{
    public bool EnforceBranchEnvironments { get; } =
        f.Flag("enforce_branch_environments", "Refuse cloud commands on the wrong branch.", false);

    public string EnvironmentBranchPrefix { get; } =
        f.Text("environment_branch_prefix", "Put before an environment's name to get its branch.", "ENV-");

    public ImmutableArray<string> GitBranchEnvironmentMappings { get; } = f.Texts(
        "git_branch_environment_mappings", "Environments with branches of their own.",
        Check.Matching("environment:branch", "^[^:]+:[^:]+$"));

    public string GlobalEnvironmentName { get; } =
        f.Text("global_environment_name", "The environment whose branch changes accounts and global resources.", "prod");

    /// <summary>The branch that an environment's name asks for.</summary>
    public string BranchOf(string environment) =>
        GitBranchEnvironmentMappings.Select(m => m.Split(':')).Where(m => m[0] == environment).Select(m => m[1]).FirstOrDefault()
        ?? EnvironmentBranchPrefix + environment;
}
