namespace Paco.CloudFormation.Schemas;

/// <summary>Something in a resource's properties that its schema forbids.</summary>
/// <param name="Rule">What kind of mistake it is.</param>
/// <param name="Path">
/// The value it is about, as <c>Listeners[0].Port</c>; for <see cref="SchemaRule.Missing"/> and other rules about what is not
/// there, the object that lacks it, which is the empty string at the top.
/// </param>
/// <param name="Message">One line for a person, without the path but with the value's own name. Write-only values are quoted only where a
/// closed list of values is allowed.</param>
public sealed record SchemaFinding(SchemaRule Rule, string Path, string Message);

/// <summary>What a schema can object to.</summary>
public enum SchemaRule
{
    /// <summary>A property the type does not have.</summary>
    Unknown,

    /// <summary>A required property that is not there.</summary>
    Missing,

    /// <summary>A list where a text belongs, a text that is no number, null, …</summary>
    WrongType,

    /// <summary>Not one of the values allowed.</summary>
    NotInEnum,

    /// <summary>A text of the wrong form.</summary>
    Pattern,

    /// <summary>A text too short or too long.</summary>
    Length,

    /// <summary>A number too small or too large.</summary>
    Range,

    /// <summary>Too few or too many items or properties.</summary>
    Count,

    /// <summary>An item that may occur once and occurs twice.</summary>
    Duplicate,

    /// <summary>None, or more than one, of properties that are alternatives.</summary>
    Choice,

    /// <summary>A property that needs another one beside it.</summary>
    Together,

    /// <summary>A property that only AWS writes.</summary>
    ReadOnly,
}
