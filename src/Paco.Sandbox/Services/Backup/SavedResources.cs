using System.Text.Json.Nodes;
using Paco.CloudFormation.Schemas;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.Backup;

/// <summary>Something that can be saved: AWS Backup's word for its kind, its ARN and its tags.</summary>
internal sealed record SavedResource(string Kind, string Arn, string Account, string Region, DateTimeOffset Created,
    IReadOnlyDictionary<string, string> Tags);

/// <summary>All of an account and region that AWS Backup can save, as far as stacks make it.</summary>
internal static class SavedResources
{
    private static readonly (string Type, string Kind, Func<LiveResource, string> Arn)[] Kinds =
    [
        ("AWS::RDS::DBInstance", "RDS", r => $"rds:{r.Region}:{r.Account}:db:{r.Physical}"),
        ("AWS::RDS::DBCluster", "Aurora", r => $"rds:{r.Region}:{r.Account}:cluster:{r.Physical}"),
        ("AWS::EC2::Volume", "EBS", r => $"ec2:{r.Region}:{r.Account}:volume/{r.Physical}"),
        ("AWS::EFS::FileSystem", "EFS", r => $"elasticfilesystem:{r.Region}:{r.Account}:file-system/{r.Physical}"),
        ("AWS::S3::Bucket", "S3", r => $"s3:::{r.Physical}"),
        ("AWS::DynamoDB::Table", "DynamoDB", r => $"dynamodb:{r.Region}:{r.Account}:table/{r.Physical}"),
    ];

    public static IEnumerable<SavedResource> All(Call call)
    {
        var partition = Clouds.Partition.Of(call.Region).Name;
        return from kind in Kinds
               from resource in call.Store.OfType(call.Account, call.Region, kind.Type)
               where !IsPartOfCluster(resource)
               select new SavedResource(kind.Kind, $"arn:{partition}:{kind.Arn(resource)}", resource.Account, resource.Region,
                   resource.Created, TagsOf(resource));
    }

    // Of Aurora the cluster is saved, not its instances.
    private static bool IsPartOfCluster(LiveResource resource) => resource.Properties["DBClusterIdentifier"] is not null
        && resource.Type == "AWS::RDS::DBInstance";

    private static Dictionary<string, string> TagsOf(LiveResource resource)
    {
        var written = resource.Properties[ResourceSchemas.Shared.Find(resource.Type)?.TagProperty ?? "Tags"];
        var pairs = written switch
        {
            JsonObject map => map.Select(t => (t.Key, Value: Json.Scalar(t.Value))),
            JsonArray list => list.Select(t => (Key: Json.Scalar(t?["Key"]), Value: Json.Scalar(t?["Value"]))),
            _ => [],
        };
        return pairs.DistinctBy(t => t.Key).ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal);
    }
}
