using System.Text;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.LaunchBundles;

/// <summary>What an instance runs first: a small stub that fetches the bundles, and the user's own script.</summary>
internal static class UserData
{
    /// <summary>EC2's limit, in bytes.</summary>
    public const int MaxBytes = 16 * 1024;

    private const string Shebang = "#!/bin/bash\n";

    /// <summary>The stub, the bundles, then the user's script.</summary>
    public static string Of(LaunchSettings settings, LaunchBundleSet bundles) => Script.Fill("userdata.bash",
        ("stack_name", settings.StackName),
        ("digest", Digest(settings, bundles)),
        ("pre_script", Block(settings.PreScript)),
        ("update_packages", settings.UpdatePackages ? Block(Script.Fill("update.bash")) : ""),
        ("region", Script.Quote(settings.Region)),
        ("bucket", Script.Quote(settings.Bucket)),
        ("script", WithoutShebang(settings.UserScript))).TrimEnd() + "\n";

    /// <summary>The user's script alone: for groups nobody may change.</summary>
    public static string Alone(string script) => Shebang + WithoutShebang(script);

    /// <summary>
    /// Changes with everything an instance is made from besides the launch template's own properties: bundles (and so
    /// monitoring) and cfn-init's metadata. It stands in the user data, so a change makes a new version of the launch template.
    /// </summary>
    public static string Digest(LaunchSettings settings, LaunchBundleSet bundles) =>
        Names.Md5(bundles.CacheId + string.Concat(settings.Metadata.Select(Canonical)));

    public static int Bytes(string script) => Encoding.UTF8.GetByteCount(script);

    private static string Block(string text) => text.Length == 0 ? "" : $"\n{text.TrimEnd('\n')}\n";

    // The whole runs as one script, so only its first line names an interpreter.
    private static string WithoutShebang(string script) => script.Replace("#!/bin/bash", "", StringComparison.Ordinal).TrimStart('\n');

    // Values before linking: references by what they refer to.
    private static string Canonical(Value value) => value switch
    {
        TextValue text => $"\"{text.Text}\"",
        NumberValue number => number.Text,
        FlagValue flag => flag.Flag ? "true" : "false",
        ListValue list => $"[{string.Join(',', list.Items.Select(Canonical))}]",
        MapValue map => $"{{{string.Join(',', map.Select(e => $"\"{e.Key}\":{Canonical(e.Value)}"))}}}",
        RefValue reference => $"Ref({reference.LogicalId})",
        GetAttValue attribute => $"GetAtt({attribute.LogicalId}.{attribute.Attribute})",
        FunctionValue function => $"{function.Name}({Canonical(function.Argument)})",
        InputValue input => $"Input({input.Reference.Path})",
        _ => throw new InvalidOperationException($"{value.GetType().Name} is no value"),
    };
}
