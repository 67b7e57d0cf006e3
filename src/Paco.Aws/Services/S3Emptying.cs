using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Paco.Aws.Signing;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Services;

/// <summary>One S3 call: where, what, and with which words.</summary>
internal sealed record S3Call(string Operation, HttpMethod Method, string Bucket)
{
    /// <summary>Percent-encoded.</summary>
    public string Path { get; init; } = "/";

    public ImmutableArray<Pair> Query { get; init; } = [];

    public ImmutableArray<Pair> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    public string ContentType { get; init; } = "application/xml";
}

/// <summary>Empties a bucket: lists a thousand versions, deletes them, and looks again until nothing is left.</summary>
internal sealed class S3Emptying(S3Client s3, ServiceCaller caller)
{
    private static readonly XNamespace Ns = "http://s3.amazonaws.com/doc/2006-03-01/";

    private sealed record ObjectVersion(string Key, string VersionId);

    public async Task<bool> IsEmpty(string bucket, CancellationToken cancel)
    {
        try
        {
            return await List(bucket, cancel) is { Count: 0 };
        }
        catch (CloudException e) when (e.Code == "NoSuchBucket")
        {
            return true;
        }
    }

    public async Task Empty(string bucket, CancellationToken cancel)
    {
        try
        {
            ObjectVersion? first = null;
            while (await List(bucket, cancel) is { Count: > 0 } versions)
            {
                // Without this, a cloud that says it deleted and did not would keep us here for ever.
                first = versions[0] != first ? versions[0] : throw new CloudException(
                    CloudErrorKind.Refused, "NotDeleted", $"{first.Key} in the bucket {bucket} is still there after it was deleted.",
                    "s3:DeleteObjects");
                // XML 1.0 cannot write control characters, which an object's key may have.
                var (plain, odd) = (versions.Where(v => IsXml(v.Key)).ToList(), versions.Where(v => !IsXml(v.Key)).ToList());
                if (plain.Count > 0)
                {
                    await DeleteMany(bucket, plain, cancel);
                }

                foreach (var version in odd)
                {
                    await DeleteOne(bucket, version, cancel);
                }
            }
        }
        catch (CloudException e) when (e.Code == "NoSuchBucket")
        {
            // What does not exist is empty.
        }
    }

    private Task<List<ObjectVersion>> List(string bucket, CancellationToken cancel)
    {
        var call = new S3Call("ListObjectVersions", HttpMethod.Get, bucket)
        {
            Query = [new("versions", ""), new("max-keys", "1000"), new("encoding-type", "url")],
        };
        return caller.Xml(
            s3.Request(call),
            Versions,
            cancel);
    }

    /// <summary>Keys are encoded only where the answer says so; not every cloud does what it is asked.</summary>
    private static List<ObjectVersion> Versions(XElement root)
    {
        var encoded = root.Text("EncodingType") == "url";
        return [.. root.Children("Version").Concat(root.Children("DeleteMarker")).Select(v =>
            new ObjectVersion(encoded ? WebUtility.UrlDecode(v.Need("Key")) : v.Need("Key"), v.Text("VersionId") ?? "null"))];
    }

    private async Task DeleteMany(string bucket, List<ObjectVersion> versions, CancellationToken cancel)
    {
        var objects = versions.Select(v => new XElement(Ns + "Object", new XElement(Ns + "Key", v.Key),
            new XElement(Ns + "VersionId", v.VersionId)));
        var body = new XElement(Ns + "Delete", objects, new XElement(Ns + "Quiet", "true"));
        var call = new S3Call("DeleteObjects", HttpMethod.Post, bucket)
        {
            Query = [new("delete", "")],
            Body = Encoding.UTF8.GetBytes(body.ToString(SaveOptions.DisableFormatting)),
        };
        var refused = await caller.Xml(s3.Request(call), root => root.Children("Error").FirstOrDefault(), cancel);
        if (refused is not null)
        {
            var code = refused.Text("Code") ?? "Error";
            var words = $"{refused.Text("Key")} in the bucket {bucket} cannot be deleted: {refused.Text("Message") ?? code}";
            throw new CloudException(CloudErrorKind.Refused, code, words, "s3:DeleteObjects");
        }
    }

    private Task<WireResponse> DeleteOne(string bucket, ObjectVersion version, CancellationToken cancel) => s3.Send(
        new S3Call("DeleteObject", HttpMethod.Delete,
            bucket) { Path = S3Client.KeyPath(version.Key), Query = [new("versionId", version.VersionId)] },
        cancel);

    private static bool IsXml(string key) => key.All(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c));
}
