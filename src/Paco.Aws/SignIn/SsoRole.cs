using Paco.Clouds;

namespace Paco.Aws.SignIn;

/// <summary>A permission set of IAM Identity Center in one account, which a profile names.</summary>
internal sealed class SsoRole(Conversation conversation, string profile, SsoPortal portal, string account, string role) : CredentialSource
{
    private readonly SsoSignIn _signIn = new(conversation, portal, profile);

    public override string Name => $"the profile {profile}";

    public override string Identity => $"sso {portal.StartUrl} {account} {role}";

    public override string Remedy =>
        $"Is {role} assigned to you in account {account}? What is: aws sso list-account-roles. aws sso login --profile {profile} signs in anew.";

    public override Task<AwsKeys> Fetch(CancellationToken cancel) => conversation.Kept(Identity, TimeSpan.FromMinutes(15),
        whose => whose.Account == account, () => Open(cancel), cancel);

    private async Task<AwsKeys> Open(CancellationToken cancel)
    {
        var token = await _signIn.Token(refused: null, cancel);
        try
        {
            return await _signIn.Client.GetRoleCredentials(token.AccessToken, account, role, cancel);
        }
        catch (CloudException e) when (e.Code == "UnauthorizedException")
        {
            // A token can be revoked before its time.
            token = await _signIn.Token(token, cancel);
            return await _signIn.Client.GetRoleCredentials(token.AccessToken, account, role, cancel);
        }
    }
}
