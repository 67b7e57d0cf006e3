namespace Paco.Aws.SignIn;

/// <summary>What is missing in a profile that says how to come by keys, before anybody is asked.</summary>
internal static class ProfileCheck
{
    /// <summary>What is wrong, as a sentence with a way out; null where nothing is.</summary>
    public static string? Flaw(AwsConfig config, string name)
    {
        var seen = new List<string>();
        var at = name;
        while (at is not null)
        {
            if (config.Profile(at) is not { } profile)
                return Missing(config, seen[^1], at);
            if (seen.Contains(at))
                return $"The profiles {string.Join(" → ", seen.Append(at))} name each other as source_profile. One of them must have keys of its own.";
            seen.Add(at);
            if (profile.TryGetValue("sso_session", out var session) && config.SsoSession(session) is null)
                return $"The profile {at} names the sso_session \"{session}\", and there is no section [sso-session {session}]. aws configure sso writes one.";
            if (profile.TryGetValue("role_arn", out _) && !HasBeginning(profile))
                return $"The profile {at} names a role and not from where it is assumed. It needs a source_profile, a credential_source or a web_identity_token_file.";
            // Who names himself has keys beside the role.
            at = profile.TryGetValue("source_profile", out var source) && source != at ? source : null;
        }

        return null;
    }

    private static bool HasBeginning(IReadOnlyDictionary<string, string> profile) =>
        ((string[])["source_profile", "credential_source", "web_identity_token_file"]).Any(profile.ContainsKey);

    private static string Missing(AwsConfig config, string from, string name)
    {
        var known = config.ProfileNames;
        return $"The profile {from} has the source_profile \"{name}\", and no profile is called that. {(known.Length == 0
            ? "There are no others."
            : $"There are: {string.Join(", ", known)}.")} Write one of them there, or make {name}: aws configure --profile {name}.";
    }
}
