using System.Collections.Immutable;

namespace Paco.CloudFormation.Schemas;

/// <summary>The JSON types a value may have; none means that the schema does not say.</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    String = 1,
    Integer = 2,
    Number = 4,
    Boolean = 8,
    Array = 16,
    Object = 32,
    Null = 64,
}

/// <summary>A subschema, read. Groups of keywords that do not occur are null.</summary>
internal sealed record Shape
{
    /// <summary>The definition that it refers to; other keywords beside that hold as well.</summary>
    public ShapeLink? Reference { get; init; }

    public JsonTypes Types { get; init; }

    public ScalarShape? Scalar { get; init; }

    public ListShape? List { get; init; }

    public ObjectShape? Object { get; init; }

    public ImmutableArray<ShapeLink> OneOf { get; init; } = [];

    public ImmutableArray<ShapeLink> AnyOf { get; init; } = [];

    public ImmutableArray<ShapeLink> AllOf { get; init; } = [];

    /// <summary>True where it says nothing but which properties must be there, as the branches of a choice often do.</summary>
    public bool IsRequiredOnly =>
        Reference is null && Scalar is null && List is null && OneOf.IsEmpty && AnyOf.IsEmpty && AllOf.IsEmpty
        && Object is { Properties.Count: 0, PatternProperties.IsEmpty: true, Required.IsEmpty: false };
}

/// <summary>Limits of texts, numbers and booleans. Lengths are characters, limits inclusive.</summary>
internal sealed record ScalarShape
{
    public ImmutableArray<string> Enum { get; init; } = [];

    public bool IgnoreCase { get; init; }

    public string? Pattern { get; init; }

    public long? MinLength { get; init; }

    public long? MaxLength { get; init; }

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }
}

/// <summary>Limits of lists.</summary>
internal sealed record ListShape
{
    public ShapeLink? Items { get; init; }

    /// <summary>Shapes of the first items, by position.</summary>
    public ImmutableArray<ShapeLink> PrefixItems { get; init; } = [];

    public long? MinItems { get; init; }

    public long? MaxItems { get; init; }

    public bool Unique { get; init; }
}

/// <summary>Limits of objects.</summary>
internal sealed record ObjectShape
{
    public IReadOnlyDictionary<string, ShapeLink> Properties { get; init; } = ImmutableDictionary<string, ShapeLink>.Empty;

    public ImmutableArray<NamedShape> PatternProperties { get; init; } = [];

    /// <summary>True where other properties than those above are forbidden.</summary>
    public bool Closed { get; init; }

    public ImmutableArray<string> Required { get; init; } = [];

    /// <summary>Exactly one of these (cfn-lint's keyword).</summary>
    public ImmutableArray<string> RequiredXor { get; init; } = [];

    /// <summary>At least one of these (cfn-lint's keyword).</summary>
    public ImmutableArray<string> RequiredOr { get; init; } = [];

    /// <summary>Where the first is, the others must be.</summary>
    public ImmutableArray<DependentProperties> DependentRequired { get; init; } = [];

    /// <summary>Where the first is, the others must not be (cfn-lint's keyword).</summary>
    public ImmutableArray<DependentProperties> DependentExcluded { get; init; } = [];

    public long? MinProperties { get; init; }

    public long? MaxProperties { get; init; }
}

/// <summary>The shape of all properties whose name matches a pattern.</summary>
internal sealed record NamedShape(string Pattern, ShapeLink Link);

/// <summary>A property and the others that must, or must not, stand beside it.</summary>
internal sealed record DependentProperties(string Name, ImmutableArray<string> Others);
