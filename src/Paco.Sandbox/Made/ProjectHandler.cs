using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Made;

/// <summary>
/// A build project: CodeBuild tries its role when the project is made. Source: CodeBuild API Reference, CreateProject; what it sends to the
/// role's trust, awslabs/aws-deployment-framework#230.
/// </summary>
internal sealed class ProjectHandler : ResourceHandler
{
    public const string Type = "AWS::CodeBuild::Project";

    public override LiveResource Create(ResourceRequest m)
    {
        var it = Identify(m);
        if (Taken(m) is { } taken)
        {
            throw ServiceRefusal.Older(m, "AWSCodeBuild", "ResourceAlreadyExistsException", $"Project already exists: {Arn(taken)}");
        }

        CheckRole(m, Arn(it));
        m.Store.Insert(it);
        return it;
    }

    public override LiveResource Update(ResourceRequest m, LiveResource before)
    {
        CheckRole(m, Arn(before));
        return base.Update(m, before);
    }

    public static string Arn(LiveResource project) => Arn(project.Account, project.Region, project.Physical);

    public static string Arn(string account, string region, string name) =>
        $"arn:{SandboxContext.Partition(region)}:codebuild:{region}:{account}:project/{name}";

    private static void CheckRole(ResourceRequest m, string arn)
    {
        var given = m.Text("ServiceRole") ?? "";
        var role = given.StartsWith("arn:", StringComparison.Ordinal) ? given : $"arn:{m.Partition}:iam::{m.Account}:role/{given}";
        if (Roles.Find(m.Store, role)?.Account != m.Account || !Roles.Trusts(m.Store, role, "codebuild.amazonaws.com", arn))
        {
            throw ServiceRefusal.Older(m, "AWSCodeBuild", "InvalidInputException",
                "CodeBuild is not authorized to perform: sts:AssumeRole on service role. Please verify that: 1) The provided service role "
                + "exists, 2) The role name is case-sensitive and matches exactly, and 3) The role has the necessary trust policy "
                + "configured.");
        }
    }
}
