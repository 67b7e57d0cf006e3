using System.Collections.Immutable;
using System.Globalization;

namespace Paco.Binding;

/// <summary>
/// What a field takes, as data: reference pages, <c>paco explain</c> and the JSON Schemas are views of it. The set is closed.
/// </summary>
public abstract record Shape
{
    private protected Shape()
    {
    }

    /// <summary>In words: <c>list of text: one of a, b</c>.</summary>
    public string Words => Limits is null ? Kind : $"{Kind}: {Limits}";

    /// <summary>The object whose fields stand below, in lists and maps too; null where none do.</summary>
    public virtual ObjectDoc? Below => null;

    /// <summary>The choice whose fields depend on a word, in lists and maps too; null where there is none.</summary>
    public virtual OneOf? Choosing => null;

    /// <summary>What is written, in a word or two.</summary>
    private protected abstract string Kind { get; }

    /// <summary>What narrows it down, or null.</summary>
    private protected virtual string? Limits => null;

    /// <summary>Text of one form or of one vocabulary; a secret one is shown nowhere.</summary>
    public sealed record Text(Check? Check = null, bool IsSecret = false) : Shape
    {
        private protected override string Kind => IsSecret ? "secret text" : "text";

        private protected override string? Limits => Check?.Words;
    }

    /// <summary>A whole number between two bounds, both included.</summary>
    public sealed record WholeNumber(int Min, int Max) : Shape
    {
        private protected override string Kind => "whole number";

        private protected override string? Limits => Range;

        /// <summary>The bounds in words, or null where there are none.</summary>
        internal string? Range => (Min, Max) switch
        {
            (int.MinValue, int.MaxValue) => null,
            (_, int.MaxValue) => string.Create(CultureInfo.InvariantCulture, $"at least {Min}"),
            (int.MinValue, _) => string.Create(CultureInfo.InvariantCulture, $"at most {Max}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Min} to {Max}"),
        };
    }

    public sealed record Number : Shape
    {
        private protected override string Kind => "number";
    }

    public sealed record Flag : Shape
    {
        private protected override string Kind => "true or false";
    }

    /// <summary>
    /// A reference to an object of one of the kinds, or to anything where there are none; plain text too where that will do.
    /// </summary>
    public sealed record Reference(ImmutableArray<string> Kinds, Text? OrText = null) : Shape
    {
        private protected override string Kind =>
            (OrText is null ? "" : "text or ") + (Kinds.IsEmpty ? "reference" : $"reference to {string.Join(" or ", Kinds)}");

        private protected override string? Limits => OrText?.Check?.Words;
    }

    /// <summary>Several; one alone counts as a list of one.</summary>
    public sealed record ListOf(Shape Item) : Shape
    {
        private protected override string Kind => $"list of {(Item is Object or OneOf ? "objects" : Item.Kind)}";

        private protected override string? Limits => Item.Limits;

        public override ObjectDoc? Below => Item.Below;

        public override OneOf? Choosing => Item.Choosing;
    }

    /// <summary>Values by their keys, which are names (letters, digits, <c>-</c>, <c>_</c>) unless any key will do.</summary>
    public sealed record MapOf(Shape Value, bool AnyKey = false) : Shape
    {
        private protected override string Kind => $"map of {(Value is Object or OneOf ? "objects" : Value.Kind)}";

        private protected override string? Limits => Value.Limits;

        public override ObjectDoc? Below => Value.Below;

        public override OneOf? Choosing => Value.Choosing;
    }

    public sealed record Object(ObjectDoc Doc) : Shape
    {
        public override ObjectDoc? Below => Doc;

        private protected override string Kind => "object";
    }

    /// <summary>An object whose fields depend on the word that one of them holds: a resource on its <c>type</c>.</summary>
    public sealed record OneOf(string Discriminator, ImmutableArray<Choice> Choices) : Shape
    {
        public override OneOf? Choosing => this;

        private protected override string Kind => "object";

        private protected override string? Limits => $"its fields by its {Discriminator}";
    }

    /// <summary>The path of a text file.</summary>
    public sealed record FilePath : Shape
    {
        private protected override string Kind => "path of a text file";
    }

    /// <summary>Anything: structure that is CloudFormation's, or that nobody reads yet.</summary>
    public sealed record Free : Shape
    {
        private protected override string Kind => "any value";
    }
}

/// <summary>A word of a discriminator and the object it means.</summary>
public sealed record Choice(string Word, ObjectDoc Doc);
