using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Text.Json.Nodes;

namespace Paco.CloudFormation.Schemas;

/// <summary>
/// One resource type as Amazon describes it. Paths name properties from the top, joined with slashes, <c>*</c> standing for any
/// item of a list: <c>Endpoint/Address</c>, <c>Rules/*/Id</c>.
/// </summary>
public sealed class ResourceSchema
{
    private readonly SchemaPaths _createOnly;
    private readonly SchemaPaths _readOnly;
    private readonly SchemaPaths _writeOnly;
    private readonly EqualForms _equalForms;
    private Shape? _properties;

    internal ResourceSchema(string typeName, PackedFile packed, PackedReader part)
    {
        TypeName = typeName;
        Shapes = new ShapeBook(packed, ref part);
        IsDeletedFirst = part.Number() == 1;
        _createOnly = new SchemaPaths(part.Texts());
        _readOnly = new SchemaPaths(part.Texts());
        _writeOnly = new SchemaPaths(part.Texts());
        ConditionalCreateOnly = part.Texts();
        PrimaryIdentifier = part.Texts();
        TagProperty = part.Texts().FirstOrDefault();
        _equalForms = new EqualForms(part.Texts());
    }

    public string TypeName { get; }

    /// <summary>The top-level properties a template must write.</summary>
    public IReadOnlySet<string> Required => field ??=
        new ReadOnlySet<string>(new HashSet<string>(Shapes.Root.Object?.Required ?? [], StringComparer.Ordinal));

    /// <summary>The top-level properties a template may write.</summary>
    public IReadOnlyList<string> Properties => field ??=
        [.. (Shapes.Root.Object?.Properties.Keys ?? []).Where(name => !_readOnly.Covers(name))];

    /// <summary>What can be set at creation only: a change of it replaces the resource.</summary>
    public IReadOnlyList<string> CreateOnly => _createOnly.All;

    /// <summary>What replaces the resource on some changes and not on others.</summary>
    public IReadOnlyList<string> ConditionalCreateOnly { get; }

    /// <summary>Replaced, the old one is deleted before the new one is made; else after.</summary>
    public bool IsDeletedFirst { get; }

    /// <summary>What AWS writes and a template may not.</summary>
    public IReadOnlyList<string> ReadOnly => _readOnly.All;

    /// <summary>The paths whose values together name a resource.</summary>
    public IReadOnlyList<string> PrimaryIdentifier { get; }

    /// <summary>Where the type keeps its tags, usually <c>Tags</c>; null where the schema names no place.</summary>
    public string? TagProperty { get; }

    /// <summary>True where tags are written as a map of names to values, and not as a list.</summary>
    public bool TagsAreMap => TagProperty is { } tags && ResourceAttributes.Types(this, [tags]).HasFlag(JsonTypes.Object);

    /// <summary>
    /// What <c>Fn::GetAtt</c> may name, dotted: <c>Arn</c>, <c>Endpoint.Address</c>. See also <see cref="HasAttribute"/>.
    /// </summary>
    public IReadOnlyList<string> Attributes => field ??= ResourceAttributes.Of(this);

    internal ShapeBook Shapes { get; }

    /// <summary>
    /// True where a change at this path replaces the resource: the path is create-only or lies below one that is. Items of a
    /// list may be written as numbers: <c>Rules/0/Id</c>.
    /// </summary>
    public bool IsCreateOnly(string path) => _createOnly.Covers(path);

    /// <summary>False for the name of a property that no read-only path ends in. A quick first look.</summary>
    internal bool HasReadOnly(string name) => _readOnly.EndIn(name);

    /// <summary>True where only AWS writes this path, or one above it.</summary>
    public bool IsReadOnly(string path) => _readOnly.Covers(path);

    /// <summary>True where this path, or one above it, is never read back. Its value belongs in no message.</summary>
    public bool IsWriteOnly(string path) => _writeOnly.Covers(path);

    /// <summary>
    /// True where a text that a template writes at this path means the same as the one that is there: <c>8.4</c> and <c>8.4.7</c> of a
    /// database's version, a name in capitals where the service keeps small letters.
    /// </summary>
    public bool AreEqual(string path, string written, string real) => written == real || _equalForms.Match(path, written, real);

    /// <summary>False for a path where every value is equal to itself alone.</summary>
    internal bool HasEqualForms(string path) => _equalForms.Has(path);

    /// <summary>
    /// True for what is in <see cref="Attributes"/>, and for names the schema cannot list: a nested stack's <c>Outputs.Name</c>
    /// and whatever a custom resource answers.
    /// </summary>
    public bool HasAttribute(string attribute) => ResourceAttributes.Has(this, attribute);

    /// <summary>
    /// An attribute's JSON type: <c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>, <c>array</c> or <c>object</c>;
    /// the first of these where the schema allows several, null where there is no such attribute or the schema does not say.
    /// </summary>
    public string? AttributeType(string attribute) => ResourceAttributes.TypeOf(this, attribute);

    /// <summary>
    /// Everything the schema objects to in a resource's <c>Properties</c>, in the order written. Intrinsic functions stand for
    /// values of any type; <c>AWS::NoValue</c> is absent. Where a choice of shapes fits badly, the findings are those of the
    /// shape that fits best. Never throws for what the properties say.
    /// </summary>
    public ImmutableArray<SchemaFinding> Check(JsonNode properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        return Findings(properties);
    }

    /// <inheritdoc cref="Check(JsonNode)"/>
    public ImmutableArray<SchemaFinding> Check(MapValue properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        return Findings(properties);
    }

    private ImmutableArray<SchemaFinding> Findings(TemplateNode properties)
    {
        var check = new SchemaCheck(this);
        check.Value(_properties ??= Shapes.Root with { Types = JsonTypes.Object }, properties, new PropertyCursor());
        return check.Findings;
    }
}
