using System.Collections.Frozen;
using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Global.Ec2;

public sealed class Ec2Room : GlobalRoom
{
    public override string FileStem => "ec2";

    public override string Summary => "Key pairs for SSH, and the people and groups whose public keys instances accept.";

    public override GlobalResource Bind(Fields f) => new Ec2Resources(f);

    /// <summary>
    /// Pairs whose tags say so; those of earlier versions say nothing. One that the files still name, by now without an account, is the
    /// user's own and none of these.
    /// </summary>
    protected internal override async Task<ImmutableArray<MadeAction>> Made(ICloud cloud, Place place, string projectMark,
        ObjectIndex objects, CancellationToken cancel)
    {
        var named = (objects.Find(ISshUsers.Path) as Ec2Resources)?.KeyPairs.Where(p => p.Account is null).Select(p => p.KeypairName) ?? [];
        var pairs = await cloud.Ec2(place).DescribeKeyPairs(new(StackTags.Project, projectMark), cancel);
        return
        [
            .. from pair in pairs.ExceptBy(named, p => p.Name)
               where pair.Tags.ContainsKey(StackTags.Reference)
               let action = KeyPairAction.Of(pair.Name, place, pair.Tags[StackTags.Reference], projectMark)
               select new MadeAction(action, KeyPairAction.StateOf(pair)),
        ];
    }
}

/// <summary>What <c>resource/ec2.yaml</c> holds. Key pairs are made, one action each; users and groups are only looked up.</summary>
public sealed class Ec2Resources(Fields f) : GlobalResource(f), ISshUsers
{
    public ImmutableArray<KeyPair> KeyPairs { get; } = f.Map("keypairs", "Key pairs, each in one account and region.", x => new KeyPair(x));

    public ImmutableArray<SshUser> Users { get; } =
        f.Map("users", "People whose public key instances can accept.", x => new SshUser(x), anyKey: true);

    public ImmutableArray<SshGroup> Groups { get; } = f.Map("groups", "Users that are let in together.", x => new SshGroup(x));

    IReadOnlyDictionary<string, string> ISshUsers.PublicKeys =>
        Users.DistinctBy(u => u.Name).ToFrozenDictionary(u => u.Name, u => u.PublicSshKey);

    IReadOnlyDictionary<string, IReadOnlyList<string>> ISshUsers.Groups =>
        Groups.DistinctBy(g => g.Name).ToFrozenDictionary(g => g.Name, IReadOnlyList<string> (g) => g.Members);

    protected internal override void Rules(Fields f)
    {
        var known = Users.Select(u => u.Name).ToArray();
        foreach (var group in Groups)
        {
            foreach (var member in group.Members.Where(m => !known.Contains(m)))
            {
                f.Report(BindingCodes.BrokenRule, group.PlaceOf("members"),
                    $"the group {group.Name} has a member \"{member}\" who is not among the users", Spelling.DidYouMean(member, known));
            }
        }
    }

    protected internal override void Build(GlobalScope scope)
    {
        var taken = new Dictionary<NodeId, KeyPair>();
        foreach (var pair in KeyPairs)
        {
            if (pair.Build(scope) is not { } action)
                continue;
            if (taken.TryAdd(action.Id, pair))
            {
                scope.Build.Add(action);
            }
            else
            {
                scope.Build.Bag.Add(StackCodes.NameTaken, pair.Location,
                    $"two key pairs would be called {pair.KeypairName} in {action.Id.Place}", "name one of them differently",
                    new RelatedPlace(taken[action.Id].Location, "the other one"), pair.Path);
            }
        }
    }
}

/// <summary>A key pair. Its name in AWS is what is written; nothing is derived.</summary>
public sealed class KeyPair(Fields f) : Model(f)
{
    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public string KeypairName { get; } = f.RequiredText("keypair_name",
        "Its name in AWS. A key pair of that name that exists already is taken as it is.", Check.Length(1, 255));

    public Ref? Account { get; } =
        f.Ref("account", "The account it is made in. Without one it is only named: you make it yourself.", "Account");

    public string? Region { get; } =
        Regions.Given(f.Text("region", "The region it is made in; by default the management account's.", Regions.None, Regions.OrNone));

    /// <summary>Offers its fields, and answers the action that makes it; null where it has no account to be made in.</summary>
    internal KeyPairAction? Build(GlobalScope scope)
    {
        var region = Region ?? scope.DefaultRegion;
        var account = Account?.Path.Account;
        scope.Build.Offers.Add($"{Path}.region", region);
        if (account is null)
        {
            scope.Build.Offers.Add($"{Path}.keypair_name", KeypairName);
            return null;
        }
        var action = KeyPairAction.Of(KeypairName, new Place(scope.Build.AccountOf(account), region), Path, scope.Build.ProjectMark);
        scope.Build.Offers.Add($"{Path}.account", account);
        scope.Build.Offers.Add($"{Path}.keypair_name", new Offer(new LiteralSource(KeypairName) { MadeBy = action.Id })
        {
            OnlyIn = action.Id.Place,
        });
        return action;
    }
}

/// <summary>A person with a public key.</summary>
public sealed class SshUser(Fields f) : Model(f)
{
    public string FullName { get; } = f.Text("full_name", "The person's name.", "");

    public string? Email { get; } = f.Text("email", "The person's address.", Check.Email);

    public string PublicSshKey { get; } =
        f.RequiredText("public_ssh_key", "The public key as one line of authorized_keys, without the user's name at its end.", OneLine);

    private static readonly Check OneLine = Check.Of("one line", text => !text.Trim().Contains('\n', StringComparison.Ordinal));
}

/// <summary>Users that are let in together.</summary>
public sealed class SshGroup(Fields f) : Model(f)
{
    public ImmutableArray<string> Members { get; } = f.Texts("members", "Names of users.");
}
