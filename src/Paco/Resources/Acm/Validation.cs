using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Resources.Acm;

/// <summary>
/// How a certificate's names are proved. Where a name's zone is in the certificate's account, CloudFormation writes the
/// record; where it is in another, an action does while the stack waits; where the project has none, a person must.
/// </summary>
internal static class Validation
{
    public static readonly DiagnosticCode NoZone = new("PACO3022", Severity.Warning, "a certificate that nobody proves",
        "AWS issues a certificate once it finds a CNAME record for each of its names. The project has no public hosted zone for this one, so the record must be made by hand, and the stack waits until it is there. Declare the zone in resource/route53.yaml; where it exists already, with `external_resource`.");

    /// <summary>The options CloudFormation is given. Records in other accounts become actions, uncovered names warnings.</summary>
    public static IReadOnlyList<Value> Of(Acm certificate, StackBuilder stack, BuildScope scope)
    {
        var options = new List<Value>();
        foreach (var zone in Provable(certificate.Names).GroupBy(name => Zone(scope, name, stack.Id.Place.Account)))
        {
            if (zone.Key is not { } found)
                Warn(scope, certificate, zone);
            else if (scope.Build.AccountOf(found.AccountName) == stack.Id.Place.Account)
                options.AddRange(zone.Select(name => Option(stack, name, found)));
            else
                scope.Build.Add(Action(certificate, stack, scope.Build.AccountOf(found.AccountName), found, [.. zone]));
        }
        return options;
    }

    // A name and the wildcard below it have one record.
    private static IEnumerable<string> Provable(IReadOnlyList<string> names) =>
        names.Where(name => DomainNames.Check.Holds(name)
            && (!name.StartsWith("*.", StringComparison.Ordinal) || !names.Contains(name[2..], StringComparer.OrdinalIgnoreCase)));

    // The closest public zone; of two for one domain that of the certificate's own account.
    private static IHostedZone? Zone(BuildScope scope, string name, string account) =>
        (scope.Build.Index.Find(IHostedZones.Path) as IHostedZones)?.Zones
            .Where(zone => zone is { IsPrivate: false, AccountName.Length: > 0, DomainName.Length: > 0 }
                && DomainNames.LiesIn(name, zone.DomainName))
            .OrderByDescending(zone => zone.DomainName.Length)
            .ThenByDescending(zone => scope.Build.AccountOf(zone.AccountName) == account)
            .FirstOrDefault();

    private static MapValue Option(StackBuilder stack, string name, IHostedZone zone) => new()
    {
        ["DomainName"] = name,
        ["HostedZoneId"] = stack.Input($"HostedZoneId{Names.LogicalId(zone.DomainName)}", zone.Id),
    };

    private static ValidationRecords Action(Acm certificate, StackBuilder stack, string account, IHostedZone zone,
        string[] names) => new(certificate.DomainName, [.. names])
    {
        Id = new NodeId(stack.Id.Place with { Account = account }, Names.Stack(stack.Id.Name, zone.DomainName, "Validation")),
        Ref = certificate.Path,
        Title = $"validation record of {string.Join(", ", names)} in the zone {zone.DomainName}",
        Inputs = [new(ValidationRecords.ZoneId, new RefSource(zone.Id))],
        During = stack.Id,
    };

    private static void Warn(BuildScope scope, Acm certificate, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var bare = name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name;
            scope.Build.Bag.Add(NoZone, certificate.Location,
                $"no public zone of the project covers {name}: the certificate waits for a CNAME record _….{bare} that you make by hand",
                "Certificate Manager's console shows its name and value once the stack has begun", subject: certificate.Path);
        }
    }
}
