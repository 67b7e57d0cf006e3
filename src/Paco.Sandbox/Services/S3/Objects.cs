using Microsoft.Data.Sqlite;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Services.S3;

/// <summary>One version of an object, or a delete marker.</summary>
internal sealed record StoredObject(string Key, string Version, bool Latest, bool Marker, string ETag, string Media,
    DateTimeOffset Modified, byte[] Content);

/// <summary>Objects in all buckets. A bucket that was never versioned has the version <c>null</c> only.</summary>
internal static class Objects
{
    private const string Columns = "key, version, latest, marker, etag, media, modified, content";

    /// <summary>The bucket of that name, whoever's it is.</summary>
    public static LiveResource? FindBucket(this Store store, string bucket) => store.Anywhere("AWS::S3::Bucket", bucket);

    /// <summary>A version, or without one the newest unless that is a delete marker.</summary>
    public static StoredObject? FindObject(this Store store, string bucket, string key, string? version) => version is null
        ? store.Row($"SELECT {Columns} FROM objects WHERE bucket = $1 AND key = $2 AND latest = 1 AND marker = 0", Map, bucket, key)
        : store.Row($"SELECT {Columns} FROM objects WHERE bucket = $1 AND key = $2 AND version = $3", Map, bucket, key, version);

    /// <summary>Versions by key, newest first; only the newest ones that are no markers, or all.</summary>
    public static List<StoredObject> ObjectsIn(this Store store, string bucket, bool all, string prefix) => store.Rows(
        $"SELECT {Columns} FROM objects WHERE bucket = $1 AND ($2 OR (latest = 1 AND marker = 0)) AND substr(key, 1, length($3)) = $3 ORDER BY key, seq DESC",
        Map, bucket, all ? 1 : 0, prefix);

    /// <summary>Writes a version; with version <c>null</c> it takes the place of an earlier one of that name.</summary>
    public static void PutObject(this Store store, string bucket, StoredObject it)
    {
        if (it.Version == "null")
        {
            store.Run("DELETE FROM objects WHERE bucket = $1 AND key = $2 AND version = 'null'", bucket, it.Key);
        }

        store.Run("UPDATE objects SET latest = 0 WHERE bucket = $1 AND key = $2", bucket, it.Key);
        store.Run(
            "INSERT INTO objects(bucket, key, version, latest, marker, etag, media, modified, content) VALUES($1, $2, $3, 1, $4, $5, $6, $7, $8)",
            bucket, it.Key, it.Version, it.Marker ? 1 : 0, it.ETag, it.Media, it.Modified.ToUnixTimeMilliseconds(), it.Content);
    }

    /// <summary>Removes a version for good; the one before it becomes the newest.</summary>
    public static void RemoveVersion(this Store store, string bucket, string key, string version)
    {
        store.Run("DELETE FROM objects WHERE bucket = $1 AND key = $2 AND version = $3", bucket, key, version);
        store.Run(
            "UPDATE objects SET latest = 1 WHERE seq = (SELECT max(seq) FROM objects WHERE bucket = $1 AND key = $2)", bucket, key);
    }

    private static StoredObject Map(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt64(2) == 1, row.GetInt64(3) == 1, row.GetString(4), row.GetString(5),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)), row.IsDBNull(7) ? [] : row.GetFieldValue<byte[]>(7));
}
