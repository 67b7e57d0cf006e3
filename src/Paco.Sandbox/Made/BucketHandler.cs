using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Made;

/// <summary>A bucket: its name is the world's, it must be empty to go, and it is copied only where both ends keep versions.</summary>
internal sealed class BucketHandler : ResourceHandler
{
    private const string Type = "AWS::S3::Bucket";

    public override LiveResource Create(ResourceRequest m)
    {
        var it = Identify(m);
        it = it with { Scope = Names.Scope(m), Name = it.Physical };
        if (m.Store.FindNamed(it.Scope!, it.Name) is { } taken && taken.Account != m.Account)
        {
            throw Refused(m,
                "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
                409, "BucketAlreadyExists", "AlreadyExists");
        }

        Refuse(m, it);
        CheckReplication(m);
        m.Store.Insert(it);
        return it;
    }

    public override LiveResource Update(ResourceRequest m, LiveResource before)
    {
        CheckReplication(m);
        return base.Update(m, before);
    }

    protected override void CheckDelete(Store store, LiveResource it)
    {
        if (store.Number("SELECT count(*) FROM objects WHERE bucket = $1", it.Physical) > 0)
        {
            throw new ResourceFailure(
                "The bucket you tried to delete is not empty. You must delete all versions in the bucket. (Service: S3, Status Code: 409)");
        }
    }

    private static void CheckReplication(ResourceRequest m)
    {
        if (m.Properties["ReplicationConfiguration"]?["Rules"] is not JsonArray rules)
        {
            return;
        }

        if (!IsVersioned(m.Properties))
        {
            throw Refused(m, "Versioning must be 'Enabled' on the bucket to apply a replication configuration", 400, "InvalidRequest");
        }

        foreach (var destination in rules.Select(r => r?["Destination"]?["Bucket"]?.ToString() ?? ""))
        {
            var bucket = m.Store.Anywhere(Type, destination[(destination.LastIndexOf(':') + 1)..])
                ?? throw Refused(m, "Destination bucket must exist.", 400, "InvalidRequest");
            if (!IsVersioned(bucket.Properties))
            {
                throw Refused(m, "Destination bucket must have versioning enabled.", 400, "InvalidRequest");
            }
        }
    }

    private static bool IsVersioned(JsonObject properties) => properties["VersioningConfiguration"]?["Status"]?.ToString() == "Enabled";

    private static ResourceFailure Refused(ResourceRequest m, string message, int status, string code, string handler = "InvalidRequest") =>
        new(
            $"Resource handler returned message: \"{message} (Service: S3, Status Code: {status}, Error Code: {code})\" (RequestToken: {m.Seed.Uuid("token")}, HandlerErrorCode: {handler})");
}
