using System.Collections.Immutable;

namespace Paco.Clouds;

/// <summary>The registry of images, for what stands in a repository, which CloudFormation knows nothing of.</summary>
public interface IEcr
{
    /// <summary>The digests of a repository's images, each once; null where there is no repository of that name.</summary>
    Task<ImmutableArray<string>?> ListImages(string repository, CancellationToken cancel);

    /// <summary>
    /// Deletes images by their digests, with all their tags. One that is gone is no error, and one that another image refers to stays.
    /// </summary>
    Task DeleteImages(string repository, IReadOnlyCollection<string> digests, CancellationToken cancel);
}
