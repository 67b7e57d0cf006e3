using System.Collections.Concurrent;

namespace Paco.CloudFormation.Schemas;

/// <summary>Amazon's CloudFormation resource schemas, as shipped with the library. Immutable and thread-safe.</summary>
public sealed class ResourceSchemas
{
    private const string CustomResource = "AWS::CloudFormation::CustomResource";

    private static readonly Lazy<ResourceSchemas> LazyShared = new(() => new ResourceSchemas(EmbeddedBytes.Of("Paco.ResourceSchemas")));

    private readonly PackedFile _packed;
    private readonly ConcurrentDictionary<string, ResourceSchema> _found = new(StringComparer.Ordinal);

    internal ResourceSchemas(ReadOnlyMemory<byte> packed) => _packed = new PackedFile("PacoSchemas2", "resource schemas", packed);

    /// <summary>The schemas of this version of the library; opened at the first use, read type by type.</summary>
    public static ResourceSchemas Shared => LazyShared.Value;

    /// <summary>Every type known, in ordinal order: <c>AWS::EC2::VPC</c>, …</summary>
    public IReadOnlyCollection<string> TypeNames => _packed.Names;

    /// <summary>
    /// The schema of a type, or null for one Amazon does not publish. <c>Custom::Anything</c> answers with the schema of
    /// <c>AWS::CloudFormation::CustomResource</c>, which it is.
    /// </summary>
    public ResourceSchema? Find(string typeName)
    {
        ArgumentNullException.ThrowIfNull(typeName);
        var name = typeName.StartsWith("Custom::", StringComparison.Ordinal) ? CustomResource : typeName;
        return _found.TryGetValue(name, out var schema) ? schema : Open(name);
    }

    // A name nobody publishes is not remembered: such names come from users, and there is no end of them.
    private ResourceSchema? Open(string name) => _packed.Find(name) is { } place
        ? _found.GetOrAdd(name, _packed.Read(place, part => new ResourceSchema(name, _packed, part)))
        : null;
}
