using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// What a pipeline and what belongs to it are called in AWS: <c>NE-mynet-prod-App-App-deploy-Pipeline</c>. No region is part of it, so
/// that of an account's second environment of the name carries one.
/// </summary>
internal sealed class PipelineNames(BuildScope scope)
{
    private const int MaxRole = 64;
    private const int MaxPolicy = 128;
    private const int HashAndDash = 10;

    /// <summary>The name of pipeline, build project and CodeDeploy application.</summary>
    public string Base { get; } = Names.Stack("NE", scope.Names[0], scope.Names[1])
        + $"-{Names.Physical("-", "", scope.Names.Skip(2))}{scope.Environment?.AccountSuffix}";

    /// <summary>A role of the pipeline by what it is: <c>CodePipeline-Service</c>.</summary>
    public string Role(string what) => Short($"{Base}-{what}", MaxRole);

    public string Policy(string what) => Short($"{Base}-{what}", MaxPolicy);

    // Too long a name has its end behind a hash of all of it.
    private static string Short(string name, int max) =>
        name.Length <= max ? name : $"{Names.ShortHash(name)}-{name[^(max - HashAndDash)..]}";
}
