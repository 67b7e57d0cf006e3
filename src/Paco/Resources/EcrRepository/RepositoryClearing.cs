using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Resources.EcrRepository;

/// <summary>
/// Deletes the images of a repository before its stack goes, which would fail at them. It is planned only to be deleted.
/// </summary>
/// <param name="Repository">Its name.</param>
/// <param name="Images">How many images the plan found in it; at least one.</param>
internal sealed record RepositoryClearing(string Repository, int Images) : CloudAction
{
    public override bool HoldsData => true;

    /// <summary>What is there by the plan's own look.</summary>
    public ActionState State => new(Exists: true, IsCurrent: false,
        Images == 1 ? "its image is deleted" : $"its {Images} images are deleted");

    public override async Task<ActionState> Read(ICloud cloud, ImmutableDictionary<string, string> inputs, CancellationToken cancel) =>
        await cloud.Ecr(Id.Place).ListImages(Repository, cancel) is { IsEmpty: false } ? State : ActionState.Absent;

    public override Task<ActionResult> Apply(ICloud cloud, ImmutableDictionary<string, string> inputs, ActionContext context,
        CancellationToken cancel) => Task.FromResult(ActionResult.Done);

    /// <summary>
    /// An image of several platforms is a list that refers to others, which stay as long as it is there: what is left is asked for again,
    /// as long as it gets less.
    /// </summary>
    public override async Task Delete(ICloud cloud, CancellationToken cancel)
    {
        var ecr = cloud.Ecr(Id.Place);
        var before = int.MaxValue;
        while (await ecr.ListImages(Repository, cancel) is { IsEmpty: false } images)
        {
            if (images.Length >= before)
            {
                throw new CloudException(CloudErrorKind.Refused, "ImageReferencedByManifestList",
                    $"{images.Length} images of {Repository} could not be deleted", "ecr:BatchDeleteImage");
            }
            before = images.Length;
            await ecr.DeleteImages(Repository, images, cancel);
        }
    }
}
