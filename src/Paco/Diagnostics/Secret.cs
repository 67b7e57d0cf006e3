namespace Paco.Diagnostics;

/// <summary>
/// A value that never reaches a screen, a log or a file by accident: it prints as <c>(secret)</c> wherever text is asked for.
/// </summary>
public sealed class Secret(string value, Location written = default)
{
    /// <summary>Where in the project's files it is written.</summary>
    public Location Written => written;

    /// <summary>The value itself, for the one place that is meant to show or write it.</summary>
    public string Reveal() => value;

    public override string ToString() => "(secret)";
}
