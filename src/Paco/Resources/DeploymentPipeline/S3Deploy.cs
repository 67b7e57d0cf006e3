using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>Puts what was made into a bucket, as a role of the bucket's account: the bucket's policy need not know of it.</summary>
public sealed class S3Deploy(Fields f) : PipelineAction(f)
{
    public Ref? Bucket { get; } =
        f.Ref("bucket", "The bucket it goes to, of any account and region of the project.", "S3Bucket", required: true);

    public Given<bool> Extract { get; } =
        f.Flag("extract", "Unpack it, as a site needs; else it goes there as one ZIP file.", true);

    public string? ObjectKey { get; } = f.Text("object_key",
        "Where in the bucket: the folder it is unpacked in, which is the whole bucket where not given, or the name of the ZIP file.");

    public ImmutableArray<string> InputArtifacts { get; } = f.Texts("input_artifacts",
        "The action whose result is deployed, by its name, or STAGE.ACTION where the name is not enough; by default the last before it.");

    internal override string Word => "S3";

    protected internal override void Rules(Fields f)
    {
        if (!Extract && string.IsNullOrEmpty(ObjectKey))
            f.Lacks("object_key", "what is not unpacked needs a name in the bucket: \"object_key\"", "object_key: site.zip");
        if (InputArtifacts.Length > 1)
            f.Broken("input_artifacts", "S3.Deploy takes one artifact", "write an action of its own for each");
    }

    internal override void Examine(ActionScope scope)
    {
        if (Bucket is not { } reference || Target(scope) is not { } bucket)
            return;
        DeployTargets.CheckApplication(scope, reference);
        if (!bucket.IsEnabled)
        {
            scope.Pipeline.Build.Bag.Add(StackCodes.DisabledTarget, reference.Location,
                $"{reference.Written} refers to something that is disabled here", $"enable {reference.Path}, or disable {Name}", subject: Path);
        }
    }

    internal override string? RegionOf(PipelineScope pipeline) => pipeline.Build.Buckets.Find(Bucket)?.Place.Region;

    internal override IEnumerable<ArtifactUser> Users(ActionScope scope) =>
        Target(scope) is { } bucket
        ? [new(bucket.Place.Account, new S3Delegate(scope, bucket).Role.RoleName, Writes: false) { Region = bucket.Place.Region }]
        : [];

    internal override ActionDeclaration Declare(ActionScope scope)
    {
        if (Target(scope) is not { } bucket)
            return new("Deploy", "S3");
        var role = new S3Delegate(scope, bucket);
        return new("Deploy", "S3")
        {
            Configuration = new MapValue
            {
                ["BucketName"] = bucket.Name, ["Extract"] = Value.AsText(Extract), ["ObjectKey"] = Value.Of(ObjectKey),
            },
            TakesOne = true,
            Inputs = scope.Inputs(InputArtifacts),
            RoleArn = scope.Pipeline.RoleArn(bucket.Place.Account, role.Role.RoleName),
            After = role.Build(),
        };
    }

    internal static KnownBucket? Target(ActionScope scope) => scope.Pipeline.Build.Buckets.Find(((S3Deploy)scope.Action).Bucket);
}
