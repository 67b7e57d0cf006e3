using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Paco.Aws.Signing;
using Paco.Aws.Wire;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Aws.SignIn;

/// <summary>Keys that a machine hands to what runs on it.</summary>
internal abstract class MachineKeys(Conversation conversation) : CredentialSource
{
    protected Conversation Conversation => conversation;

    /// <summary>The keys in a document of a metadata service. Nothing of it is quoted.</summary>
    protected AwsKeys Read(WireResponse answer)
    {
        if (!answer.IsSuccess)
        {
            throw Conversation.Blocked(
                $"No credentials came from {Name}: it answered HTTP {(int)answer.Status}. Has it a role, and one that still exists?");
        }
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            var root = document.RootElement;
            return new AwsKeys(
                root.Need("AccessKeyId"),
                new Secret(root.Need("SecretAccessKey")),
                new Secret(root.Need("Token")),
                DateTimeOffset.Parse(root.Need("Expiration"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw Conversation.Blocked($"No credentials came from {Name}: its answer is damaged, and is not shown.");
        }
    }
}

/// <summary>The role of a container (ECS, EKS). Source: AWS SDKs and Tools Reference Guide, "Container credential provider".</summary>
internal sealed class ContainerRole(Conversation conversation) : MachineKeys(conversation)
{
    private static readonly string[] Hosts = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public override string Name => "the role of this container (AWS_CONTAINER_CREDENTIALS_…)";

    public static bool IsOffered(Conversation conversation) => (conversation.Variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
        ?? conversation.Variable("AWS_CONTAINER_CREDENTIALS_FULL_URI")) is not null;

    public override async Task<AwsKeys> Fetch(CancellationToken cancel) =>
        Read(await Conversation.Transport.AskMachine(HttpMethod.Get, Address(),
            Token() is { } token ? new Pair("Authorization", token) : null, Patience, cancel));

    // Whoever may set the variable must not thereby be sent the token: plain HTTP goes to this host alone.
    private Uri Address()
    {
        if (Conversation.Variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is { } path)
            return new Uri($"http://{Hosts[0]}/{path.TrimStart('/')}");
        var full = Conversation.Variable("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        return Uri.TryCreate(full, UriKind.Absolute, out var uri)
            && (uri.Scheme == "https" || (uri.Scheme == "http" && (uri.IsLoopback || Hosts.Contains(uri.Host))))
            ? uri
            : throw Conversation.Blocked("AWS_CONTAINER_CREDENTIALS_FULL_URI is neither an https address nor one of this host.");
    }

    private string? Token()
    {
        if (Conversation.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") is not { } file)
            return Conversation.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN");
        try
        {
            return UserFile.ReadText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Conversation.Blocked(
                $"The token file {file} (AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE) cannot be read: {FileTrouble.Why(e, file)}");
        }
    }
}

/// <summary>
/// The role of an EC2 instance, by the second version of its metadata service alone. Source: EC2 User Guide, "Retrieve security credentials
/// from instance metadata".
/// </summary>
internal sealed class InstanceRole(Conversation conversation) : MachineKeys(conversation)
{
    private const string Roles = "/latest/meta-data/iam/security-credentials/";

    // An instance answers at once; where there is none nobody does.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public override string Name => "the role of this instance";

    public static bool IsForbidden(Conversation conversation) =>
        string.Equals(conversation.Variable("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase);

    public override async Task<AwsKeys> Fetch(CancellationToken cancel)
    {
        var token = new Pair("X-aws-ec2-metadata-token", Text(await Ask(HttpMethod.Put, "/latest/api/token",
            new Pair("X-aws-ec2-metadata-token-ttl-seconds", "21600"), cancel)));
        var roles = await Ask(HttpMethod.Get, Roles, token, cancel);
        if (roles.Status == HttpStatusCode.NotFound)
            throw Conversation.Blocked("This instance has no role. Give it an instance profile, or sign in in another way.");
        var role = Text(roles).Split('\n')[0].Trim();
        return Read(await Ask(HttpMethod.Get, Roles + Uri.EscapeDataString(role), token, cancel));
    }

    private string Text(WireResponse answer) => answer.IsSuccess ? Encoding.UTF8.GetString(answer.Body)
        : throw Conversation.Blocked($"No credentials came from {Name}: its metadata service answered HTTP {(int)answer.Status}.");

    private Task<WireResponse> Ask(HttpMethod method, string path, Pair header, CancellationToken cancel) =>
        Conversation.Transport.AskMachine(method, new Uri(Service, path), header, Patience, cancel);

    private Uri Service => Uri.TryCreate(Conversation.Variable("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? "http://169.254.169.254",
        UriKind.Absolute, out var uri) && uri.Scheme == "http"
        ? uri
        : throw Conversation.Blocked("AWS_EC2_METADATA_SERVICE_ENDPOINT is not an http address.");
}
