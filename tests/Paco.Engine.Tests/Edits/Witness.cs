using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Paco.CloudFormation;
using Paco.Planning;

namespace Paco.Engine.Tests.Edits;

/// <summary>Holds what happened in the cloud against the plan that was agreed to.</summary>
internal sealed class Witness(Plan plan, IReadOnlyDictionary<string, string> accountIds, Census before)
{
    /// <summary>A stack of somebody else, by whose name one could take it for ours.</summary>
    public const string Neighbour = "NE-mynet-dev-App-shop-site-ours";

    // What cannot be made again, by what AWS's own documentation says of losing it; the table of types is not asked.
    private static readonly ImmutableHashSet<string> Precious =
    [
        "AWS::RDS::DBInstance", "AWS::Route53::HostedZone", "AWS::EC2::EIP", "AWS::SecretsManager::Secret", "AWS::S3::Bucket",
        "AWS::Logs::LogGroup",
    ];

    private readonly Dictionary<(string Account, string Region, string Name), PlannedStack> _stacks = plan.Nodes.OfType<PlannedStack>()
        .ToDictionary(s => (accountIds[s.Id.Place.Account], s.Id.Place.Region, s.Id.Name));

    /// <summary>Every stack and key pair there is was named by the plan: as a node, as an orphan or as not built.</summary>
    public void ListsEverything()
    {
        var orphans = plan.Orphans.Concat(plan.HeldBack).Concat(plan.Unclaimed)
            .Select(o => (accountIds[o.Place.Account], o.Place.Region, o.Name)).ToHashSet();
        var notBuilt = plan.NotBuilt.Select(n => (n.Region, n.Name)).ToHashSet();
        foreach (var stack in before.Stacks.Where(s => s.Name != Neighbour))
        {
            Must(_stacks.ContainsKey(stack) || orphans.Contains(stack) || notBuilt.Contains((stack.Region, stack.Name)),
                $"{stack.Name} in {stack.Account} {stack.Region} is deployed and nobody lists it");
        }
        foreach (var pair in before.Things.Where(t => t.Type == "AWS::EC2::KeyPair"))
        {
            var named = (pair.Account, pair.Region, $"KeyPair-{pair.Physical}");
            Must(orphans.Contains(named) || plan.Nodes.Any(n => (accountIds[n.Id.Place.Account], n.Id.Place.Region, n.Id.Name) == named),
                $"{Name(pair)} is there and nobody lists it");
        }
    }

    /// <summary>Where nothing is left to be done every database has the password that is written, also those nobody can read.</summary>
    public static void IsAsWritten(ProjectFiles files, Census now)
    {
        var written = files.Values("master_user_password").ToHashSet(StringComparer.Ordinal);
        foreach (var database in now.Things.Where(t => t.Type == "AWS::RDS::DBInstance"))
        {
            var password = JsonNode.Parse(database.Properties)!["MasterUserPassword"]?.ToString() ?? "";
            Must(password.StartsWith("{{resolve:", StringComparison.Ordinal) || written.Contains(password),
                $"{Name(database)} has an old password, and no plan says so");
        }
    }

    /// <summary>Nothing happened that the plan did not list, and nothing precious went that it did not call so.</summary>
    public void Compare(Census after)
    {
        foreach (var gone in before.GoneIn(after))
        {
            Must(IsListed(gone, ChangeKind.Delete, ChangeKind.Replace), $"{Name(gone)} went, and the plan did not say so");
            Must(!Precious.Contains(gone.Type) || IsPermitted(gone), $"{Name(gone)} went, and nobody was asked for permission");
        }
        foreach (var (was, now) in before.ChangedIn(after))
        {
            Must(IsListed(was, now), $"{Name(was)} changed, and the plan did not say so: {Difference(was.Properties, now.Properties)}");
            Must(!Loses(was, now) || IsPermitted(was), $"{Name(was)} lost something, and nobody was asked for permission");
        }
        foreach (var made in after.GoneIn(before))
        {
            Must(IsListed(made, ChangeKind.Create, ChangeKind.Replace, ChangeKind.Import),
                $"{Name(made)} was made, and the plan did not say so");
        }
    }

    // What its stack leaves behind on purpose belongs to nobody, until a stack takes it over.
    private bool IsListed(Thing was, Thing now) => was.Stack == now.Stack
        ? IsListed(was, ChangeKind.Update, ChangeKind.Replace)
        : was.Stack is null ? IsListed(now, ChangeKind.Import) : IsListed(was, ChangeKind.Delete, ChangeKind.Replace);

    // What no stack has is the work of an action in that account.
    private bool IsListed(Thing thing, params ChangeKind[] kinds) => thing.Stack is null
        ? plan.Nodes.OfType<PlannedAction>().Any(a => a.HasWork && accountIds.GetValueOrDefault(a.Id.Place.Account) == thing.Account)
        : Changes(thing).Any(c => kinds.Contains(c.Kind));

    private bool IsPermitted(Thing thing) => Stack(thing) is { DestroysData: true };

    private PlannedStack? Stack(Thing thing) => _stacks.GetValueOrDefault((thing.Account, thing.Region, thing.Stack ?? ""));

    private IEnumerable<ResourceChange> Changes(Thing thing) => Stack(thing)?.Changes.Where(c => c.LogicalId == thing.Logical) ?? [];

    // A password that a database has still, and the backups of one that is to have none.
    private static bool Loses(Thing was, Thing now) =>
        was.Secret != now.Secret
        || (was.Type == "AWS::RDS::DBInstance" && Retention(was) is not 0 && Retention(now) is 0);

    private static int Retention(Thing database) =>
        int.Parse(JsonNode.Parse(database.Properties)!["BackupRetentionPeriod"]?.ToString() ?? "1", CultureInfo.InvariantCulture);

    // Around the first letter that differs.
    private static string Difference(string was, string now)
    {
        var at = was.Zip(now).TakeWhile(c => c.First == c.Second).Count();
        return $"{Part(was)} became {Part(now)}";

        string Part(string text) => text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 60)];
    }

    private static string Name(Thing thing) =>
        $"{thing.Type} {thing.Logical ?? thing.Physical} of {thing.Stack ?? "no stack"} in {thing.Region}";

    private static void Must(bool holds, string what)
    {
        if (!holds)
            throw new InvalidOperationException($"does not hold: {what}");
    }
}
