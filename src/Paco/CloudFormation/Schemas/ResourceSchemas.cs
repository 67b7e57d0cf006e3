using System.Collections.Concurrent;
using System.Text.Json;

namespace Paco.CloudFormation.Schemas;

/// <summary>Amazon's CloudFormation resource schemas, as shipped with the library. Immutable and thread-safe.</summary>
public sealed class ResourceSchemas
{
    private const string CustomResource = "AWS::CloudFormation::CustomResource";
    private const string Word = "PacoSchemas1";
    private const string What = "resource schemas";

    private static readonly Lazy<ResourceSchemas> LazyShared = new(() => new ResourceSchemas(Packed()));

    private readonly BlockArchive _archive;
    private readonly ConcurrentDictionary<string, ResourceSchema> _found = new(StringComparer.Ordinal);

    private ResourceSchemas(BlockArchive archive) => _archive = archive;

    /// <summary>The schemas of this version of the library; opened at the first use, decoded type by type.</summary>
    public static ResourceSchemas Shared => LazyShared.Value;

    /// <summary>Every type known, in ordinal order: <c>AWS::EC2::VPC</c>, …</summary>
    public IReadOnlyCollection<string> TypeNames => _archive.Names;

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

    // A name nobody publishes is not remembered: such names come from users, and there is no end of them. The documents are never disposed:
    // their memory is the archive's block, and the shapes are read from it as they are needed.
    private ResourceSchema? Open(string name) =>
        _archive.Find(name) is { } json
            ? _found.GetOrAdd(name, new ResourceSchema(name, _archive.Whole(() => JsonDocument.Parse(json).RootElement)))
            : null;

    internal static ResourceSchemas From(Func<Stream> open) => new(new BlockArchive(Word, What, open));

    internal static BlockArchive Packed() => BlockArchive.Embedded("Paco.ResourceSchemas", Word, What);
}
