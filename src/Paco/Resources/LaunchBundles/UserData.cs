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

    // What a script calls that signals by itself, when it thinks the time has come.
    private static readonly string[] SignalWords = ["ec2lm_signal_asg_resource", "cfn-signal", "signal-resource"];

    /// <summary>
    /// The stub, the bundles, then the user's script. It changes with everything an instance is made from besides the launch template's
    /// own properties, bundles (and so monitoring) and cfn-init's metadata: a change makes a new version of the launch template.
    /// </summary>
    public static string Of(LaunchSettings settings, LaunchBundleSet bundles) => Script.Fill("userdata.bash",
        ("stack_name", settings.StackName),
        ("digest", bundles.Digest),
        ("metadata", Metadata(settings)),
        ("bucket", Script.Quote(settings.Bucket)),
        ("waits", settings.WaitOnSignals ? "true" : "false"),
        ("region", Script.Quote(settings.Region)),
        ("common", Script.Fill("common.bash")),
        ("success", settings.WaitOnSignals && !SignalsItself(settings) ? "        ec2lm_signal_asg_resource SUCCESS || true\n" : ""),
        ("pre_script", Block(settings.PreScript)),
        ("update_packages", settings.UpdatePackages ? Block(Script.Fill("update.bash")) : ""),
        ("script", WithoutShebang(settings.UserScript))).TrimEnd() + "\n";

    /// <summary>The user's script alone: for groups nobody may change.</summary>
    public static string Alone(string script) => Shebang + WithoutShebang(script);

    /// <summary>True where the user's own script or cfn_init says when the instance is ready.</summary>
    public static bool SignalsItself(LaunchSettings settings) => settings.Metadata.Select(Canonical).Append(settings.UserScript)
        .Any(text => SignalWords.Any(word => text.Contains(word, StringComparison.Ordinal)));

    /// <summary>A comment that changes with cfn-init's metadata, which is no property of the launch template; empty without any.</summary>
    public static string Metadata(LaunchSettings settings) => settings.Metadata.IsEmpty
        ? ""
        : $"\n# cfn_init {Names.Md5(string.Concat(settings.Metadata.Select(Canonical)))}";

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
