using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Tests.Rights.Deployed;
using Paco.Tests.Rights.Evaluation;

namespace Paco.Tests.Rights.Calls;

/// <summary>A pipeline as CodePipeline has it.</summary>
internal sealed class Pipeline(DeployedResource resource)
{
    public DeployedResource Resource => resource;

    public string Name => resource.Name;

    public string RoleArn => resource["RoleArn"]!;

    /// <summary>Where its artifacts are: a bucket in each region that an action works in.</summary>
    public ImmutableArray<ArtifactStore> Stores => resource.Properties["ArtifactStore"] is MapValue only
        ? [ArtifactStore.Of(resource.Region, only)]
        : [.. PolicyStatement.Maps(resource.Properties["ArtifactStores"])
            .Select(s => ArtifactStore.Of(Text(s["Region"])!, (MapValue)s["ArtifactStore"]!))];

    public ImmutableArray<PipelineAction> Actions =>
    [
        .. from stage in PolicyStatement.Maps(resource.Properties["Stages"])
           from action in PolicyStatement.Maps(stage["Actions"])
           select new PipelineAction(this, Text(stage["Name"])!, action),
    ];

    internal static string? Text(Value? value) => PolicyStatement.Texts(value) is [var only] ? only : null;
}

/// <param name="Bucket">Its name.</param>
/// <param name="Key">The ARN of the key that artifacts are encrypted with; null for AWS's own.</param>
internal sealed record ArtifactStore(string Region, string Bucket, string? Key)
{
    public static ArtifactStore Of(string region, MapValue store) =>
        new(region, Pipeline.Text(store["Location"])!, Pipeline.Text((store["EncryptionKey"] as MapValue)?["Id"]));
}

/// <summary>One of its actions.</summary>
internal sealed class PipelineAction(Pipeline pipeline, string stage, MapValue action)
{
    public Pipeline Pipeline => pipeline;

    public string Name => $"{pipeline.Name}, {stage}/{Pipeline.Text(action["Name"])}";

    /// <summary><c>Source CodeCommit</c></summary>
    public string Kind => $"{Of("Category")} {Of("Provider")}";

    /// <summary>The role it runs as where it has one of its own.</summary>
    public string? OwnRole => Pipeline.Text(action["RoleArn"]);

    public string Role => OwnRole ?? pipeline.RoleArn;

    /// <summary>The account it works in.</summary>
    public string Account => Role.Split(':')[4];

    public string Region => Pipeline.Text(action["Region"]) ?? pipeline.Resource.Region;

    public bool HasInput => PolicyStatement.Items(action["InputArtifacts"]).Any();

    public bool HasOutput => PolicyStatement.Items(action["OutputArtifacts"]).Any();

    public string? this[string setting] => Pipeline.Text((action["Configuration"] as MapValue)?[setting]);

    public string Arn(string service, string rest) => $"arn:aws:{service}:{Region}:{Account}:{rest}";

    private string Of(string part) => Pipeline.Text(((MapValue)action["ActionTypeId"]!)[part])!;
}
