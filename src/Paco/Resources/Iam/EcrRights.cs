using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Iam;

/// <summary>
/// The rights on repositories of images, as statements of a role's or user's policy. Source: ECR User Guide, "IAM permissions for pushing"
/// and "for pulling an image".
/// </summary>
internal static class EcrRights
{
    public static readonly string[] Pull = ["ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage", "ecr:BatchCheckLayerAvailability"];

    // Whoever pushes looks first whether the image is there already: BatchGetImage.
    public static readonly string[] Push =
    [
        "ecr:BatchCheckLayerAvailability",
        "ecr:InitiateLayerUpload",
        "ecr:UploadLayerPart",
        "ecr:CompleteLayerUpload",
        "ecr:PutImage",
        "ecr:BatchGetImage",
    ];

    public static IEnumerable<string> PushAndPull => Push.Union(Pull);

    /// <summary>The token that Docker signs in with: it is for the registry, and has no repository.</summary>
    public static MapValue SignIn => PolicyDocument.Allow("*", "ecr:GetAuthorizationToken");

    public static MapValue On(Value repositoryArn, IEnumerable<string> actions) => PolicyDocument.Allow(repositoryArn, actions);

    /// <summary>The ARN of a repository as a parameter of the stack, called by the repository's name.</summary>
    public static Value Arn(StackBuilder stack, Ref repository) =>
        stack.SharedInput($"{Names.LogicalId(repository.Path.Last)}ARN", repository.Output("arn"));
}
