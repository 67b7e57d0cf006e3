namespace Paco.Syntax;

/// <summary>Where a user's own files are, as the AWS CLI has it: on Windows the profile, whatever HOME some shell sets there.</summary>
public static class HomeFolder
{
    /// <summary>The folder; empty where nothing says it.</summary>
    public static string Of(Func<string, string?> environment) => Of(environment, OperatingSystem.IsWindows());

    public static string Of(Func<string, string?> environment, bool isWindows)
    {
        string[] names = isWindows ? ["USERPROFILE", "HOME"] : ["HOME", "USERPROFILE"];
        return names.Select(environment).FirstOrDefault(value => value is { Length: > 0 }) ?? "";
    }
}
