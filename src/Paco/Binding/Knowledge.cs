namespace Paco.Binding;

/// <summary>What this version knows of an object.</summary>
public enum Knowledge
{
    /// <summary>It is built.</summary>
    Whole,

    /// <summary>It is of a kind that the original had and this version does not build yet.</summary>
    NotBuiltYet,

    /// <summary>Nobody knows its type; that is reported where it is written.</summary>
    Unknown,
}
