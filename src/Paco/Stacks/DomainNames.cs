using Paco.Binding;

namespace Paco.Stacks;

/// <summary>Domain names: compared without regard to case and to the dot at the end.</summary>
public static class DomainNames
{
    /// <summary>Labels of letters, digits, <c>-</c> and <c>_</c>, and <c>*</c> for the first one.</summary>
    public static readonly Check Check = Check.Of("a domain name such as www.example.com", IsName);

    public static string Normal(string name) => name.TrimEnd('.').ToLowerInvariant();

    /// <summary>True for the zone's own name and every name below it.</summary>
    public static bool LiesIn(string name, string zone) =>
        Normal(name) is var n && Normal(zone) is var z && (n == z || n.EndsWith("." + z, StringComparison.Ordinal));

    private static bool IsName(string text)
    {
        var labels = Normal(text).Split('.');
        return text.Length <= 255 && labels.Select((label, i) => (label == "*" && i == 0) || IsLabel(label)).All(ok => ok);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
