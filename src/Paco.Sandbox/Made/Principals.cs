using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>
/// Whom a policy names: AWS turns names of roles and users into ids when it takes a policy on, and refuses one that names nobody. Names of
/// services, and of accounts, are not looked up. Source: IAM User Guide, "AWS JSON policy elements: Principal".
/// </summary>
internal static partial class Principals
{
    // Organizations makes it in every account it makes.
    private const string MadeByOrganizations = "OrganizationAccountAccessRole";

    /// <summary>The first that a policy names and nobody is, in any account of the world; null where there is none.</summary>
    /// <param name="policy">The document, as an object or as text.</param>
    public static string? Unknown(Store store, JsonNode? policy) => Statements(policy)
        .SelectMany(s => Of(s["Principal"]).Concat(Of(s["NotPrincipal"])))
        .FirstOrDefault(p => !Exists(store, p));

    /// <summary>The statements of a policy; none of what is not one.</summary>
    public static IEnumerable<JsonObject> Statements(JsonNode? policy)
    {
        try
        {
            return ServicePermission.Statements(policy);
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static IEnumerable<string> Of(JsonNode? principal) => (principal as JsonObject)?["AWS"] switch
    {
        null => [],
        JsonArray many => many.Select(Json.Scalar),
        var one => [Json.Scalar(one)],
    };

    private static bool Exists(Store store, string principal)
    {
        if (principal == "*" || Account().IsMatch(principal) || Session().IsMatch(principal))
        {
            return true;
        }

        if (Person().Match(principal) is not { Success: true, Groups: var part })
        {
            return false;
        }

        var (account, isRole, path, name) = (part[1].Value, part[2].Value == "role", part[3].Value, part[4].Value);
        if (isRole && (path.StartsWith("/aws-service-role/", StringComparison.Ordinal)
            || path.StartsWith("/aws-reserved/", StringComparison.Ordinal) || name == MadeByOrganizations))
        {
            return true;
        }

        var it = store.Find(account, ResourceRegions.Global, isRole ? Roles.Type : UserCredentials.UserType, name);
        return it is not null && (it.Properties["Path"]?.ToString() ?? "/") == path;
    }

    [GeneratedRegex("^([0-9]{12}|arn:aws[a-z-]*:iam::[0-9]{12}:root)$", RegexOptions.CultureInvariant)]
    private static partial Regex Account();

    [GeneratedRegex("^arn:aws[a-z-]*:sts::[0-9]{12}:(assumed-role/[^/*]+/[^/*]+|federated-user/[^/*]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Session();

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::([0-9]{12}):(role|user)(/(?:[^*]*/)?)([\w+=,.@-]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Person();
}
