using Paco.Clouds;
using Paco.Resources.Buckets;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>S3 deletes no bucket with anything in it, and the stacks of buckets retain them: both is for an action to do.</summary>
internal sealed class BucketContents(ICloud cloud) : IObstacle
{
    public string Type => "AWS::S3::Bucket";

    public async Task<Standing> Look(DoomedResource bucket, CancellationToken cancel)
    {
        var s3 = cloud.S3(bucket.Stack.Id.Place);
        if (bucket.IsReplaced || !await s3.BucketExists(bucket.PhysicalId, cancel))
            return Standing.Nothing;
        var deletion = new BucketDeletion(bucket.PhysicalId, IsEmpty: await s3.IsEmpty(bucket.PhysicalId, cancel))
        {
            Id = new NodeId(bucket.Stack.Id.Place, $"Bucket-{bucket.PhysicalId}"),
            Ref = bucket.Stack.Node.Ref,
            Title = $"bucket {bucket.PhysicalId}",
        };
        return new Standing(deletion, deletion.State, []);
    }
}
