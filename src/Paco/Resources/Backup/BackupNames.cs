using Paco.Binding;
using Paco.Stacks;

namespace Paco.Resources.Backup;

/// <summary>Names as AWS Backup takes them; titles are free text, and Paco 9 sent them as they are, which AWS refused.</summary>
internal static class BackupNames
{
    private const int Longest = 50;

    public static readonly Check OfVault = Check.Matching("2 to 50 letters, digits, - and _", "^[A-Za-z0-9_-]{2,50}$");

    /// <summary>
    /// The name of a plan's rule or selection: the title with <c>-</c> for whatever else than letters, digits and <c>._-</c> is in it, and
    /// shortened behind a hash where it is longer than AWS allows.
    /// </summary>
    public static string Of(string title)
    {
        var name = string.Concat(title.Trim().Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-'));
        return name.Length <= Longest ? name : $"{Names.ShortHash(title)}-{name[^(Longest - 9)..]}";
    }
}
