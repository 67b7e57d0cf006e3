using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Paco.Resources.LaunchBundles;

/// <summary>
/// What an instance of Windows runs first: one PowerShell script that holds everything, as there is no bucket. Scripts that EC2Launch
/// would run beside it (<c>&lt;script&gt;</c>), and its other tags, stay where they are.
/// </summary>
internal static partial class WindowsUserData
{
    public static string Of(LaunchSettings settings)
    {
        var written = PowerShell().Match(settings.UserScript);
        // Without any tag EC2Launch would ignore a script; and what is YAML is a configuration of its own.
        if (!written.Success && IsConfiguration(settings.UserScript))
            return settings.UserScript;
        var hasTags = Tags().IsMatch(settings.UserScript);
        var script = written.Success ? written.Groups[1].Value : hasTags ? "" : settings.UserScript;
        var own = $"<powershell>\n{Body(settings, script)}</powershell>\n";
        return written.Success ? settings.UserScript.Replace(written.Value, own.TrimEnd(), StringComparison.Ordinal)
            : hasTags ? $"{settings.UserScript.TrimEnd()}\n{own}"
            : own;
    }

    /// <summary>True where the script is a configuration of EC2Launch, which takes the place of all that Paco would do.</summary>
    public static bool IsConfiguration(string script) => Configuration().IsMatch(script);

    private static string Body(LaunchSettings settings, string script) => Script.Fill("windows.ps1",
        ("stack_name", settings.StackName),
        ("metadata", UserData.Metadata(settings)),
        ("stack_name_quoted", Quote(settings.StackName)),
        ("region", Quote(settings.Region)),
        ("signal", settings.WaitOnSignals
            ? Script.Fill("windows-signal.ps1").TrimEnd()
            : "        # No stack operation waits for this instance."),
        ("steps", Steps(settings, script)),
        ("success", settings.WaitOnSignals && !UserData.SignalsItself(settings) ? "Send-PacoSignal 0\n" : ""));

    private static string Steps(LaunchSettings settings, string script) => string.Concat(
        settings.SsmAgent ? Script.Fill("windows-ssm.ps1") : "",
        settings.AgentConfiguration is { } json
            ? Script.Fill("windows-cloudwatchagent.ps1", ("configuration", Quote(ForWindows(json))))
            : "",
        settings.ConfigSets.IsEmpty
            ? ""
            : Script.Fill("windows-cfn-init.ps1", ("config_sets", Quote(string.Join(',', settings.ConfigSets)))),
        settings.CodeDeployAgent ? Script.Fill("windows-codedeploy.ps1") : "",
        script.Trim().Length == 0 ? "" : Script.Fill("windows-script.ps1", ("script", script.Trim('\r', '\n'))));

    // The log file's path is one of Linux; the agent's own default is right.
    private static string ForWindows(string json)
    {
        var configuration = JsonNode.Parse(json)!;
        configuration["agent"]?.AsObject().Remove("logfile");
        return configuration.ToJsonString();
    }

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    [GeneratedRegex("<powershell>(.*?)</powershell>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex PowerShell();

    [GeneratedRegex(@"\A\s*<[a-z]+>", RegexOptions.IgnoreCase)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\A\s*version\s*:", RegexOptions.IgnoreCase)]
    private static partial Regex Configuration();
}
