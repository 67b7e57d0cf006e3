using Paco.CloudFormation;
using Paco.Tests.Rights.Deployed;
using Paco.Tests.Rights.Evaluation;

namespace Paco.Tests.Rights.Calls;

/// <summary>Who does what for the pipelines that are deployed: what the table's names stand for, read off the templates.</summary>
internal sealed class PipelineUses(DeployedPolicies deployed)
{
    public IEnumerable<Use> All =>
        deployed.Resources.Where(r => r.Type == "AWS::CodePipeline::Pipeline").Select(r => new Pipeline(r)).SelectMany(Of);

    private IEnumerable<Use> Of(Pipeline pipeline) =>
    [
        .. Assumed("CodePipeline", "codepipeline", pipeline.RoleArn, pipeline.Name, pipeline.Resource.Arn, null),
        WithArtifacts(new Use("pipeline", new Caller.Role(pipeline.RoleArn), pipeline.Name), pipeline, pipeline.Stores)
            .With("roles of actions", pipeline.Actions.Select(a => a.OwnRole).OfType<string>().Distinct().Select(r => new Target(r))),
        .. pipeline.Actions.SelectMany(new ActionUses(deployed, this).Of),
        .. new EventUses(deployed, this).Of(pipeline),
    ];

    /// <summary>What an action, or what it starts, does with artifacts.</summary>
    public static Use WithArtifacts(Use use, PipelineAction action) =>
        WithArtifacts(use, action.Pipeline, action.Pipeline.Stores.Where(s => s.Region == action.Region));

    private static Use WithArtifacts(Use use, Pipeline pipeline, IEnumerable<ArtifactStore> stores) => use
        .With("artifact bucket", stores.Select(s => new Target($"arn:aws:s3:::{s.Bucket}")))
        .With("artifacts", stores.Select(s =>
            new Target($"arn:aws:s3:::{s.Bucket}/{pipeline.Name}/App/abc.zip", $"arn:aws:s3:::{s.Bucket}/*")))
        .With("artifact key", stores.Select(s => s.Key).OfType<string>().Select(k => new Target(k)));

    /// <summary>That a service takes on a role.</summary>
    /// <param name="sourceArn">What it does that for, where it says so.</param>
    /// <param name="sourceAccount">The account of that, where it says so.</param>
    public static IEnumerable<Use> Assumed(string who, string service, string role, string where, string? sourceArn, string? sourceAccount)
    {
        yield return new Use(who, new Caller.Service($"{service}.amazonaws.com"), where).With("its role", new Target(role)
        {
            Context = Context.Empty.With("aws:SourceArn", sourceArn).With("aws:SourceAccount", sourceAccount),
        });
    }

    /// <summary>A resource of an account by what others call it.</summary>
    public DeployedResource? Find(string type, string account, string? name) =>
        name is null ? null : deployed.OfType(type, account).FirstOrDefault(r => r.IsCalled(name));

    /// <summary>The key that a bucket or topic encrypts with; null where that is AWS's own.</summary>
    public static string? KeyOf(DeployedResource? resource) => resource?.Type switch
    {
        "AWS::SNS::Topic" => resource["KmsMasterKeyId"],
        "AWS::S3::Bucket" => PolicyStatement.Maps(resource.At("BucketEncryption", "ServerSideEncryptionConfiguration"))
            .Select(rule => Pipeline.Text((rule["ServerSideEncryptionByDefault"] as MapValue)?["KMSMasterKeyID"])).FirstOrDefault(),
        _ => null,
    };
}
