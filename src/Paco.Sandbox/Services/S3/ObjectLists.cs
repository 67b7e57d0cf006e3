using System.Xml.Linq;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.S3;

/// <summary>ListObjectsV2 and ListObjectVersions, page by page.</summary>
internal static class ObjectLists
{
    public static WireResponse Objects(Call call, LiveResource bucket)
    {
        var (request, prefix) = (call.Request, call.Request.QueryItem("prefix") ?? "");
        if (request.QueryItem("delimiter") is { Length: > 0 } delimiter)
        {
            return Folders(call, bucket, prefix, delimiter);
        }

        var after = request.QueryItem("continuation-token") is { } token ? Uri.UnescapeDataString(token) : request.QueryItem("start-after")
            ?? "";
        var most = Most(request);
        var all = call.Store.ObjectsIn(bucket.Physical, all: false, prefix).Where(o => string.CompareOrdinal(o.Key, after) > 0)
            .Take(most + 1).ToList();
        return S3Service.Xml(new(
            "ListBucketResult",
            Head(call, bucket, prefix),
            new XElement("MaxKeys", most),
            new XElement("KeyCount", Math.Min(all.Count, most)),
            new XElement("IsTruncated", all.Count > most ? "true" : "false"),
            all.Count > most ? new XElement("NextContinuationToken", Uri.EscapeDataString(all[most - 1].Key)) : null,
            all.Take(most).Select(o => new XElement("Contents", Entry(call, o)))));
    }

    public static WireResponse Versions(Call call, LiveResource bucket)
    {
        var (request, prefix) = (call.Request, call.Request.QueryItem("prefix") ?? "");
        var most = Most(request);
        var (key, version) = (request.QueryItem("key-marker"), request.QueryItem("version-id-marker"));
        var all = call.Store.ObjectsIn(bucket.Physical, all: true, prefix);
        if (key is not null)
        {
            var at = all.FindIndex(o => o.Key == key && o.Version == version);
            all = at >= 0 ? all[(at + 1)..] : [.. all.Where(o => string.CompareOrdinal(o.Key, key) > 0)];
        }

        var more = all.Count > most;
        return S3Service.Xml(new(
            "ListVersionsResult",
            Head(call, bucket, prefix),
            new XElement("MaxKeys", most),
            new XElement("IsTruncated", more ? "true" : "false"),
            more ? [new XElement("NextKeyMarker", Key(call, all[most - 1].Key)), new XElement("NextVersionIdMarker", all[most - 1].Version)]
                : Array.Empty<XElement>(),
            all.Take(most).Select(o => new XElement(
                o.Marker ? "DeleteMarker" : "Version",
                new XElement("VersionId", o.Version),
                new XElement("IsLatest", o.Latest ? "true" : "false"),
                Entry(call, o)))));
    }

    /// <summary>With a delimiter, keys below it are folded. One page: the sandbox holds few objects.</summary>
    private static WireResponse Folders(Call call, LiveResource bucket, string prefix, string delimiter)
    {
        var all = call.Store.ObjectsIn(bucket.Physical, all: false, prefix)
            .ToLookup(o => o.Key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal) >= 0);
        var folders = all[true].Select(o => o.Key[..(o.Key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal) + delimiter.Length)])
            .Distinct().ToList();
        return S3Service.Xml(new(
            "ListBucketResult",
            Head(call, bucket, prefix),
            new XElement("Delimiter", delimiter),
            new XElement("KeyCount", folders.Count + all[false].Count()),
            new XElement("IsTruncated", "false"),
            all[false].Select(o => new XElement("Contents", Entry(call, o))),
            folders.Select(f => new XElement("CommonPrefixes", new XElement("Prefix", Key(call, f))))));
    }

    private static int Most(WireRequest request) => int.TryParse(request.QueryItem("max-keys"), out var asked) ? Math.Clamp(asked, 1, 1000)
        : 1000;

    private static XElement?[] Head(Call call, LiveResource bucket, string prefix) =>
    [
        new("Name", bucket.Physical),
        new("Prefix", prefix),
        IsEncoded(call) ? new("EncodingType", "url") : null,
    ];

    private static XElement?[] Entry(Call call, StoredObject o) =>
    [
        new("Key", Key(call, o.Key)),
        new("LastModified", o.Modified.Iso()),
        o.Marker ? null : new("ETag", o.ETag),
        o.Marker ? null : new("Size", o.Content.Length),
        o.Marker ? null : new("StorageClass", "STANDARD"),
    ];

    private static bool IsEncoded(Call call) => call.Request.QueryItem("encoding-type") == "url";

    private static string Key(Call call, string key) => IsEncoded(call)
        ? Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal) : key;
}
