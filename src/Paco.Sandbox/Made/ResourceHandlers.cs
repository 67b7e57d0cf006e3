using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Made;

/// <summary>A hosted zone with its NS and SOA records; others must be gone before it goes.</summary>
internal sealed class HostedZoneHandler : ResourceHandler
{
    public override LiveResource Create(ResourceRequest m)
    {
        var name = DnsRecords.Dotted(m.Text("Name")
            ?? throw new ResourceFailure("Invalid request provided: a hosted zone must have a Name. (Service: Route53, Status Code: 400)"));
        var it = base.Create(m);
        DnsRecords.Put(m.Store, it.Physical, name, "NS", "",
            DnsRecords.Of(172800, it.Attributes["NameServers"]!.AsArray().Select(n => $"{n}.")));
        DnsRecords.Put(m.Store, it.Physical, name, "SOA", "",
            DnsRecords.Of(900, [$"{it.Attributes["NameServers"]![0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"]));
        return it;
    }

    protected override void CheckDelete(Store store, LiveResource it)
    {
        var apex = DnsRecords.Dotted(it.Properties["Name"]!.ToString());
        if (DnsRecords.In(store, it.Physical).Any(r => r.Name != apex || r.Type is not ("NS" or "SOA")))
        {
            throw new ResourceFailure(
                "The specified hosted zone contains non-required resource record sets and so cannot be deleted. (Service: Route53, Status Code: 400)");
        }
    }

    public override void Delete(Store store, LiveResource it)
    {
        store.Run("DELETE FROM records WHERE zone = $1", it.Physical);
        base.Delete(store, it);
    }
}

/// <summary>Record sets of stacks are the records Route 53's API lists.</summary>
internal sealed class RecordSetHandler : ResourceHandler
{
    public override LiveResource Create(ResourceRequest m)
    {
        var zone = Zone(m);
        foreach (var set in Sets(m.Properties))
        {
            if (DnsRecords.Find(m.Store, zone.Physical, Key(set)) is not null)
            {
                throw new ResourceFailure(
                    $"[Tried to create resource record set [name='{Key(set).Name}', type='{Key(set).Type}'] but it already exists]");
            }

            Write(m, zone, set);
        }

        // Two zones may hold records of one name: the zone is part of the identity.
        var it = Identify(m) with { Name = $"{zone.Physical} {m.Seed.Hex(16)}", Scope = "records" };
        it.Attributes["Id"] = it.Physical;
        it.Attributes["Zone"] = zone.Physical;
        m.Store.Insert(m.Store.Find(it.Account, it.Region, it.Type, it.Physical) is null ? it
            : it with { Physical = $"{it.Physical}#{m.Seed.Hex(8)}" });
        return it;
    }

    public override LiveResource Update(ResourceRequest m, LiveResource before)
    {
        var zone = Zone(m);
        foreach (var set in Sets(before.Properties).Select(Key).Except(Sets(m.Properties).Select(Key)))
        {
            DnsRecords.Remove(m.Store, zone.Physical, set);
        }

        foreach (var set in Sets(m.Properties))
        {
            Write(m, zone, set);
        }

        return base.Update(m, before);
    }

    public override void Delete(Store store, LiveResource it)
    {
        foreach (var set in Sets(it.Properties))
        {
            DnsRecords.Remove(store, it.Attributes["Zone"]!.ToString(), Key(set));
        }

        base.Delete(store, it);
    }

    private static IEnumerable<JsonObject> Sets(JsonObject properties) =>
        properties["RecordSets"] is JsonArray many ? many.OfType<JsonObject>() : [properties];

    private static RecordKey Key(JsonObject set) =>
        new(DnsRecords.Dotted(set["Name"]!.ToString()), set["Type"]!.ToString(), set["SetIdentifier"]?.ToString() ?? "");

    private static LiveResource Zone(ResourceRequest m)
    {
        var id = m.Text("HostedZoneId")?.Replace("/hostedzone/", "", StringComparison.Ordinal);
        var zone = id is not null
            ? m.Store.Find(m.Account, ResourceRegions.Global, "AWS::Route53::HostedZone", id)
            : m.Store.OfType(m.Account, ResourceRegions.Global, "AWS::Route53::HostedZone")
                .FirstOrDefault(z =>
                    DnsRecords.Dotted(z.Properties["Name"]!.ToString()) == DnsRecords.Dotted(m.Text("HostedZoneName") ?? ""));
        return zone ?? throw new ResourceFailure(
            $"No hosted zone found with ID: {id ?? m.Text("HostedZoneName")} (Service: Route53, Status Code: 404)");
    }

    private static void Write(ResourceRequest m, LiveResource zone, JsonObject set)
    {
        var (name, apex) = (Key(set).Name, DnsRecords.Dotted(zone.Properties["Name"]!.ToString()));
        if (name != apex && !name.EndsWith($".{apex}", StringComparison.Ordinal))
        {
            throw new ResourceFailure($"[RRSet with DNS name {name} is not permitted in zone {apex}]");
        }

        if (DnsRecords.In(m.Store, zone.Physical).Any(r => r.Name == name && r.Type != Key(set).Type
            && (r.Type == "CNAME" || Key(set).Type == "CNAME")))
        {
            throw new ResourceFailure($"[RRSet of type {Key(set).Type} with DNS name {name} is not permitted as it conflicts with other "
                + $"records with the same DNS name in zone {apex}]");
        }

        DnsRecords.Put(m.Store, zone.Physical, name, Key(set).Type, Key(set).SetId, set.DeepClone().AsObject());
    }
}

/// <summary>A secret with its first version: the text given, or a generated one.</summary>
internal sealed class SecretHandler : ResourceHandler
{
    public override LiveResource Create(ResourceRequest m)
    {
        var it = base.Create(m);
        Secrets.Put(m.Store, it.Physical, Value(m, m.Seed), m.Seed.Uuid("version"), m.Now);
        return it;
    }

    public override LiveResource Update(ResourceRequest m, LiveResource before)
    {
        var changed = !Json.Same(before.Properties["SecretString"], m.Properties["SecretString"])
            || !Json.Same(before.Properties["GenerateSecretString"], m.Properties["GenerateSecretString"]);
        if (changed)
        {
            // Another password also where only the text around it changes.
            var seed = new DeterministicIds(m.Seed.Hex(64, $"{m.Now:O} {Json.Canonical(m.Properties)}"));
            Secrets.Put(m.Store, before.Physical, Value(m, seed), seed.Uuid("version"), m.Now);
        }

        return base.Update(m, before);
    }

    public override void Delete(Store store, LiveResource it)
    {
        store.Run("DELETE FROM secrets WHERE arn = $1", it.Physical);
        base.Delete(store, it);
    }

    private static string Value(ResourceRequest m, DeterministicIds seed)
    {
        if (m.Properties["GenerateSecretString"] is not JsonObject wish)
        {
            return m.Text("SecretString") ?? "";
        }

        var password = Passwords.Make(wish, seed);
        if (wish["GenerateStringKey"] is not { } key)
        {
            return password;
        }

        var filled = Parse(wish["SecretStringTemplate"]?.ToString() ?? "{}")
            ?? throw new ResourceFailure("SecretStringTemplate must be a JSON object. (Service: SecretsManager, Status Code: 400)");
        filled[key.ToString()] = password;
        return filled.ToText();
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return Json.Read(text) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
