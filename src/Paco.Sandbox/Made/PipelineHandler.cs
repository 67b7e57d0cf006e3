using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>
/// A pipeline: CodePipeline looks at its structure, its bucket and whether its roles can be taken on before it makes it, and runs it once.
/// Source: CodePipeline User Guide, "Pipeline structure reference"; the words from awslabs/aws-deployment-framework#95 (bucket),
/// hashicorp/terraform-provider-aws#13103 and aws-quickstart/quickstart-trek10-serverless-enterprise-cicd#10 (roles).
/// </summary>
internal sealed class PipelineHandler : ResourceHandler
{
    public override LiveResource Create(ResourceRequest m)
    {
        var it = Identify(m);
        if (Taken(m) is not null)
        {
            throw Refused(m, "PipelineNameInUseException",
                $"A pipeline with the name '{it.Physical}' already exists in account '{m.Account}'");
        }

        Check(m, it.Physical);
        m.Store.Insert(it);
        PipelineRuns.Start(m.Store, it, m.Now, "CreatePipeline");
        return it;
    }

    public override LiveResource Update(ResourceRequest m, LiveResource before)
    {
        Check(m, before.Physical);
        return base.Update(m, before);
    }

    public override void Delete(Store store, LiveResource it)
    {
        PipelineRuns.Forget(store, it);
        base.Delete(store, it);
    }

    private static void Check(ResourceRequest m, string name)
    {
        var role = m.Text("RoleArn") ?? "";
        var arn = PipelineRuns.Arn(m.Account, m.Region, name);
        if (Roles.Find(m.Store, role)?.Account != m.Account || !Roles.Trusts(m.Store, role, "codepipeline.amazonaws.com", arn))
        {
            throw Refused(m, "InvalidStructureException", $"CodePipeline is not authorized to perform AssumeRole on role {role}");
        }

        foreach (var (region, bucket) in Stores(m))
        {
            CheckBucket(m, region, bucket);
        }

        var structure = PipelineStructure.Read(m.Properties, m.Account);
        if (structure.Mistake() is var (code, words))
        {
            throw Refused(m, code, words);
        }

        foreach (var other in structure.Actions.Select(a => a.Role).OfType<string>().Distinct()
            .Where(r => !Roles.MayAssume(m.Store, role, r)))
        {
            throw Refused(m, "InvalidStructureException", $"{role} is not authorized to perform AssumeRole on role {other}");
        }
    }

    private static IEnumerable<(string Region, string Bucket)> Stores(ResourceRequest m) =>
        m.Properties["ArtifactStores"] is JsonArray many
            ? many.Select(s => (Json.Scalar(s?["Region"]), Json.Scalar(s?["ArtifactStore"]?["Location"])))
            : [(m.Region, Json.Scalar(m.Properties["ArtifactStore"]?["Location"]))];

    private static void CheckBucket(ResourceRequest m, string region, string name)
    {
        var bucket = m.Store.Anywhere("AWS::S3::Bucket", name);
        var why = bucket is null ? $"No bucket with the name {name} was found."
            : bucket.Region != region ? $"The bucket named {name} is not located in the `{region}` AWS region."
            : null;
        if (why is not null)
        {
            throw Refused(m, "InvalidStructureException", $"An error occurred while validating the artifact bucket '{name}': {why} "
                + $"Choose a valid artifact bucket in '{region}', or create a new artifact bucket to use in your pipeline.");
        }
    }

    private static ResourceFailure Refused(ResourceRequest m, string code, string words) =>
        ServiceRefusal.Older(m, "AWSCodePipeline", code, words);
}
