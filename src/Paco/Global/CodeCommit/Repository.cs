using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Global.CodeCommit;

/// <summary>A Git repository, or one that exists already and is only named.</summary>
public sealed class Repository(Fields f) : Model(f), ICodeCommitRepository
{
    private static readonly Check CloudName =
        Check.Matching("1 to 100 letters, digits, \".\", \"_\" and \"-\", without .git at the end", @"^(?!.*\.git$)[A-Za-z0-9._-]{1,100}$");

    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(false);

    public Ref? Account { get; } = f.Ref("account", "The account it is in.", "Account", required: true);

    public string Region { get; } = f.RequiredText("region", "The region it is in.", Regions.Check);

    public string RepositoryName { get; } =
        f.RequiredText("repository_name", "Its name in AWS. Another name keeps what is in it and changes its addresses.", CloudName);

    public string? Description { get; } = f.Text("description", "What it is for.", Check.Length(0, 1000));

    public Given<bool> ExternalResource { get; } =
        f.Flag("external_resource", "It exists already: none is made, and users are let into the one of that name.", false);

    public ImmutableArray<RepositoryUser> Users { get; } =
        f.Map("users", "Users who may work with it. Each is a user of IAM that can do nothing else.", x => new RepositoryUser(x));

    public override string Kind => "CodeCommitRepository";

    public string AccountName => Account?.Path.Account ?? "";

    public Ref Arn => ToRef().Output("arn");

    protected internal override void Rules(Fields f)
    {
        foreach (var twice in Users.Where(u => u.Username.Length > 0).GroupBy(u => u.Username, StringComparer.OrdinalIgnoreCase)
            .Where(g => g.Count() > 1))
        {
            f.Report(BindingCodes.BrokenRule, twice.Last().PlaceOf("username"),
                $"{twice.First().Username} is a user of the repository already: IAM takes upper case for lower case", "take one out");
        }
    }
}
