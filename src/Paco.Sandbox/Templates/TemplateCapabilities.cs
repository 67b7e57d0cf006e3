namespace Paco.Sandbox.Templates;

/// <summary>What a template must be agreed to have.</summary>
internal static class TemplateCapabilities
{
    public const string AutoExpand = "CAPABILITY_AUTO_EXPAND";

    private const string Iam = "CAPABILITY_IAM";
    private const string NamedIam = "CAPABILITY_NAMED_IAM";

    /// <summary>AWS's words for what somebody did not agree to; null where nothing is missing.</summary>
    public static string? Missing(Template template, List<string> given, bool transforms)
    {
        var missing = new List<string>();
        if (TemplateChecks.NeededCapability(template) is { } iam && !given.Contains(iam) && !(iam == Iam && given.Contains(NamedIam)))
        {
            missing.Add(iam);
        }

        if (transforms && !given.Contains(AutoExpand))
        {
            missing.Add(AutoExpand);
        }

        return missing.Count > 0 ? $"Requires capabilities : [{string.Join(", ", missing)}]" : null;
    }
}
