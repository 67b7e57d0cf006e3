using System.Text.RegularExpressions;
using Paco.Binding;
using Paco.Diagnostics;

namespace Paco.Resources.Dashboard;

/// <summary>The <c>${…}</c> of a dashboard's file, which CloudFormation fills in.</summary>
internal static partial class Placeholders
{
    private static readonly string[] Pseudo =
        ["AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix"];

    /// <summary>The names the file uses; those that nothing can be put in for are reported where they stand.</summary>
    /// <param name="known">The stack's parameters.</param>
    public static IReadOnlyCollection<string> Check(Fields f, SourceFile file, IReadOnlyCollection<string> known)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var match in Form().EnumerateMatches(file.Text))
        {
            var name = file.Text.Substring(match.Index + 2, match.Length - 3);
            if (name.StartsWith('!'))
                continue;
            used.Add(name);
            if (!known.Contains(name) && !Pseudo.Contains(name))
                f.Report(DashboardCodes.Refused, PlaceOf(file, match.Index, match.Length), Wrong(name), WayOut(name, known));
        }
        return used;
    }

    private static string Wrong(string name) => name switch
    {
        "" => "${} names nothing",
        _ when name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not (':' or '.' or '_')) =>
            $"CloudFormation takes no ${{{name}}}: names are letters and digits",
        _ => $"${{{name}}} is no variable of the dashboard",
    };

    private static string WayOut(string name, IReadOnlyCollection<string> known) =>
        Spelling.DidYouMean(name, [.. known, .. Pseudo])
        ?? $"add it to variables, or write ${{!{name}}} where the text itself is meant";

    private static Location PlaceOf(SourceFile file, int at, int length)
    {
        var before = file.Text.AsSpan(0, at);
        return new Location(file, before.Count('\n') + 1, at - before.LastIndexOf('\n'), length);
    }

    [GeneratedRegex(@"\$\{[^}\n]*\}")]
    private static partial Regex Form();
}
