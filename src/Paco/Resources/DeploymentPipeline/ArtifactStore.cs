using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.Buckets;
using Paco.Resources.Iam;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// Where artifacts are in one region: a bucket, and a key that they are encrypted with, both for the pipeline's account to decide about.
/// A pipeline has one in its own region, and one in every other region that an action works in: CodePipeline copies there what that takes.
/// </summary>
/// <param name="IsMade">The bucket is the pipeline's own, and not the one that its configuration names.</param>
internal sealed record ArtifactStore(PipelineScope Pipeline, string Region, KnownBucket Bucket, bool IsMade)
{
    private const int DaysKept = 90;

    /// <summary>Yields the ARN of its key.</summary>
    public Ref Key => KeyOf(Pipeline, Region);

    private BuildScope Place => Pipeline.At(Pipeline.Own.Place with { Region = Region });

    private ObjectPath BucketPath => Pipeline.Pipeline.Path.Below($"artifacts_{Region}");

    /// <summary>The bucket that a pipeline makes in a region where its configuration names none.</summary>
    public static ArtifactStore Made(PipelineScope pipeline, string region)
    {
        var place = pipeline.Own.Place with { Region = region };
        var (names, scope) = (pipeline.Target.Names, pipeline.At(place));
        var name = BucketName.OfOwn(pipeline.Build,
            ["ne", .. names.Take(2), "app", .. names.Skip(2).SkipLast(1), scope.OwnNames[^1], "artifacts"], place.Account, region);
        var stack = new NodeId(place, Names.Stack([scope.Prefix, .. scope.OwnNames, "artifacts-S3"]));
        return new(pipeline, region, new KnownBucket(name, place, stack), IsMade: true);
    }

    /// <summary>Yields the ARN of the key of a region.</summary>
    public static Ref KeyOf(PipelineScope pipeline, string region) => KeyRef(pipeline, region).Output("arn");

    public void Build()
    {
        BuildKey();
        if (IsMade && Pipeline.Pipeline.IsEnabled)
            BuildBucket();
    }

    private static Ref KeyRef(PipelineScope pipeline, string region) =>
        pipeline.Pipeline.ToRef().Output(region == pipeline.Own.Place.Region ? "kms" : $"kms_{region}");

    // AWS's own keys cannot be shared with another account. Its own account decides by the policies of its roles; in others it lets in
    // exactly the roles that need it.
    private void BuildKey()
    {
        var path = KeyRef(Pipeline, Region).Path;
        var stack = Place.Stack(Pipeline.Pipeline, "KMS", "key", path);
        if (!Pipeline.Pipeline.IsEnabled)
            return;
        stack.Resource("CMK", "AWS::KMS::Key", new MapValue
        {
            ["Description"] = $"Artifacts of the pipeline {Pipeline.Names.Base}",
            ["EnableKeyRotation"] = true,
            ["KeyPolicy"] = PolicyDocument.Of([Owner(), .. Artifacts.KeyStatements(Pipeline, Region)]),
        });
        stack.Output("CMKArn", Fn.GetAtt("CMK", "Arn"), $"{path}.arn");
        stack.Output("CMKId", Fn.Ref("CMK"), $"{path}.id");
    }

    private MapValue Owner() => new()
    {
        ["Sid"] = "OwnAccount",
        ["Effect"] = "Allow",
        ["Principal"] = new MapValue { ["AWS"] = Pipeline.AccountRoot(Pipeline.Own.Place.Account) },
        ["Action"] = "kms:*",
        ["Resource"] = "*",
    };

    private void BuildBucket() => new Bucket
    {
        Known = Bucket,
        Ref = BucketPath,
        Label = "Artifacts",
        Location = Pipeline.Pipeline.Location,
        IsDeletedWithStack = true,
        Statements = [.. Artifacts.BucketStatements(Pipeline, Bucket)],
        Lifecycle = [new MapValue { ["Id"] = "old", ["Status"] = "Enabled", ["ExpirationInDays"] = DaysKept }],
    }.Write(Place.Stack(Pipeline.Pipeline, "artifacts-S3", "artifacts", BucketPath));
}
