using System.Collections.Concurrent;
using System.Text;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Applying;

/// <summary>
/// Gives templates to CloudFormation: inline while they fit, else through a bucket of the same account and region. The
/// bucket lies in S3's account-regional namespace, so nobody else can own its name.
/// </summary>
internal sealed class TemplateStore(ICloud cloud, ApplyOptions options)
{
    private readonly ConcurrentDictionary<Place, Lazy<Task<string>>> _buckets = new();

    public async Task<TemplateSource> Source(NodeId node, string body, CancellationToken cancel)
    {
        if (TemplateSource.IsInline(body))
            return new TemplateSource(body, null);
        var bucket = await _buckets.GetOrAdd(node.Place, place => new Lazy<Task<string>>(() => Bucket(place, cancel))).Value;
        var key = $"templates/{node.Name}/{Names.Md5(body)}.yaml";
        await cloud.S3(node.Place).PutObject(bucket, key, Encoding.UTF8.GetBytes(body), cancel);
        return new TemplateSource(null, cloud.S3(node.Place).ObjectUrl(bucket, key));
    }

    private async Task<string> Bucket(Place place, CancellationToken cancel)
    {
        var name = $"{options.BucketPrefix}-{options.Planning.AccountIds[place.Account]}-{place.Region}-an";
        if (!await cloud.S3(place).BucketExists(name, cancel))
            await cloud.S3(place).CreateBucket(name, cancel);
        return name;
    }
}
