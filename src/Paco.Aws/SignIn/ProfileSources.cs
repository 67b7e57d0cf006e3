using Paco.Clouds;
using Paco.Diagnostics;

namespace Paco.Aws.SignIn;

/// <summary>What a profile of <c>~/.aws/config</c> says about coming by keys.</summary>
internal sealed class ProfileSources(Conversation conversation)
{
    private AwsConfig Config => conversation.Config;

    /// <summary>
    /// The way a profile describes; null where it describes none: one with no more than a region does not hide an instance's role. What
    /// is wrong with it is thrown.
    /// </summary>
    public CredentialSource? Of(string name)
    {
        if (Config.Profile(name) is null)
            return null;
        return ProfileCheck.Flaw(Config, name) is { } flaw ? throw Conversation.Blocked(flaw, "BadProfile") : Of(name, isOrigin: false);
    }

    /// <param name="isOrigin">Another profile's role is assumed from it. One that names itself has keys beside the role.</param>
    private CredentialSource? Of(string name, bool isOrigin)
    {
        var profile = Config.Profile(name)!;
        if (!isOrigin && profile.ContainsKey("role_arn"))
            return Role(name, profile);
        if (Written(name, profile) is { } keys)
            return keys;
        if (isOrigin && profile.GetValueOrDefault("source_profile") != name && profile.ContainsKey("role_arn"))
            return Role(name, profile);
        if (profile.ContainsKey("sso_session") || profile.ContainsKey("sso_start_url"))
            return SingleSignOn(name, profile);
        return profile.GetValueOrDefault("credential_process") is { Length: > 0 } command
            ? new ProcessKeys(name, command, conversation.Options.Clock)
            : null;
    }

    private CredentialSource Role(string name, IReadOnlyDictionary<string, string> profile)
    {
        if (profile.GetValueOrDefault("web_identity_token_file") is { } file)
        {
            return new WebIdentityRole(conversation, $"the profile {name}", file, profile["role_arn"],
                profile.GetValueOrDefault("role_session_name"));
        }
        var from = profile.GetValueOrDefault("source_profile") is { } source
            ? Of(source, isOrigin: true) ?? throw NoKeys(name, source)
            : OfMachine(name, profile["credential_source"]);
        return new ProfileRole(conversation, name, profile, from);
    }

    private CredentialSource OfMachine(string name, string source) => source switch
    {
        "Environment" => OfEnvironment(conversation) ?? throw Conversation.Blocked(
            $"The profile {name} has credential_source = Environment, and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set."),
        "EcsContainer" => new ContainerRole(conversation),
        "Ec2InstanceMetadata" => new InstanceRole(conversation),
        _ => throw Conversation.Blocked(
            $"The profile {name} has credential_source = {source}; there are Environment, EcsContainer and Ec2InstanceMetadata.", "BadProfile"),
    };

    /// <summary>Keys in the environment; null without.</summary>
    public static CredentialSource? OfEnvironment(Conversation conversation)
    {
        if (conversation.Variable("AWS_ACCESS_KEY_ID") is not { } id || conversation.Variable("AWS_SECRET_ACCESS_KEY") is not { } secret)
            return null;
        var token = conversation.Variable("AWS_SESSION_TOKEN") is { } given ? new Secret(given) : null;
        return new WrittenKeys("the environment (AWS_ACCESS_KEY_ID)", new AwsKeys(id, new Secret(secret), token));
    }

    private static WrittenKeys? Written(string name, IReadOnlyDictionary<string, string> profile)
    {
        if (!profile.TryGetValue("aws_access_key_id", out var id) || !profile.TryGetValue("aws_secret_access_key", out var secret))
            return null;
        var token = profile.TryGetValue("aws_session_token", out var given) ? new Secret(given) : null;
        return new WrittenKeys($"the profile {name}", new AwsKeys(id, new Secret(secret), token));
    }

    private SsoRole SingleSignOn(string name, IReadOnlyDictionary<string, string> profile)
    {
        var session = profile.GetValueOrDefault("sso_session");
        var of = session is null ? profile : Config.SsoSession(session)!;
        string Need(IReadOnlyDictionary<string, string> section, string setting) => section.GetValueOrDefault(setting)
            ?? throw Conversation.Blocked(
                $"The profile {name} signs in by single sign-on and lacks {setting}. aws configure sso writes it.", "BadProfile");
        var scopes = session is null ? []
            : of.GetValueOrDefault("sso_registration_scopes", "sso:account:access")
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var portal = new SsoPortal(session, Need(of, "sso_start_url"), Need(of, "sso_region"), scopes);
        return new SsoRole(conversation, name, portal, Need(profile, "sso_account_id"), Need(profile, "sso_role_name"));
    }

    private static CloudException NoKeys(string name, string source) => Conversation.Blocked(
        $"The profile {name} takes its keys from the profile {source}, and that has none. aws configure --profile {source} writes them.",
        "BadProfile");
}
