using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Iam;

/// <summary>What somebody may do with the images of a repository; a field of every room whose role uses images.</summary>
public sealed class EcrPermission(Fields f) : Model(f)
{
    public Ref? Repository { get; } = f.Ref("repository", "The repository.", "ECRRepository", required: true);

    public string Permission { get; } =
        f.RequiredText("permission", "What may be done with its images.", Check.OneOf("Push", "Pull", "PushAndPull"));

    /// <summary>
    /// What it allows in a policy of the stack, signing in included; the repository's ARN becomes a parameter, <c>imagesARN</c> for the
    /// repository <c>images</c>.
    /// </summary>
    internal IEnumerable<MapValue> Statements(StackBuilder stack) => Repository is { } repository
        ? [EcrRights.SignIn, EcrRights.On(EcrRights.Arn(stack, repository), Actions)]
        : [];

    private IEnumerable<string> Actions => Permission switch
    {
        "Push" => EcrRights.Push,
        "Pull" => EcrRights.Pull,
        _ => EcrRights.PushAndPull,
    };
}
