using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Paco.Starters;

namespace Paco.Tests.BadInput;

/// <summary>The starter's files, as <c>paco init project myproj --defaults</c> with four account ids writes them.</summary>
internal static partial class Starting
{
    public static readonly ImmutableArray<GeneratedFile> Files = Render();

    // What stands below each environment of the starter, its name included.
    private static readonly string[] Environments =
        EnvironmentStart().Split(Netenv[Netenv.IndexOf("\nenvironments:\n", StringComparison.Ordinal)..])[1..];

    public static TemporaryFolder Folder()
    {
        var folder = new TemporaryFolder();
        foreach (var file in Files)
            folder.Write(file.Path, file.Text);
        return folder;
    }

    /// <summary>
    /// Without the environments that are as the starter has them, but for one where all are: what is wrong above them is wrong in each in
    /// the same way. One shows it at a third of the cost, and they take turns.
    /// </summary>
    public static string InFewestEnvironments(string text, int turn)
    {
        var whole = Environments.Where(e => text.Contains(e, StringComparison.Ordinal)).ToList();
        if (whole.Count == Environments.Length)
            whole.RemoveAt(turn % whole.Count);
        return whole.Aggregate(text, (rest, environment) => rest.Replace(environment, "", StringComparison.Ordinal));
    }

    [GeneratedRegex("^(?=  [a-z]+:$)", RegexOptions.Multiline)]
    private static partial Regex EnvironmentStart();

    private static string Netenv =>
        Files.Single(f => f.Path.StartsWith("netenv/", StringComparison.Ordinal)
            && f.Path.EndsWith(".yaml", StringComparison.Ordinal)).Text;

    private static ImmutableArray<GeneratedFile> Render()
    {
        var given = Answers.Empty.With("s3bucket_hash", "abcd1234")
            .With("dev_account_id", "222222222222").With("staging_account_id", "333333333333")
            .With("prod_account_id", "444444444444").With("tools_account_id", "555555555555");
        var starter = StarterCatalog.Find("managed-webapp-cicd")!;
        return starter.Render("myproj", starter.Complete("myproj", given, useDefaults: true).Answers!);
    }
}
