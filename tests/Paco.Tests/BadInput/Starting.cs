using System.Collections.Immutable;
using Paco.Starters;

namespace Paco.Tests.BadInput;

/// <summary>The starter's files, as <c>paco init project myproj --defaults</c> with four account ids writes them.</summary>
internal static class Starting
{
    public static readonly ImmutableArray<GeneratedFile> Files = Render();

    public static TemporaryFolder Folder()
    {
        var folder = new TemporaryFolder();
        foreach (var file in Files)
            folder.Write(file.Path, file.Text);
        return folder;
    }

    private static ImmutableArray<GeneratedFile> Render()
    {
        var given = Answers.Empty.With("s3bucket_hash", "abcd1234")
            .With("dev_account_id", "222222222222").With("staging_account_id", "333333333333")
            .With("prod_account_id", "444444444444").With("tools_account_id", "555555555555");
        var starter = StarterCatalog.Find("managed-webapp-cicd")!;
        return starter.Render("myproj", starter.Complete("myproj", given, useDefaults: true).Answers!);
    }
}
