using System.Collections.Concurrent;

namespace Paco.CloudFormation.Authorization;

/// <summary>
/// Which actions AWS has and what they can be allowed on, as shipped with the library. Thread-safe; a service is read when it is first
/// asked for.
/// </summary>
internal sealed class ServiceReference
{
    private static readonly Lazy<ServiceReference> LazyShared =
        new(() => new ServiceReference(
            new PackedFile("PacoActions2", "names of AWS's actions", EmbeddedBytes.Of("Paco.ServiceAuthorization"))));

    private readonly PackedFile _packed;
    private readonly ConcurrentDictionary<string, ServiceAuthorization> _read = new(StringComparer.Ordinal);

    internal ServiceReference(PackedFile packed) => _packed = packed;

    public static ServiceReference Shared => LazyShared.Value;

    /// <summary>The words before the colon of an action: <c>s3</c>, <c>iam</c>, …; <c>aws</c> for what is known in every service.</summary>
    public IReadOnlyCollection<string> Services => _packed.Names;

    /// <summary>A service by that word, in whatever case; null for one that AWS does not have.</summary>
    public ServiceAuthorization? Find(string service)
    {
        var name = service.ToLowerInvariant();
        if (_read.TryGetValue(name, out var known))
            return known;
        return _packed.Find(name) is { } place
            ? _read.GetOrAdd(name, _packed.Read(place, part => new ServiceAuthorization(_packed, part)))
            : null;
    }
}
