using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Resources.Backup;

/// <summary>What a plan saves: resources by reference, or all that carry tags. With both, what is named and carries them.</summary>
public sealed class BackupSelection(Fields f) : Model(f)
{
    public string Title { get; } = f.Text("title", "Its name; what AWS takes in no name becomes `-`.", "");

    public ImmutableArray<Ref> Resources { get; } = f.Refs("resources", "What is saved: databases, volumes, file systems, buckets.");

    public ImmutableArray<Ref> Resource { get; } = f.Refs("resource", "The same, as older projects spell it.");

    public ImmutableArray<BackupCondition> Tags { get; } =
        f.List("tags", "Tags that must all be there: also what is made later is saved then.", x => new BackupCondition(x));

    internal bool NamesNothing => Resources.IsEmpty && Resource.IsEmpty;

    /// <summary>Its name in AWS; its number where it has no title.</summary>
    internal string NameAt(int at) => BackupNames.Of(Title.Trim() is { Length: > 0 } title ? title : $"selection-{at + 1}");

    /// <summary>What of that which it names can be saved.</summary>
    internal IEnumerable<SavedResource> Saved(BuildContext build) =>
        All(build).Select(n => (n.Named as IBackedUp)?.Saved).OfType<SavedResource>();

    protected internal override void Rules(Fields f)
    {
        if (Tags.IsEmpty && NamesNothing && !f.Has("resources") && !f.Has("resource") && !f.Has("tags"))
            f.Lacks("tags", "a selection needs \"resources\" or \"tags\": without, it selects nothing");
    }

    internal MapValue ToValue(int at, Value role, StackBuilder stack, BuildScope scope) => new()
    {
        ["SelectionName"] = NameAt(at),
        ["IamRoleArn"] = role,
        ["Resources"] = Arns(stack, scope.Build) ?? (Tags.IsEmpty ? null : Value.List("*")),
        ["Conditions"] = Conditions(),
    };

    private Value? Arns(StackBuilder stack, BuildContext build) =>
        Value.OfMany(All(build).Select(n => Arn(n.Reference, n.Named, stack, build)).OfType<Value>());

    private Value? Arn(Ref reference, Model? named, StackBuilder stack, BuildContext build)
    {
        if (named is IBackedUp { Saved: var saved })
        {
            var value = stack.Input($"Resource{Names.Md5(saved.Value.Text)}", saved.Value with { Location = reference.Location });
            return saved.ArnForm is null ? value : Fn.Sub(saved.ArnForm, new MapValue { ["Name"] = value });
        }
        // What is not there, or not built yet, is said where references are followed.
        var (found, rest) = build.Index.Walk(reference.Path);
        var isThere = rest == ObjectPath.Root || build.Offers.Find(reference.Path) is not null;
        if (isThere && found is { Knowledge: Knowledge.Whole, IsBroken: false })
        {
            build.Bag.Add(BackupCodes.NotSaved, reference.Location,
                found is IBackedUp ? $"{reference.Written} is a value of what can be saved" : $"AWS Backup saves no {found.Kind}",
                found is IBackedUp ? $"name the object: {found.Path.Last}" : "name a database, a volume, a file system or a bucket",
                subject: Path);
        }
        return null;
    }

    private IEnumerable<(Ref Reference, Model? Named)> All(BuildContext build) =>
        Resources.Concat(Resource).Select(r => (Reference: r, Named: Named(r, build)))
            .DistinctBy(n => n.Named?.Path ?? n.Reference.Path);

    // Whoever copies a reference from elsewhere may have an output's name at its end.
    private static Model? Named(Ref reference, BuildContext build) =>
        build.Index.Walk(reference.Path) is ({ } found, { Text: "" or "name" or "arn" or "id" }) ? found : null;

    private MapValue? Conditions() => MapValue.Of(
        Tags.Where(t => t.Operator is not null).GroupBy(t => t.Operator!),
        g => g.Key,
        g => Value.List(g.Select(t => (Value)t.ToValue()))).OrNothing;
}

/// <summary>A tag that must be there, or must not, with a value.</summary>
public sealed class BackupCondition(Fields f) : Model(f)
{
    private const string TagPrefix = "aws:ResourceTag/";

    private static readonly ImmutableArray<(string Written, string? Operator)> Operators =
    [
        ("STRINGEQUALS", "StringEquals"), ("STRINGNOTEQUALS", "StringNotEquals"),
        ("STRINGLIKE", "StringLike"), ("STRINGNOTLIKE", "StringNotLike"),
        // Paco 9 took them, and AWS Backup has none like them.
        ("STRINGEQUALSIGNORECASE", null), ("STRINGNOTEQUALSIGNORECASE", null),
    ];

    // Paco 9 took them in small letters, too.
    private static readonly Check Types = Check.Of($"one of {string.Join(", ", Operators.Select(o => o.Written))}",
        text => Operators.Any(o => o.Written.Equals(text, StringComparison.OrdinalIgnoreCase)));

    public string ConditionType { get; } = f.RequiredText("condition_type",
        "How the value is compared; * in LIKE stands for anything.", Types);

    public string ConditionKey { get; } =
        f.RequiredText("condition_key", "The tag: `Paco-Application-Name`, or any of your own.", Check.Length(1, 128));

    public string ConditionValue { get; } = f.RequiredText("condition_value", "Its value; case counts.", Check.Length(1, 256));

    /// <summary>What AWS calls it; null where it has nothing of the kind.</summary>
    internal string? Operator =>
        Operators.FirstOrDefault(o => o.Written.Equals(ConditionType, StringComparison.OrdinalIgnoreCase)).Operator;

    protected internal override void Rules(Fields f)
    {
        if (ConditionType.EndsWith("IGNORECASE", StringComparison.OrdinalIgnoreCase) && Types.Holds(ConditionType))
        {
            f.Broken("condition_type", $"AWS Backup compares tags with regard to case only: it has no {ConditionType}",
                "STRINGEQUALS with the value as it is written in the tag, or STRINGLIKE with * in it");
        }
    }

    internal MapValue ToValue() => new()
    {
        ["ConditionKey"] = ConditionKey.StartsWith(TagPrefix, StringComparison.Ordinal) ? ConditionKey : TagPrefix + ConditionKey,
        ["ConditionValue"] = ConditionValue,
    };
}
