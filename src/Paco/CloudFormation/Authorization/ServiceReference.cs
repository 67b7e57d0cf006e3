using System.Collections.Concurrent;

namespace Paco.CloudFormation.Authorization;

/// <summary>
/// Which actions AWS has and what they can be allowed on, as shipped with the library. Thread-safe; a service is read when it is first
/// asked for.
/// </summary>
internal sealed class ServiceReference
{
    private static readonly Lazy<ServiceReference> LazyShared =
        new(() => new ServiceReference(BlockArchive.Embedded("Paco.ServiceAuthorization", "PacoActions1", "names of AWS's actions")));

    private readonly BlockArchive _archive;
    private readonly ConcurrentDictionary<string, ServiceAuthorization> _read = new(StringComparer.Ordinal);

    private ServiceReference(BlockArchive archive) => _archive = archive;

    public static ServiceReference Shared => LazyShared.Value;

    /// <summary>The words before the colon of an action: <c>s3</c>, <c>iam</c>, …; <c>aws</c> for what is known in every service.</summary>
    public IReadOnlyCollection<string> Services => _archive.Names;

    /// <summary>A service by that word, in whatever case; null for one that AWS does not have.</summary>
    public ServiceAuthorization? Find(string service)
    {
        var name = service.ToLowerInvariant();
        if (_read.TryGetValue(name, out var known))
            return known;
        return _archive.Find(name) is { } text ? _read.GetOrAdd(name, _archive.Whole(() => ServiceAuthorization.Read(text.Span))) : null;
    }
}
