using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Aws.SignIn;

/// <summary>
/// A role for whoever a token of an identity provider vouches for: a job of a CI service, a pod. The token's file is read anew each time,
/// since whoever writes it renews it.
/// </summary>
internal sealed class WebIdentityRole(Conversation conversation, string name, string tokenFile, string roleArn, string? sessionName)
    : CredentialSource
{
    private const int Longest = 64 * 1024;

    public override string Name => name;

    public override string Remedy =>
        $"Does the role {roleArn} exist, and does its trust policy name the identity provider and this repository, branch or pod (its aud and sub)? The token in {tokenFile} is written by the CI service or the cluster, and is good for minutes.";

    public override Task<AwsKeys> Fetch(CancellationToken cancel) => conversation.Sts.AssumeRoleWithWebIdentity(
        roleArn, AccountSession.SessionName(sessionName ?? conversation.Options.SessionName), Token(), cancel);

    private Secret Token()
    {
        try
        {
            return UserFile.Read(tokenFile, Longest) is { Length: > 0 } bytes
                ? new Secret(System.Text.Encoding.UTF8.GetString(bytes).Trim())
                : throw Unreadable("it is empty, or too large for a token");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unreadable(FileTrouble.Why(e, tokenFile));
        }
    }

    private CloudException Unreadable(string why) => Conversation.Blocked($"The token file {tokenFile} of {name} cannot be read: {why}");
}
