using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Paco.Binding;
using Paco.Syntax;

namespace Paco.CloudFormation;

/// <summary>
/// A value in a template: text, number, flag, list, map, a function, or an input the linker still has to join to its source.
/// </summary>
public abstract record Value
{
    /// <summary>Where it comes from, as far as a single one of our values can tell.</summary>
    public virtual Origin Origin => default;

    public static implicit operator Value(string text) => SharedValues.Text(text);

    public static implicit operator Value(int number) => SharedValues.Number(number);

    public static implicit operator Value(bool flag) => flag ? FlagValue.True : FlagValue.False;

    public static implicit operator Value(Given<int> number) =>
        number.Node is null ? number.Value : new NumberValue(number.Value) { From = new Origin(number.Node) };

    public static implicit operator Value(Given<bool> flag) =>
        flag.Node is null ? flag.Value : new FlagValue(flag.Value) { From = new Origin(flag.Node) };

    /// <summary>A value for an optional field: nothing stays nothing, and a map leaves it out.</summary>
    public static Value? Of(string? text) => text is null ? null : SharedValues.Text(text);

    public static Value? Of(int? number) => number is { } n ? n : null;

    public static Value? Of(bool? flag) => flag is { } f ? f : null;

    public static Value? Of(Given<int>? number) => number is { } n ? n : null;

    public static Value? Of(Given<bool>? flag) => flag is { } f ? f : null;

    /// <summary>A number where CloudFormation takes a text.</summary>
    public static Value AsText(Given<int> number) => new TextValue($"{number}") { From = new Origin(number.Node) };

    public static Value? AsText(Given<int>? number) => number is { } n ? AsText(n) : null;

    /// <summary>A flag where CloudFormation takes a text.</summary>
    public static Value AsText(Given<bool> flag) => new TextValue(flag ? "true" : "false") { From = new Origin(flag.Node) };

    /// <summary>A list; nothing for an empty one, so that a map leaves it out.</summary>
    public static Value? OfMany(IEnumerable<string> texts) => List(texts.Select(t => (Value)t)) is { Items.Length: > 0 } list ? list : null;

    public static Value? OfMany(IEnumerable<Value> values) => List(values) is { Items.Length: > 0 } list ? list : null;

    public static ListValue List(IEnumerable<Value> items) => new([.. items]);

    public static ListValue List(params ReadOnlySpan<Value> items) => new([.. items]);
}

/// <summary>Where a value comes from. That is no part of what it is: two values are equal wherever they come from.</summary>
public readonly record struct Origin
{
    private static readonly object Nowhere = new();

    /// <summary>Nobody wrote it: a template needs something there, and who reads a plan does not.</summary>
    public static readonly Origin Nobody = new(Nowhere);

    private readonly object? _from;

    public Origin(ScalarNode? node)
        : this((object?)node)
    {
    }

    private Origin(object? from) => _from = from;

    public ScalarNode? Node => _from as ScalarNode;

    internal bool IsNobody => ReferenceEquals(_from, Nowhere);

    public bool Equals(Origin other) => true;

    public override int GetHashCode() => 0;
}

/// <summary>A text, a number or a flag: what a single field may say.</summary>
public abstract record ScalarValue : Value
{
    /// <summary>Where the field is written that it is handed on from, where it is.</summary>
    public Origin From { get; init; }

    public sealed override Origin Origin => From;
}

public sealed record TextValue(string Text) : ScalarValue;

public sealed record NumberValue(decimal Number) : ScalarValue
{
    public string Text => Number.ToString(CultureInfo.InvariantCulture);
}

public sealed record FlagValue(bool Flag) : ScalarValue
{
    internal static readonly FlagValue True = new(true);

    internal static readonly FlagValue False = new(false);
}

public sealed record ListValue(ImmutableArray<Value> Items) : Value
{
    /// <summary>Every item changed; the list itself where none is.</summary>
    public ListValue Change(Func<Value, Value> change)
    {
        for (var i = 0; i < Items.Length; i++)
        {
            var changed = change(Items[i]);
            if (!ReferenceEquals(changed, Items[i]))
                return new ListValue([.. Items[..i], changed, .. Items[(i + 1)..].Select(change)]);
        }
        return this;
    }
}

/// <summary><c>Ref</c>: a parameter, a resource's physical id, a pseudo parameter.</summary>
public sealed record RefValue(string LogicalId) : Value;

/// <summary><c>Fn::GetAtt</c>.</summary>
public sealed record GetAttValue(string LogicalId, string Attribute) : Value;

/// <summary>Any other function: its long name (<c>Fn::Sub</c>) and argument.</summary>
public sealed record FunctionValue(string Name, Value Argument) : Value;

/// <summary>What another object of the project offers; the linker puts a parameter, a Ref or a literal in its place.</summary>
/// <param name="Reference">The path of what is offered: <c>netenv.….alb.dnsname</c>.</param>
public sealed record InputValue(Ref Reference) : Value;

/// <summary>
/// Names and values in the order they are written. Nothing (<c>null</c>) is left out; a name given twice has its last value.
/// </summary>
[CollectionBuilder(typeof(MapValue), nameof(Of))]
public sealed record MapValue : Value, IEnumerable<KeyValuePair<string, Value>>
{
    // Up to so many a search through all is as quick as an index, and an index of every resource takes more memory than its properties.
    private const int FewEntries = 24;
    private const int FirstEntries = 4;

    // Templates are made of tens of thousands of these: an array, and no list around it.
    private KeyValuePair<string, Value>[] _entries = [];
    private Dictionary<string, int>? _index;

    public int Count { get; private set; }

    private ReadOnlySpan<KeyValuePair<string, Value>> Entries => _entries.AsSpan(0, Count);

    public Value? this[string key]
    {
        get => Find(key) is >= 0 and var at ? _entries[at].Value : null;
        init => Put(key, value);
    }

    public static MapValue Of(params ReadOnlySpan<KeyValuePair<string, Value>> entries)
    {
        var map = new MapValue { _entries = new KeyValuePair<string, Value>[entries.Length] };
        foreach (var (key, value) in entries)
            map.Put(key, value);
        return map;
    }

    public static MapValue Of(IEnumerable<KeyValuePair<string, Value>> entries) => Of([.. entries]);

    /// <summary>An entry an item.</summary>
    public static MapValue Of<T>(IEnumerable<T> items, Func<T, string> name, Func<T, Value?> value)
    {
        var map = new MapValue();
        if (items.TryGetNonEnumeratedCount(out var count) && count > 0)
            map._entries = new KeyValuePair<string, Value>[count];
        foreach (var item in items)
            map.Put(name(item), value(item));
        return map;
    }

    /// <summary>The entries that something says one after the other.</summary>
    internal static MapValue Of(Action<Action<string, Value?>> say)
    {
        var map = new MapValue();
        say(map.Put);
        return map;
    }

    /// <summary>An entry by its place.</summary>
    public KeyValuePair<string, Value> At(int index) => Entries[index];

    /// <summary>Nothing where it is empty, so that a map around it leaves it out.</summary>
    public MapValue? OrNothing => Count == 0 ? null : this;

    /// <summary>Every value changed, names and order as they are; the map itself where none is.</summary>
    public MapValue Change(Func<Value, Value?> change)
    {
        for (var i = 0; i < Count; i++)
        {
            var changed = change(_entries[i].Value);
            if (!ReferenceEquals(changed, _entries[i].Value))
                return ChangedFrom(i, changed, change);
        }
        return this;
    }

    /// <summary>The same map with another value for a name; without the name where that is nothing.</summary>
    public MapValue With(string key, Value? value)
    {
        if (value is null && Find(key) < 0)
            return this;
        var map = Of(Entries);
        map.Put(key, value);
        return map;
    }

    /// <summary>The same map, and behind it the entries of another.</summary>
    public MapValue With(MapValue more) => Of([.. Entries, .. more.Entries]);

    public ArraySegment<KeyValuePair<string, Value>>.Enumerator GetEnumerator() =>
        new ArraySegment<KeyValuePair<string, Value>>(_entries, 0, Count).GetEnumerator();

    IEnumerator<KeyValuePair<string, Value>> IEnumerable<KeyValuePair<string, Value>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private MapValue ChangedFrom(int first, Value? changed, Func<Value, Value?> change)
    {
        var map = new MapValue { _entries = new KeyValuePair<string, Value>[Count] };
        for (var i = 0; i < Count; i++)
        {
            var (key, value) = _entries[i];
            map.Put(key, i < first ? value : i == first ? changed : change(value));
        }
        return map;
    }

    private void Put(string key, Value? value)
    {
        var at = Find(key);
        if (value is null)
            Remove(at);
        else if (at >= 0)
            _entries[at] = new(key, value);
        else
            Append(key, value);
    }

    private void Append(string key, Value value)
    {
        if (Count == _entries.Length)
            Array.Resize(ref _entries, Count == 0 ? FirstEntries : Count * 2);
        _entries[Count++] = new(key, value);
        if (_index is not null)
            _index[key] = Count - 1;
        else if (Count > FewEntries)
            _index = this.Index().ToDictionary(e => e.Item.Key, e => e.Index, StringComparer.Ordinal);
    }

    private void Remove(int at)
    {
        if (at < 0)
            return;
        Array.Copy(_entries, at + 1, _entries, at, Count - at - 1);
        _entries[--Count] = default;
        _index = null;
    }

    private int Find(string key)
    {
        if (_index is not null)
            return _index.GetValueOrDefault(key, -1);
        for (var i = 0; i < Count; i++)
        {
            if (_entries[i].Key == key)
                return i;
        }
        return -1;
    }
}

/// <summary>The functions of CloudFormation that rooms use.</summary>
public static class Fn
{
    public static readonly Value AccountId = new RefValue("AWS::AccountId");
    public static readonly Value Region = new RefValue("AWS::Region");
    public static readonly Value StackName = new RefValue("AWS::StackName");
    public static readonly Value NoValue = new RefValue("AWS::NoValue");

    public static Value Ref(string logicalId) => SharedValues.Ref(logicalId);

    public static Value GetAtt(string logicalId, string attribute) => SharedValues.GetAtt(logicalId, attribute);

    public static Value Sub(string text) => new FunctionValue("Fn::Sub", text);

    public static Value Sub(string text, MapValue variables) => new FunctionValue("Fn::Sub", Value.List(text, variables));

    public static Value Join(string delimiter, IEnumerable<Value> items) =>
        new FunctionValue("Fn::Join", Value.List(delimiter, Value.List(items)));

    public static Value Join(string delimiter, Value list) => new FunctionValue("Fn::Join", Value.List(delimiter, list));

    /// <summary>Parts of a text; itself a text where all of them are.</summary>
    public static Value Concat(params IEnumerable<Value> parts)
    {
        var all = new List<Value>();
        foreach (var part in parts)
        {
            if (part is TextValue { Text: var next } && all is [.., TextValue { Text: var last }])
                all[^1] = last + next;
            else
                all.Add(part);
        }
        return all is [var only] ? only : Join("", all);
    }

    public static Value Select(int index, Value list) => new FunctionValue("Fn::Select", Value.List(index, list));

    public static Value GetAZs() => new FunctionValue("Fn::GetAZs", "");

    public static Value Base64(Value value) => new FunctionValue("Fn::Base64", value);
}
