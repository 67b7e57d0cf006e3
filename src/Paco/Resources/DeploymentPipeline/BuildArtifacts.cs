using Paco.Binding;
using Paco.CloudFormation;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>Where a project without a pipeline puts what it makes.</summary>
public sealed class BuildArtifacts(Fields f) : Model(f)
{
    private const string InBucket = "S3";

    public string ArtifactsType { get; } = f.Text("type", "S3: into the pipeline's `artifacts_bucket`; NO_ARTIFACTS: nowhere.", InBucket,
        Check.OneOf("CODEPIPELINE", "NO_ARTIFACTS", InBucket));

    // Named objects repeat their name in Paco 9's files; this one has none.
    public string? ArtifactName { get; } = f.Text("name", "The name of the object, or of the folder of objects.");

    public string NamespaceType { get; } =
        f.Text("namespace_type", "BUILD_ID: every build has a folder of its own.", "NONE", Check.OneOf("NONE", "BUILD_ID"));

    public string Packaging { get; } = f.Text("packaging", "ZIP: one file of all.", "NONE", Check.OneOf("NONE", "ZIP"));

    public string? Folder { get; } = f.Text("path", "The folder in the bucket.");

    /// <summary>They go into a bucket.</summary>
    internal bool AreKept => ArtifactsType == InBucket;

    internal MapValue ToValue(string? bucketName) => AreKept && bucketName is not null
        ? new MapValue
        {
            ["Type"] = InBucket,
            ["Location"] = bucketName,
            ["Name"] = Value.Of(ArtifactName),
            ["NamespaceType"] = NamespaceType,
            ["Packaging"] = Packaging,
            ["Path"] = Value.Of(Folder),
        }
        : None;

    internal static MapValue None => new() { ["Type"] = "NO_ARTIFACTS" };
}
