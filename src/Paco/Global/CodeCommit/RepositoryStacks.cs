using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Global.CodeCommit;

/// <summary>
/// The repositories of an account and region in one stack, with the users of theirs. Users are the account's: one who works in two regions
/// stands in the stack of the first.
/// </summary>
internal sealed class RepositoryStacks(BuildContext build, ImmutableArray<Repository> repositories)
{
    private static readonly string[] Reading =
        ["codecommit:GitPull", "codecommit:BatchGet*", "codecommit:Describe*", "codecommit:Get*", "codecommit:List*"];

    private readonly Dictionary<Place, StackBuilder> _stacks = [];

    public void Build()
    {
        foreach (var here in repositories.GroupBy(PlaceOf))
            _stacks[here.Key] = Begin(here.Key, [.. here]);
        foreach (var repository in repositories)
            Add(repository);
        var users = from repository in repositories
                    where repository.IsEnabled
                    from user in repository.Users
                    where user.Username.Length > 0
                    group (repository, user) by (build.AccountOf(repository.AccountName), user.Username);
        foreach (var user in users)
            AddUser([.. user]);
    }

    private Place PlaceOf(Repository repository) => new(build.AccountOf(repository.AccountName), repository.Region);

    private StackBuilder Begin(Place place, ImmutableArray<Repository> here)
    {
        var name = build.Legacy.RepositoryStacks ? "Service-CodeCommit-Git-Repositories" : "Resource-CodeCommit-Git-Repositories";
        var stack = build.Stack(new NodeId(place, name), "resource.codecommit", "Git repositories", here.Any(r => r.IsEnabled),
            here[0].Location);
        stack.Capabilities = ["CAPABILITY_NAMED_IAM"];
        stack.TerminationProtection = true;
        return stack;
    }

    private void Add(Repository repository)
    {
        var stack = _stacks[PlaceOf(repository)];
        var isMade = !repository.ExternalResource;
        if (repository.IsEnabled && isMade)
        {
            stack.Resource(IdOf(repository), "AWS::CodeCommit::Repository", new MapValue
            {
                ["RepositoryName"] = repository.RepositoryName,
                ["RepositoryDescription"] = Value.Of(repository.Description),
            }, repository.Location);
        }
        if (!repository.IsEnabled && isMade)
            return;
        NodeId? maker = isMade ? stack.Id : null;
        Offer(repository, "name", new LiteralSource(repository.RepositoryName) { MadeBy = maker });
        Offer(repository, "arn", ArnOf(repository, maker));
        Offer(repository, "account", new LiteralSource(repository.AccountName));
        Offer(repository, "account_id", AccountId(repository));
        Offer(repository, "region", new LiteralSource(repository.Region));
        if (repository.IsEnabled)
            build.Addresses.Add(new Address(stack.Id, repository.Path, "clone (with a role)", new LiteralSource(WithRole(repository))));
    }

    private void Offer(Repository repository, string output, Source source) => build.Offers.Add($"{repository.Path}.{output}", source);

    private void AddUser(ImmutableArray<(Repository Repository, RepositoryUser User)> rights)
    {
        var (first, user) = rights[0];
        var (stack, id) = (_stacks[PlaceOf(first)], Names.Camel(user.Username));
        stack.Resource($"{id}User", "AWS::IAM::User", new MapValue { ["UserName"] = user.Username }, user.Location);
        stack.Add(new Resource($"{id}ManagedPolicy", "AWS::IAM::ManagedPolicy", new MapValue
        {
            ["Users"] = Value.List(Fn.Ref($"{id}User")),
            ["PolicyDocument"] = PolicyDocument.Of(rights.GroupBy(r => r.User.Permissions).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => PolicyDocument.AllowMany(g.Select(r => ArnIn(stack, r.Repository)),
                    g.Key == "ReadWrite" ? Reading.Prepend("codecommit:GitPush") : Reading))),
        })
        { DependsOn = [$"{id}User"], Source = user.Location });
        stack.Output($"{id}ManagedPolicy", Fn.Ref($"{id}ManagedPolicy"), [.. rights.Select(r => $"{r.User.Path}.policy.arn")]);
        AddKeys(stack, rights);
    }

    private void AddKeys(StackBuilder stack, ImmutableArray<(Repository Repository, RepositoryUser User)> rights)
    {
        var user = rights[0].User;
        ImmutableArray<PublicKey> keys = [.. rights.Select(r => r.User.Key).OfType<PublicKey>().DistinctBy(k => k.Body)];
        var action = new UserKeys(user.Username, keys)
        {
            Id = new NodeId(stack.Id.Place, $"SshKeys-{user.Username}"),
            Ref = user.Path,
            Title = $"SSH key of {user.Username}",
            // Where there is nothing to upload, nothing is to be done for a user who is only made now.
            After = keys.IsEmpty ? [] : [stack.Id],
        };
        build.Add(action);
        if (keys.IsEmpty)
            return;
        var key = new OutputSource(action.Id, UserKeys.KeyId);
        build.Addresses.Add(new Address(action.Id, user.Path, "SSH key id", key));
        foreach (var (repository, right) in rights)
        {
            var host = $"git-codecommit.{repository.Region}.{Partition.Of(repository.Region).Domain}";
            build.Addresses.Add(new Address(action.Id, right.Path, "clone", Joined(new LiteralSource("git clone ssh://"), key,
                new LiteralSource($"@{host}/v1/repos/{repository.RepositoryName}"))));
        }
    }

    private static string WithRole(Repository repository) => $"git clone codecommit::{repository.Region}://{repository.RepositoryName}";

    private static string IdOf(Repository repository) => $"{Names.Camel(repository.Path.Parent.Last, repository.Name)}Repository";

    // An account that is not there is reported where it is named.
    private Source AccountId(Repository repository) =>
        build.Offers.Find($"accounts.{repository.AccountName}.id")?.Source ?? new LiteralSource("");

    private ListSource ArnOf(Repository repository, NodeId? maker) => Joined(
        new LiteralSource($"arn:{Partition.Of(repository.Region).Name}:codecommit:{repository.Region}:") { MadeBy = maker },
        AccountId(repository), new LiteralSource($":{repository.RepositoryName}"));

    // What stands in the same stack by what makes it; what does not, by its name.
    private Value ArnIn(StackBuilder stack, Repository repository) => !repository.ExternalResource && _stacks[PlaceOf(repository)] == stack
        ? Fn.GetAtt(IdOf(repository), "Arn")
        : Fn.Sub($"arn:${{AWS::Partition}}:codecommit:{repository.Region}:${{AWS::AccountId}}:{repository.RepositoryName}");

    private static ListSource Joined(params ImmutableArray<Source> parts) => new(parts) { Separator = "" };
}
