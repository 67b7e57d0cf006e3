namespace Paco.CloudFormation;

/// <summary>
/// Templates say the same few things over and over: <c>forward</c>, 200, a Ref to the same listener. Where nobody wrote a value it is the
/// same object as the last one like it, which a large project has to keep only once.
/// </summary>
internal static class SharedValues
{
    // A slot has the last value that came to it.
    private const int Slots = 256;

    private static readonly NumberValue?[] Numbers = new NumberValue?[Slots * 2];
    private static readonly TextValue?[] Texts = new TextValue?[Slots];
    private static readonly RefValue?[] Refs = new RefValue?[Slots];
    private static readonly GetAttValue?[] Attributes = new GetAttValue?[Slots];

    public static NumberValue Number(int number) =>
        (uint)number < (uint)Numbers.Length ? Numbers[number] ??= new NumberValue(number) : new NumberValue(number);

    // The very same text: what a field hands on is known by it (WrittenFields). Its slot is that of its end all the same: a text of the
    // program that is asked who it is keeps the answer, in a page of memory of its own from then on.
    public static TextValue Text(string text)
    {
        ref var last = ref Texts[SlotOf(text)];
        return last is { } known && ReferenceEquals(known.Text, text) ? known : last = new TextValue(text);
    }

    public static RefValue Ref(string logicalId)
    {
        ref var last = ref Refs[SlotOf(logicalId)];
        return last is { } known && known.LogicalId == logicalId ? known : last = new RefValue(logicalId);
    }

    public static GetAttValue GetAtt(string logicalId, string attribute)
    {
        ref var last = ref Attributes[SlotOf(attribute, SlotOf(logicalId))];
        return last is { } known && known.LogicalId == logicalId && known.Attribute == attribute
            ? known
            : last = new GetAttValue(logicalId, attribute);
    }

    // By its end, which is where names of resources and texts of a project differ.
    private static int SlotOf(string text, int with = 0)
    {
        var hash = with + text.Length;
        foreach (var c in text.AsSpan(Math.Max(0, text.Length - 8)))
            hash = (hash * 31) + c;
        return (hash ^ (hash >> 8)) & (Slots - 1);
    }
}
