using System.Collections.Immutable;
using Paco.CloudFormation.Schemas;

namespace Paco.CloudFormation.Types;

/// <summary>
/// What AWS does with resources of a type: a block of <c>resource-types.txt</c>, and what follows from Amazon's schema where the block
/// says nothing. The planner and the sandbox both read it, so that a plan and a rehearsal cannot disagree about it.
/// </summary>
public sealed record ResourceFacts
{
    private const double LongestDeletion = 300;
    private const double Import = 5;

    // Worked out once; asked for of every resource there is.
    private ImmutableArray<Uniqueness> _unique;

    internal const string NoName = "none";

    internal ResourceFacts(string type) => Type = type;

    /// <summary>The facts of a type. One nobody wrote a block for counts as holding data.</summary>
    public static ResourceFacts Of(string type) => ResourceTable.Find(type) ?? new ResourceFacts(type) { Holds = "what it holds" };

    /// <summary>Every type that has a block of its own.</summary>
    internal static IReadOnlyCollection<string> Types => ResourceTable.Types;

    /// <summary><c>AWS::EC2::VPC</c></summary>
    public string Type { get; }

    /// <summary>What of it cannot be made again, in a few words: <c>the objects</c>; null where nothing is lost with it.</summary>
    public string? Holds { get; init; }

    public bool HoldsData => Holds is not null;

    /// <summary>The property and its value with which one holds nothing all the same.</summary>
    public (string Property, string Value)? Unless { get; init; }

    /// <summary>What runs in it or through it stops where it is deleted.</summary>
    public bool CarriesOthers { get; init; }

    /// <summary>What runs in it cannot follow to another one without being interrupted.</summary>
    public bool CarriesWithin { get; init; }

    /// <summary>True where one with these properties holds what cannot be made again.</summary>
    /// <param name="properties">As its template writes them; null where nobody knows them.</param>
    internal bool HoldsDataWith(MapValue? properties) =>
        HoldsData
        && !(Unless is var (property, value)
            && string.Equals(TemplateDiff.Text(properties?[property]), value, StringComparison.OrdinalIgnoreCase));

    /// <summary>The property that gives it a name of one's own, under which it cannot be replaced; null where there is none.</summary>
    public string? NameProperty => WrittenName == NoName ? null : WrittenName ?? NameInSchema();

    /// <summary>Under what it cannot be replaced: CloudFormation refuses to, whether or not AWS would let two have the name.</summary>
    public Uniqueness? Naming => NameProperty is not { } name ? null
        : Unique.FirstOrDefault(u => u.Keys.Contains(name)) ?? new Uniqueness(IsGlobal ? UniqueIn.Account : UniqueIn.Region, [], [name]);

    /// <summary>The longest name AWS takes, as far as somebody needed to know: CloudFormation's own names are cut to it.</summary>
    public int NameLimit { get; init; } = 128;

    /// <summary>AWS makes small letters of its name.</summary>
    public bool IsNameLower { get; init; }

    /// <summary>The form of its physical id; null where that is its name or a thing of AWS's own choice.</summary>
    public IdentifierFormat? Id { get; init; }

    /// <summary>The form of its ARN; null where nobody wrote it down.</summary>
    public IdentifierFormat? Arn { get; init; }

    /// <summary>What may exist only once among its neighbours.</summary>
    public ImmutableArray<Uniqueness> Unique =>
        !WrittenUnique.IsDefault ? WrittenUnique : _unique.IsDefault ? _unique = UniqueInSchema() : _unique;

    /// <summary>Attributes besides its identifier and its ARNs whose value no other resource in the world has.</summary>
    public ImmutableArray<string> Identifies { get; init; } = [];

    /// <summary>Attributes that change while the resource is updated in place.</summary>
    public ImmutableArray<MovingAttribute> Moves { get; init; } = [];

    /// <summary>What replaces its instances; null for what has none.</summary>
    public RollFacts? Rolls { get; init; }

    /// <summary>What a change in place does to those who use it, the line that counts first.</summary>
    public ImmutableArray<Interruption> Interruptions { get; init; } = [];

    /// <summary>Attributes by which people and machines outside the project reach it.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];

    /// <summary>What goes with a change of a property though the resource stays.</summary>
    public ImmutableArray<PropertyEffect> Loses { get; init; } = [];

    /// <summary>What CloudFormation refuses to change, or AWS where it tries.</summary>
    public ImmutableArray<PropertyEffect> Fixed { get; init; } = [];

    /// <summary>Why the change of a property is refused, and what to do instead; null where it is not.</summary>
    /// <param name="other">Its properties as they are to be.</param>
    public PropertyEffect? RefusesChange(string path, string? before, string? after, Func<string, string?> other) =>
        Fixed.FirstOrDefault(f => f.IsIn(path, after, before, other));

    /// <summary>Properties that never replace it, though Amazon's schema has them among those that may.</summary>
    public ImmutableArray<string> Stays { get; init; } = [];

    /// <summary>Lists of which an update may bring, or take, one item.</summary>
    public ImmutableArray<SingleItem> Singles { get; init; } = [];

    /// <summary>
    /// Properties, or a part of a list's items (<c>Policies.PolicyDocument</c>), with the most characters each may have as
    /// JSON, blanks left out.
    /// </summary>
    public ImmutableArray<(string Property, int Most)> Sizes { get; init; } = [];

    /// <summary>The property that says how many days it stays, unusable, after it was deleted, and how many without that.</summary>
    public (string Property, int Days)? Waits { get; init; }

    /// <summary>The property that keeps it from being deleted while it is <c>true</c> or <c>ACTIVE</c>.</summary>
    public string? DeletionGuard { get; init; }

    /// <summary>What AWS says where there is one already of what there can be one of; null where only that it exists.</summary>
    public IdentifierFormat? Taken { get; init; }

    /// <summary>
    /// What the second property refers to is used within one of the first at a time: a target group by one load balancer.
    /// </summary>
    public (string Parent, string Property)? Lone { get; init; }

    /// <summary>AWS makes no second of it but gives the first again, and whoever deletes one of them deletes both.</summary>
    public bool IsMerged { get; init; }

    /// <summary>A number it can be given for a moment, while two of them change places; null where there is none.</summary>
    public SpareNumbers? Spare { get; init; }

    /// <summary>It only ties others together, so that it can be taken away for a moment with one of them and put back.</summary>
    public bool IsTie { get; init; }

    /// <summary>What to do instead of a replacement under its name, which AWS refuses; null for the usual: another name.</summary>
    public string? Anew { get; init; }

    /// <summary>Replaced, the old one goes before the new one is made: Amazon's schema says so.</summary>
    public bool GoesFirst => Schema?.IsDeletedFirst == true;

    /// <summary>What AWS says where it does not delete it since others use it; null where only that.</summary>
    public IdentifierFormat? Busy { get; init; }

    /// <summary>Where others name it: while one does, AWS does not delete it.</summary>
    public ImmutableArray<ResourceUse> Uses { get; init; } = [];

    /// <summary>
    /// False for the old types CloudFormation cannot read back: no drift, no import, and Cloud Control does not know them.
    /// </summary>
    public bool IsReadable { get; init; } = true;

    /// <summary>Where the block is from; empty for a type without one.</summary>
    public string Source { get; init; } = "";

    /// <summary>True for services that know no regions: what they make belongs to the account.</summary>
    public bool IsGlobal => Type.Split("::") is [_, "IAM" or "Route53" or "CloudFront" or "Organizations" or "GlobalAccelerator", ..];

    internal string? WrittenName { get; init; }

    internal ImmutableArray<Uniqueness> WrittenUnique { get; init; }

    internal (double Create, double? Update, double? Delete) Seconds { get; init; } = (5, null, null);

    /// <summary>
    /// How long CloudFormation takes, in orders of magnitude: seconds for a role, two minutes for a load balancer, ten for a database.
    /// </summary>
    public TimeSpan Takes(ChangeKind kind) => TimeSpan.FromSeconds(kind switch
    {
        ChangeKind.Create or ChangeKind.Replace => Seconds.Create,
        ChangeKind.Update => Seconds.Update ?? Seconds.Create / 2,
        ChangeKind.Import => Import,
        ChangeKind.Delete => Seconds.Delete ?? Math.Min(LongestDeletion, Seconds.Create),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such change"),
    });

    /// <summary>
    /// The form of what <c>Ref</c> gives, where that is written down: the id's, or the ARN's where Amazon's schema identifies it by that.
    /// </summary>
    public IdentifierFormat? Reference =>
        Id is { IsArn: true } || (Id is null && Schema?.PrimaryIdentifier is [var only] && IsArnName(only)) ? Arn : Id;

    /// <summary>The interruption that the change of a top-level property causes, or null.</summary>
    /// <param name="before">A property of the resource as text, before.</param>
    /// <param name="after">And after.</param>
    public Interruption? InterruptedBy(string property, Func<string, string?> before, Func<string, string?> after) =>
        Interruptions.FirstOrDefault(i => i.IsBy(property, before, after));

    /// <summary>
    /// Among whom a value tells this resource from every other; null where it tells nothing, as the zone that all load balancers of a
    /// region share.
    /// </summary>
    /// <param name="attribute">The attribute that has the value, or null for what <c>Ref</c> gives.</param>
    public UniqueIn? Identity(string? attribute)
    {
        if (attribute is null || (Schema?.PrimaryIdentifier is [var only] && only == attribute))
            return IdentityOfReference;
        if (Identifies.Contains(attribute) || IsArnName(attribute))
            return UniqueIn.World;
        return attribute == NameProperty ? IdentityOfName : null;
    }

    // What AWS chooses nothing else has; a name of one's own another account or region may have too; and what only repeats what
    // other resources are called is no id at all.
    private UniqueIn? IdentityOfReference => Reference switch
    {
        { IsChosenByAws: true } => UniqueIn.World,
        { IsNamed: false } => null,
        null when Schema is { } schema && schema.PrimaryIdentifier.Any(schema.ReadOnly.Contains) => UniqueIn.World,
        _ => IdentityOfName,
    };

    /// <summary>True where two of the type cannot stand at once for what a line says.</summary>
    /// <param name="one">A property of one of them as text; null where it has none.</param>
    /// <param name="other">And of the other.</param>
    public bool Meet(Uniqueness unique, Func<string, string?> one, Func<string, string?> other) =>
        unique.Meets(Schema, IsNameLower, one, other);

    private UniqueIn IdentityOfName => Unique is [var first, ..] ? first.In : IsGlobal ? UniqueIn.Account : UniqueIn.Region;

    private ResourceSchema? Schema => ResourceSchemas.Shared.Find(Type);

    private static bool IsArnName(string attribute) => attribute.EndsWith("Arn", StringComparison.OrdinalIgnoreCase);

    // Its only identifier where a template may write that, else what is called a name and stays for good.
    private string? NameInSchema()
    {
        if (Schema is not { } schema)
            return null;
        if (schema.PrimaryIdentifier is [var only] && schema.Properties.Contains(only))
            return only;
        string[] names = [$"{Type[(Type.LastIndexOf(':') + 1)..]}Name", "Name"];
        return names.FirstOrDefault(name => schema.CreateOnly.Contains(name) && schema.Properties.Contains(name));
    }

    private ImmutableArray<Uniqueness> UniqueInSchema()
    {
        var identifier = Schema is { PrimaryIdentifier: { Count: > 0 } parts } schema && parts.All(schema.Properties.Contains) ? parts : [];
        string[] keys = NameProperty is { } name ? [name] : [.. identifier];
        return keys.Length == 0 ? [] : [new(IsGlobal ? UniqueIn.Account : UniqueIn.Region, [.. identifier.Except(keys)], [.. keys])];
    }
}

/// <summary>An attribute that changes while the resource stays.</summary>
/// <param name="With">The properties whose change moves it; any, where there are none.</param>
/// <param name="Counts">It goes up by one.</param>
public sealed record MovingAttribute(string Name, ImmutableArray<string> With, bool Counts);

/// <summary>A list whose items come and go one by one.</summary>
/// <param name="Key">What tells its items apart.</param>
/// <param name="What">What to do instead.</param>
/// <param name="Words">What AWS says.</param>
public sealed record SingleItem(string List, string Key, string What, string Words);

/// <summary>Numbers a property takes, of which one is free.</summary>
public sealed record SpareNumbers(string Property, int From, int To);

/// <summary>A property of another type that names this one.</summary>
/// <param name="Busy">What AWS says of this use; null where it is what it says of all of them.</param>
public sealed record ResourceUse(string Type, string Property, IdentifierFormat? Busy);
