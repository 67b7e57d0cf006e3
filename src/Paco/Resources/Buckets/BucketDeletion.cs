using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Resources.Buckets;

/// <summary>
/// Empties a bucket and deletes it, before its stack goes, which would leave it behind. There is nothing to make of it: it is planned only
/// to be deleted.
/// </summary>
/// <param name="Bucket">Its name.</param>
/// <param name="IsEmpty">The plan found nothing in it; then nothing is to be found in it later either.</param>
internal sealed record BucketDeletion(string Bucket, bool IsEmpty) : CloudAction
{
    // What writes to it may have written once more after it was told to stop.
    private const int Attempts = 5;

    public override bool HoldsData => !IsEmpty;

    /// <summary>What is there by the plan's own look.</summary>
    public ActionState State =>
        new(Exists: true, IsCurrent: false, IsEmpty ? "it is empty" : "emptied of every object and version, then deleted");

    public override async Task<ActionState> Read(ICloud cloud, ImmutableDictionary<string, string> inputs, CancellationToken cancel) =>
        await cloud.S3(Id.Place).BucketExists(Bucket, cancel) ? State : ActionState.Absent;

    public override Task<ActionResult> Apply(ICloud cloud, ImmutableDictionary<string, string> inputs, ActionContext context,
        CancellationToken cancel) => Task.FromResult(ActionResult.Done);

    public override async Task Delete(ICloud cloud, CancellationToken cancel)
    {
        var s3 = cloud.S3(Id.Place);
        for (var attempt = 1; await s3.BucketExists(Bucket, cancel); attempt++)
        {
            if (!IsEmpty)
                await s3.EmptyBucket(Bucket, cancel);
            try
            {
                await s3.DeleteBucket(Bucket, cancel);
                return;
            }
            catch (CloudException e) when (e.Code == "BucketNotEmpty" && !IsEmpty && attempt < Attempts)
            {
                // Once more.
            }
        }
    }
}
