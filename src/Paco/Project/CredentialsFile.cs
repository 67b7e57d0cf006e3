using Paco.Binding;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Project;

/// <summary>
/// Paco 9's <c>.credentials.yaml</c>. Of it only the role's name counts; the keys in it are not used, and nothing of it is shown.
/// </summary>
internal static class CredentialsFile
{
    private const string Name = ".credentials.yaml";
    private const string Field = "admin_iam_role_name";

    public static readonly DiagnosticCode Unusable = new("PACO3033", Severity.Warning, "a role that cannot be read",
        "`.credentials.yaml` may name the role that is assumed in every account before the account's own `admin_delegate_role_name`. It could not be read there, so only the account's own role is tried.");

    private static readonly Check RoleName = Check.Matching("a role's name", "^[A-Za-z0-9_+=,.@-]{1,64}$");

    /// <summary>The role to be tried first in every account, or null where the file, or that line of it, is missing.</summary>
    public static string? AdminRole(ProjectFiles files, DiagnosticBag bag)
    {
        if (files.TopFile(Name) is not { } path)
            return null;
        // Its own words about the file could quote a key.
        var mistakes = new DiagnosticBag();
        var node = new ProjectFiles(files.Home, mistakes).ReadYaml(path);
        var written = (node as MapNode)?[Field];
        if (!mistakes.HasErrors && written is null or ScalarNode { IsNull: true })
            return null;
        if (!mistakes.HasErrors && written is ScalarNode { Tag: null, Value: var role } && RoleName.Holds(role))
            return role;
        bag.Add(Unusable, Location.None, $"{Name} does not say which role it means by {Field}",
            $"write {Field}: NAME there, or remove the file: nothing else of it is used");
        return null;
    }
}
