using Paco.Clouds;
using Paco.Resources.EcrRepository;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// ECR deletes no repository with images in it. Those of one that goes are deleted first. One that is replaced stays: whoever runs its
/// images still pulls them.
/// </summary>
internal sealed class RepositoryContents(ICloud cloud) : IObstacle
{
    public string Type => "AWS::ECR::Repository";

    public async Task<Standing> Look(DoomedResource repository, CancellationToken cancel)
    {
        var (name, stack) = (repository.PhysicalId, repository.Stack);
        if (await cloud.Ecr(stack.Id.Place).ListImages(name, cancel) is not { IsEmpty: false } images)
            return Standing.Nothing;
        if (repository.IsReplaced)
        {
            return new Standing(null, ActionState.Absent, [new PlanProblem(stack.Id,
                $"the repository {name} is replaced, and the old one holds {Count(images.Length)}; ECR deletes no repository with images"
                    + " in it, so the old one stays",
                $"copy what you need, then: aws ecr delete-repository --force --repository-name {name}")]);
        }
        var clearing = new RepositoryClearing(name, images.Length)
        {
            Id = new NodeId(stack.Id.Place, $"Images-{name}"),
            Ref = stack.Node.Ref,
            Title = $"images of {name}",
        };
        return new Standing(clearing, clearing.State, []);
    }

    private static string Count(int images) => images == 1 ? "an image" : $"{images} images";
}
