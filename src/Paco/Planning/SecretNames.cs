using System.Text.RegularExpressions;
using Paco.CloudFormation;

namespace Paco.Planning;

/// <summary>Names that say that what they name is secret: passwords, tokens, keys.</summary>
internal static partial class SecretNames
{
    /// <summary>Stands where a secret value would.</summary>
    public const string Shown = "(secret)";

    public static bool Says(string name) => Secretive().IsMatch(name) && !Harmless().IsMatch(name);

    /// <summary>True where anything within a value is named so, as a key or beside it: <c>{ Name: DB_PASSWORD, Value: … }</c>.</summary>
    public static bool AreIn(Value? value) => value switch
    {
        MapValue map => map.Any(e => Says(e.Key) || AreIn(e.Value)),
        ListValue list => list.Items.Any(AreIn),
        TextValue text => Says(text.Text),
        _ => false,
    };

    [GeneratedRegex(@"secret|password|passwd|passphrase|auth_?token|token$|private_?key|api_?key|credential", RegexOptions.IgnoreCase)]
    private static partial Regex Secretive();

    [GeneratedRegex(@"(arn|arns|id|ids|name|policy|length|enabled|version|days)$|^manage", RegexOptions.IgnoreCase)]
    private static partial Regex Harmless();
}
