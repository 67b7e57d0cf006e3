using Paco.Clouds;
using Paco.Project;

namespace Paco.Aws.SignIn;

/// <summary>
/// The keys everything starts from. What is asked for at this command goes first: a profile, the environment. Then what the project has,
/// then what the machine would do for any program: docs/signing-in.md has the order, docs/decisions/0030-ways-to-sign-in.md why.
/// </summary>
internal sealed class BaseCredentials(Conversation conversation)
{
    public const string Operation = "aws:SignIn";

    private readonly ProfileSources _profiles = new(conversation);
    private readonly Lock _gate = new();
    private CredentialSource? _source;

    /// <summary>Where the keys come from, for a person.</summary>
    public string Source => _source?.Name ?? "";

    /// <summary>Tells them from all others; null where nothing opened with them is kept.</summary>
    public string? Identity => Chosen().Identity;

    /// <summary>What to do when they are missing or refused.</summary>
    public string Remedy => conversation.Options.Keys is not null ? "Check the keys given." : _source?.Remedy ?? $"""
        Sign in in one of these ways:
          environment     export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… (and AWS_SESSION_TOKEN for temporary keys)
          profile         aws configure --profile NAME, then AWS_PROFILE=NAME
          single sign-on  aws configure sso once, then AWS_PROFILE=NAME; aws sso login --profile {KnownProfile} renews it
          in the project  paco init credentials, for a user with keys and an MFA device
        """;

    private AwsOptions Options => conversation.Options;

    private string KnownProfile => Endpoints.ProfileName(Options) is var name && conversation.Config.Profile(name) is not null ? name
        : "NAME";

    public async Task<AwsKeys> Fetch(CancellationToken cancel)
    {
        var source = Chosen();
        try
        {
            return await source.Fetch(cancel);
        }
        catch (CloudException e) when (source is InstanceRole && e.Kind == CloudErrorKind.Connection)
        {
            throw Nothing(e);
        }
        catch (CloudException e) when (e.Operation == Operation && e.Kind == CloudErrorKind.Connection)
        {
            throw Failed(source, e);
        }
        catch (CloudException e) when (e.Operation != Operation && !e.IsPassing && PlaceFailures.Of(e) != PlaceFailure.Clock)
        {
            throw Failed(source, e);
        }
    }

    private CredentialSource Chosen()
    {
        lock (_gate)
        {
            return _source ??= Choose();
        }
    }

    private CredentialSource Choose() => Given() ?? Asked() ?? OfProject() ?? OfMachine() ?? throw Nothing(null);

    private WrittenKeys? Given() => Options.Keys is { } keys ? new WrittenKeys("the keys given", keys, isKept: false) : null;

    // By whoever typed this command, or set a variable for it.
    private CredentialSource? Asked()
    {
        if (Options.Profile is { } named)
            return OfProfile(named);
        return ProfileSources.OfEnvironment(conversation)
            ?? (conversation.Variable("AWS_PROFILE") is { } profile ? OfProfile(profile) : null)
            ?? WebIdentity();
    }

    private CredentialSource OfProfile(string name) => conversation.Config.Profile(name) is null
        ? throw NoProfile(name)
        : _profiles.Of(name) ?? throw Conversation.Blocked(
            $"The profile {name} has no keys and does not say how to come by any. aws configure --profile {name} writes them, aws configure sso --profile {name} sets up single sign-on.");

    private WebIdentityRole? WebIdentity() =>
        conversation.Variable("AWS_WEB_IDENTITY_TOKEN_FILE") is { } file && conversation.Variable("AWS_ROLE_ARN") is { } role
            ? new WebIdentityRole(conversation, "the web identity (AWS_WEB_IDENTITY_TOKEN_FILE)", file, role,
                conversation.Variable("AWS_ROLE_SESSION_NAME"))
            : null;

    private ProjectKeys? OfProject() => Options.CredentialsFile switch
    {
        { Flaw: { } flaw } => throw Conversation.Blocked(
            $"Nobody can sign in with the project's {CredentialsFile.Name}: {flaw}.\nMend that line, or move the file away; --profile NAME and keys in the environment go before it.",
            "BadCredentialsFile"),
        { AccessKeyId: not null } file => new ProjectKeys(conversation, file),
        _ => null,
    };

    private CredentialSource? OfMachine() => _profiles.Of("default")
        ?? (ContainerRole.IsOffered(conversation) ? new ContainerRole(conversation)
            : InstanceRole.IsForbidden(conversation) ? null
            : new InstanceRole(conversation));

    private CloudException NoProfile(string name)
    {
        var known = conversation.Config.ProfileNames;
        var list = known.Length == 0 ? "There are no profiles." : $"There are: {string.Join(", ", known)}.";
        return Conversation.Blocked($"No AWS profile is called \"{name}\". {list}", "NoProfile");
    }

    private CloudException Failed(CredentialSource source, CloudException e)
    {
        var (code, words) = e.Operation == Operation ? ("NoCredentials", e.Message) : (e.Code, $"{e.Operation}: {e.Message} ({e.Code})");
        return new CloudException(e.Kind == CloudErrorKind.ExpiredToken ? e.Kind : CloudErrorKind.AccessDenied, code,
            $"No credentials came from {source.Name}: {words}\n{Remedy}", Operation, e);
    }

    private CloudException Nothing(Exception? e) => Conversation.Blocked($"There are no AWS credentials.\n{Remedy}", inner: e);
}
