using System.Collections.Immutable;
using System.Text;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Resources.LaunchBundles;

/// <summary>
/// Puts the function library and the bundles into their bucket, between the bucket's stack and the group's. Each state has a folder
/// of its own, named by its digest: instances of a launch template that is rolled back to find theirs unchanged. What was put there
/// last two objects tell, which are written last: a run that is killed half-way is done again as a whole.
/// </summary>
internal sealed record LaunchBundleUpload : CloudAction
{
    private const string CacheIdKey = "ec2lm_cache_id.md5";
    private const string DigestKey = "ec2lm_digest.sha256";

    public required string Bucket { get; init; }

    public required LaunchBundleSet Bundles { get; init; }

    public override async Task<ActionState> Read(ICloud cloud, ImmutableDictionary<string, string> inputs, CancellationToken cancel)
    {
        var s3 = cloud.S3(Id.Place);
        if (await Get(s3, CacheIdKey, cancel) is not { } deployed)
            return ActionState.Absent;
        return deployed == Bundles.CacheId && await Get(s3, DigestKey, cancel) == Bundles.Digest
            ? new ActionState(Exists: true, IsCurrent: true)
            : new ActionState(Exists: true, IsCurrent: false, $"changed: {string.Join(", ", Changed(deployed))}");
    }

    public override async Task<ActionResult> Apply(ICloud cloud, ImmutableDictionary<string, string> inputs, ActionContext context,
        CancellationToken cancel)
    {
        var s3 = cloud.S3(Id.Place);
        foreach (var item in Bundles.Objects.Append(Bundles.Sums))
            await s3.PutObject(Bucket, $"{Bundles.Digest}/{item.Key}", item.Bytes.AsMemory(), cancel);
        await Put(s3, DigestKey, Bundles.Digest, cancel);
        await Put(s3, CacheIdKey, Bundles.CacheId, cancel);
        return ActionResult.Done;
    }

    /// <summary>Empties the bucket and deletes it: its stack would leave it behind.</summary>
    public override async Task Delete(ICloud cloud, CancellationToken cancel)
    {
        var s3 = cloud.S3(Id.Place);
        if (!await s3.BucketExists(Bucket, cancel))
            return;
        await s3.EmptyBucket(Bucket, cancel);
        await s3.DeleteBucket(Bucket, cancel);
    }

    private Task Put(IS3 s3, string key, string text, CancellationToken cancel) =>
        s3.PutObject(Bucket, key, Encoding.UTF8.GetBytes(text), cancel);

    private async Task<string?> Get(IS3 s3, string key, CancellationToken cancel) =>
        await s3.GetObject(Bucket, key, cancel) is { } found ? Encoding.UTF8.GetString(found).Trim() : null;

    // The deployed id holds one of 32 characters for every bundle and the library's at the end.
    private IEnumerable<string> Changed(string deployed)
    {
        string[] names = [.. Bundles.Bundles.Select(b => b.Name), "functions"];
        var wanted = Bundles.CacheId;
        return deployed.Length == wanted.Length && deployed != wanted
            ? names.Where((_, i) => !deployed.AsSpan(i * 32, 32).SequenceEqual(wanted.AsSpan(i * 32, 32)))
            : names;
    }
}
