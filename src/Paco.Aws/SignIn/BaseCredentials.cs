using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Paco.Clouds;
using Paco.Diagnostics;

namespace Paco.Aws.SignIn;

/// <summary>
/// The keys everything starts from, in the order AWS's tools look: those given, a profile asked for, the environment, a web
/// identity, the profile, a container's or an instance's role. Plain keys are read here; whatever needs a conversation
/// (SSO, roles of profiles, processes, metadata services) is AWSSDK's, which is loaded only then.
/// </summary>
internal sealed class BaseCredentials(AwsOptions options, Lazy<AwsConfig> config)
{
    public const string Operation = "aws:SignIn";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private AWSCredentials? _sdk;

    /// <summary>Where the keys come from, for a person.</summary>
    public string Source { get; private set; } = "";

    /// <summary>What to do when they are missing or refused.</summary>
    public string Remedy => options.Keys is not null ? "Check the keys given." : $"""
        Sign in in one of these ways:
          environment   export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… (and AWS_SESSION_TOKEN for temporary keys)
          profile       aws configure --profile NAME, then AWS_PROFILE=NAME
          single sign-on  aws configure sso once, then aws sso login --profile {KnownProfile}
        """;

    private string KnownProfile => Endpoints.ProfileName(options) is var name && config.Value.Profile(name) is not null ? name : "NAME";

    public async Task<AwsKeys> Fetch(CancellationToken cancel)
    {
        if (_sdk is null && Plain() is { } keys)
        {
            return keys;
        }

        try
        {
            // Some of AWSSDK's sources talk to the network while they are constructed.
            _sdk ??= await Task.Run(Conversational, cancel).WaitAsync(Patience, options.Clock, cancel) ?? throw Nothing(null);
            return await FromSdk(_sdk, cancel);
        }
        catch (Exception e) when (e is not CloudException && !cancel.IsCancellationRequested)
        {
            throw Source.Length > 0 ? Failed(e) : Nothing(e);
        }
    }

    private AwsKeys? Plain()
    {
        if (options.Keys is { } given)
        {
            Source = "the keys given";
            return given;
        }

        return (options.Profile is null ? FromEnvironment() : null) ?? FromProfile();
    }

    private AwsKeys? FromEnvironment()
    {
        if (Variable("AWS_ACCESS_KEY_ID") is not { } id || Variable("AWS_SECRET_ACCESS_KEY") is not { } secret)
        {
            return null;
        }

        Source = "the environment (AWS_ACCESS_KEY_ID)";
        return new AwsKeys(id, new Secret(secret), Variable("AWS_SESSION_TOKEN") is { } token ? new Secret(token) : null);
    }

    /// <summary>Keys written in the profile itself; a profile that names a role says how to come by other ones.</summary>
    private AwsKeys? FromProfile()
    {
        var name = Endpoints.ProfileName(options);
        if (config.Value.Profile(name) is not { } profile)
        {
            return options.Profile is null && Variable("AWS_PROFILE") is null ? null : throw NoProfile(name);
        }

        if (profile.ContainsKey("role_arn") || !profile.TryGetValue("aws_access_key_id", out var id)
            || !profile.TryGetValue("aws_secret_access_key", out var secret))
        {
            return null;
        }

        Source = $"the profile {name}";
        return new AwsKeys(id, new Secret(secret), profile.TryGetValue("aws_session_token", out var token) ? new Secret(token) : null);
    }

    private AWSCredentials? Conversational()
    {
        var name = Endpoints.ProfileName(options);
        if (options.Profile is null && Variable("AWS_WEB_IDENTITY_TOKEN_FILE") is { } file && Variable("AWS_ROLE_ARN") is { } role)
        {
            Source = "the web identity (AWS_WEB_IDENTITY_TOKEN_FILE)";
            return new AssumeRoleWithWebIdentityCredentials(file, role, options.SessionName);
        }

        if (config.Value.Profile(name) is { } profile && SdkChain.HasSource(profile))
        {
            Source = $"the profile {name}";
            if (ProfileCheck.Flaw(config.Value, name) is { } flaw)
                throw new CloudException(CloudErrorKind.AccessDenied, "BadProfile", flaw, Operation);
            return SdkChain.OfProfile(config.Value.CredentialsPath, name, options.AskMfaCode);
        }

        return options.Profile is null ? FromMachine() : null;
    }

    /// <summary>What is left of AWS's chain is the role of a container or an instance; asking an instance can be forbidden.</summary>
    private AWSCredentials? FromMachine()
    {
        if ((Variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") ?? Variable("AWS_CONTAINER_CREDENTIALS_FULL_URI")) is not null)
        {
            return new GenericContainerCredentials();
        }

        var forbidden = string.Equals(Variable("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase);
        return forbidden ? null : DefaultAWSCredentialsIdentityResolver.GetCredentials();
    }

    private async Task<AwsKeys> FromSdk(AWSCredentials credentials, CancellationToken cancel)
    {
        var asking = credentials.GetCredentialsAsync();

        // A person may have to find an MFA device; a metadata service answers at once or is not there.
        var keys = await (Source.Length > 0 ? asking.WaitAsync(cancel) : asking.WaitAsync(Patience, options.Clock, cancel));
        var expires = keys is AssumeRoleImmutableCredentials role
            ? new DateTimeOffset(role.Expiration.ToUniversalTime())
            : options.Clock.GetUtcNow().AddMinutes(10);
        return new AwsKeys(keys.AccessKey, new Secret(keys.SecretKey), keys.UseToken ? new Secret(keys.Token) : null, expires);
    }

    private string? Variable(string name) => options.Environment(name) is { Length: > 0 } value ? value : null;

    private CloudException NoProfile(string name)
    {
        var known = config.Value.ProfileNames;
        var list = known.Length == 0 ? "There are no profiles." : $"There are: {string.Join(", ", known)}.";
        return new CloudException(CloudErrorKind.AccessDenied, "NoProfile", $"No AWS profile is called \"{name}\". {list}", Operation);
    }

    private CloudException Failed(Exception e) =>
        new(CloudErrorKind.AccessDenied, "NoCredentials", $"No credentials came from {Source}: {SdkChain.Words(e)}\n{Remedy}", Operation,
            e);

    private CloudException Nothing(Exception? e) =>
        new(CloudErrorKind.AccessDenied, "NoCredentials", $"There are no AWS credentials.\n{Remedy}", Operation, e);
}
