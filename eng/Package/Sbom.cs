using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paco.Package;

/// <summary>The bill of materials, in the JSON of CycloneDX 1.6: what was linked into the program, as the build listed it.</summary>
internal sealed class Sbom(NativeBuild build, IEnumerable<EmbeddedData> data, DateTimeOffset time)
{
    private const string Root = "paco";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public string Text()
    {
        var bom = Bom();
        // No clock and no chance: the same program has the same number.
        bom["serialNumber"] = $"urn:uuid:{Number(bom.ToJsonString())}";
        return bom.ToJsonString(Indented) + "\n";
    }

    private JsonObject Bom() => new()
    {
        ["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json",
        ["bomFormat"] = "CycloneDX",
        ["specVersion"] = "1.6",
        ["serialNumber"] = "",
        ["version"] = 1,
        ["metadata"] = new JsonObject
        {
            ["timestamp"] = $"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}",
            ["component"] = new JsonObject
            {
                ["type"] = "application", ["bom-ref"] = Root, ["name"] = "paco", ["version"] = build.Version,
                ["licenses"] = Licence("MIT"),
                ["hashes"] = Hash("SHA-256", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(build.Program)))),
                ["properties"] = new JsonArray(new JsonObject { ["name"] = "paco:runtime", ["value"] = NativeBuild.Runtime }),
            },
        },
        ["components"] = new JsonArray([.. build.Packages.Select(Component), .. data.Select(Component)]),
        ["dependencies"] = new JsonArray([Dependencies(Root, build.Packages.Select(p => p.Purl).Concat(data.Select(d => d.Purl))),
            .. build.Packages.Select(Dependencies)]),
    };

    private static JsonObject Component(LinkedPackage package)
    {
        var component = new JsonObject
        {
            ["type"] = "library", ["bom-ref"] = package.Purl, ["authors"] = new JsonArray(new JsonObject { ["name"] = package.Authors }),
            ["name"] = package.Id, ["version"] = package.Version, ["copyright"] = package.Copyright,
            ["licenses"] = package.Licence is { } licence ? Licence(licence) : OwnLicence(package), ["purl"] = package.Purl,
        };
        if (package.Sha512 is { } hash)
            component["hashes"] = Hash("SHA-512", hash);
        (string Kind, string? Address)[] links = [("website", package.Page), ("vcs", package.Sources)];
        component["externalReferences"] = new JsonArray([.. links.Where(l => l.Address is not null)
            .Select(l => new JsonObject { ["type"] = l.Kind, ["url"] = l.Address })]);
        return component;
    }

    private static JsonObject Component(EmbeddedData data) => new()
    {
        ["type"] = "data", ["bom-ref"] = data.Purl, ["name"] = data.Name, ["version"] = data.Version, ["copyright"] = data.Copyright,
        ["licenses"] = Licence(data.Licence), ["purl"] = data.Purl,
    };

    private JsonObject Dependencies(LinkedPackage package) => Dependencies(package.Purl, build.Packages
        .Where(other => package.Needs.Contains(other.Id, StringComparer.OrdinalIgnoreCase)).Select(other => other.Purl));

    private static JsonObject Dependencies(string from, IEnumerable<string> to) =>
        new() { ["ref"] = from, ["dependsOn"] = new JsonArray([.. to.Select(purl => (JsonNode)purl)]) };

    private static JsonArray Licence(string id) => new(new JsonObject { ["license"] = new JsonObject { ["id"] = id } });

    private static JsonArray OwnLicence(LinkedPackage package) => new(new JsonObject
    {
        ["license"] = new JsonObject
        {
            ["name"] = $"The licence of {package.Id}", ["text"] = new JsonObject { ["content"] = package.LicenceText.Trim() },
        },
    });

    private static JsonArray Hash(string algorithm, string content) => new(new JsonObject { ["alg"] = algorithm, ["content"] = content });

    private static Guid Number(string text)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text))[..16];
        // RFC 9562, version 8: of one's own making.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
