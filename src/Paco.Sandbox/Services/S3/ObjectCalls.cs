using System.Xml.Linq;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.S3;

/// <summary>Objects: put, get, delete.</summary>
internal static class ObjectCalls
{
    public static WireResponse Put(Call call, LiveResource bucket, string key)
    {
        var body = ChunkedBody.Read(call.Request);
        var sums = Checksums.Check(call.Request, body);
        var it = new StoredObject(key, Version(call, bucket, key), true, false, ETag(body.Content), call.Request.Header("content-type")
            ?? "binary/octet-stream", call.Now, body.Content);
        call.Store.PutObject(bucket.Physical, it);
        var stored = Versioned(S3Service.Empty(200).With("ETag", it.ETag), it.Version);
        foreach (var (header, sum) in sums)
        {
            stored = stored.With(header, sum).With("x-amz-checksum-type", "FULL_OBJECT");
        }

        return stored;
    }

    public static WireResponse Get(Call call, LiveResource bucket, string key)
    {
        var version = call.Request.QueryItem("versionId");
        var it = call.Store.FindObject(bucket.Physical, key, version) ?? throw (version is null
            ? new AwsError("NoSuchKey", "The specified key does not exist.", 404)
            : new AwsError("NoSuchVersion", "The specified version does not exist.", 404));
        if (it.Marker)
        {
            throw new AwsError("MethodNotAllowed", "The specified method is not allowed against this resource.", 405);
        }

        if (call.Request.Header("range") is not null)
        {
            throw AwsError.NotEmulated("s3: GetObject with a Range");
        }

        var response = new WireResponse(200, it.Media, it.Content)
            .With("ETag", it.ETag).With("Last-Modified", it.Modified.ToString("R")).With("Accept-Ranges", "bytes");
        return Versioned(response, it.Version);
    }

    public static WireResponse Delete(Call call, LiveResource bucket, string key)
    {
        var (version, marker) = Remove(call, bucket, key, call.Request.QueryItem("versionId"));
        var response = Versioned(S3Service.Empty(204), version ?? "null");
        return marker ? response.With("x-amz-delete-marker", "true") : response;
    }

    public static WireResponse DeleteMany(Call call, LiveResource bucket)
    {
        var root = BucketCalls.Parse(call.Request);
        var quiet = Child(root, "Quiet") == "true";
        var result = new XElement("DeleteResult");
        foreach (var item in root.Elements().Where(e => e.Name.LocalName == "Object"))
        {
            var (key, version) = (Child(item, "Key") ?? "", Child(item, "VersionId"));
            var (done, marker) = Remove(call, bucket, key, version);
            if (!quiet)
            {
                result.Add(new XElement(
                    "Deleted",
                    new XElement("Key", key),
                    version is null ? null : new XElement("VersionId", version),
                    marker ? new XElement("DeleteMarker", "true") : null,
                    marker && done is not null ? new XElement("DeleteMarkerVersionId", done) : null));
            }
        }

        return S3Service.Xml(result);
    }

    /// <summary>Deletes a version for good; without one, a versioned bucket gets a delete marker.</summary>
    private static (string? Version, bool Marker) Remove(Call call, LiveResource bucket, string key, string? version)
    {
        if (version is not null)
        {
            var marker = call.Store.FindObject(bucket.Physical, key, version)?.Marker == true;
            call.Store.RemoveVersion(bucket.Physical, key, version);
            return (version, marker);
        }

        if (BucketCalls.Versioning(bucket) is null)
        {
            call.Store.RemoveVersion(bucket.Physical, key, "null");
            return (null, false);
        }

        var made = Version(call, bucket, key);
        call.Store.PutObject(bucket.Physical, new(key, made, true, true, "", "", call.Now, []));
        return (made, true);
    }

    private static string Version(Call call, LiveResource bucket, string key)
    {
        if (BucketCalls.Versioning(bucket) != "Enabled")
        {
            return "null";
        }

        var last = call.Store.Number("SELECT coalesce(max(seq), 0) FROM objects");
        return new DeterministicIds($"{bucket.Physical} {key} {last}").Mixed(32);
    }

    private static string ETag(byte[] content) => $"\"{Convert.ToHexStringLower(Checksums.Md5(content))}\"";

    private static WireResponse Versioned(WireResponse response, string version) => version == "null" ? response
        : response.With("x-amz-version-id", version);

    private static string? Child(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;
}
