using System.Collections.Immutable;
using System.Globalization;
using Paco.Binding;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Project;

/// <summary>
/// A project's <c>.credentials.yaml</c>, as <c>paco init credentials</c> and Paco 9 write it: the keys everything starts from, the MFA
/// device beside them, the role to try first in every account. Nothing of it is ever quoted.
/// </summary>
public sealed record CredentialsFile
{
    /// <summary>Its name in the project's directory.</summary>
    public const string Name = ".credentials.yaml";

    public static readonly DiagnosticCode Unusable = new("PACO3033", Severity.Warning, "credentials that cannot be used",
        "`.credentials.yaml` may hold the keys to sign in with, the name of their user, whose MFA device is asked for a code, and the role that is assumed in every account before the account's own `admin_delegate_role_name`. One of its lines could not be used. Its values are never shown, so the message names the line alone. While it is so, a command that would sign in with this file says so and does not; `--profile` and keys in the environment win over the file, and `paco init credentials` writes a new one where there is none.");

    // AWS's limits: GetSessionToken lasts up to 36 hours, a role as it is made for one; shorter than 15 minutes nothing does.
    private static readonly (int Least, int Most) MfaSeconds = (900, 129_600);
    private static readonly (int Least, int Most) RoleSeconds = (900, 3600);

    private static readonly Check RoleName = Check.Matching("a role's name", "^[A-Za-z0-9_+=,.@-]{1,64}$");
    private static readonly Check UserNameCheck = Check.Matching("a user's name", "^[A-Za-z0-9_+=,.@-]{1,64}$");
    private static readonly Check Seconds = Check.Matching("a number of seconds", "^[0-9]{1,9}$");

    /// <summary>What an access key's id looks like, for lasting keys of a user.</summary>
    public static readonly Check KeyId = Check.Matching("20 capital letters and digits, of which the first are AKIA",
        "^AKIA[A-Z0-9]{12,124}$");

    /// <summary>What a secret access key looks like.</summary>
    public static readonly Check SecretKey = Check.Matching("40 letters, digits, + and /", "^[A-Za-z0-9/+=]{40}$");

    /// <summary>Null where the file holds no keys: then it says no more than a role's name.</summary>
    public string? AccessKeyId { get; init; }

    public Secret? SecretAccessKey { get; init; }

    /// <summary>Whose keys these are; an MFA device of that name is asked for a code. Null: they have none.</summary>
    public string? UserName { get; init; }

    /// <summary>The account the keys belong to, in 12 digits; null leaves it to AWS.</summary>
    public string? MasterAccountId { get; init; }

    /// <summary>The role that is tried first in every account.</summary>
    public string? AdminRoleName { get; init; }

    /// <summary>How long a code of the MFA device is good for, in seconds.</summary>
    public int MfaSessionSeconds { get; init; } = 3600;

    /// <summary>How long a role is assumed for, in seconds; null says nothing.</summary>
    public int? RoleSessionSeconds { get; init; }

    /// <summary>Why nobody can sign in with the file, as a sentence that quotes nothing of it; null where they can.</summary>
    public string? Flaw { get; init; }

    /// <summary>What a project's file says, or null where there is none. What is wrong with it goes to the bag.</summary>
    internal static CredentialsFile? Read(ProjectFiles files, DiagnosticBag bag)
    {
        if (files.TopFile(Name) is not { } path)
            return null;
        // Its own words about the file could quote a key.
        var mistakes = new DiagnosticBag();
        var node = new ProjectFiles(files.Home, mistakes).ReadYaml(path);
        var lines = new Lines(mistakes.HasErrors ? null : node as MapNode);
        var flaw = mistakes.HasErrors || node is not (null or MapNode or ScalarNode { IsNull: true })
            ? $"{Name} cannot be read as a YAML map"
            : null;
        var (id, secret) = (lines.Of("aws_access_key_id"), lines.Of("aws_secret_access_key"));
        var file = new CredentialsFile
        {
            AccessKeyId = id,
            SecretAccessKey = secret is null ? null : new Secret(secret),
            UserName = lines.Of("master_admin_iam_username", UserNameCheck),
            MasterAccountId = lines.Of("master_account_id", Check.AccountId),
            AdminRoleName = lines.Of("admin_iam_role_name", RoleName),
            MfaSessionSeconds = lines.Number("mfa_session_expiry_secs", MfaSeconds) ?? 3600,
            RoleSessionSeconds = lines.Number("assume_role_session_expiry_secs", RoleSeconds),
        };
        flaw ??= lines.Flaws.FirstOrDefault() ?? Half(id, secret);
        if (flaw is not null)
            bag.Add(Unusable, Location.None, flaw, "mend that line, or move the file away and run paco init credentials");
        return file with { Flaw = flaw };
    }

    private static string? Half(string? id, string? secret) => (id, secret) switch
    {
        (null, not null) => $"{Name} has aws_secret_access_key and no aws_access_key_id",
        (not null, null) => $"{Name} has aws_access_key_id and no aws_secret_access_key",
        _ => null,
    };

    /// <summary>The lines of the file; of one that cannot be used its name alone is told.</summary>
    private sealed class Lines(MapNode? map)
    {
        private ImmutableArray<string> _flaws = [];

        public ImmutableArray<string> Flaws => _flaws;

        public string? Of(string field, Check? check = null)
        {
            switch (map?[field])
            {
                case null or ScalarNode { IsNull: true } or ScalarNode { Value: "" }:
                    return null;
                case ScalarNode { Tag: null, Value: var value } when check is null || check.Holds(value):
                    return value;
                default:
                    _flaws = _flaws.Add($"{field} in {Name} is not {check?.Words ?? "one text"}");
                    return null;
            }
        }

        public int? Number(string field, (int Least, int Most) limits) => Of(field, Seconds) is { } digits
            ? Math.Clamp(int.Parse(digits, CultureInfo.InvariantCulture), limits.Least, limits.Most)
            : null;
    }
}
