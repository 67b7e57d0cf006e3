using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Xml;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;

namespace Paco.Aws.SignIn;

/// <summary>The part of AWSSDK we use: credentials of a profile that takes a conversation to come by.</summary>
internal static class SdkChain
{
    /// <summary>
    /// True where a profile says how to come by keys, so that a profile with no more than a region does not hide an instance's role.
    /// </summary>
    public static bool HasSource(IReadOnlyDictionary<string, string> profile) =>
        ((string[])["sso_session", "sso_start_url", "role_arn", "credential_process", "web_identity_token_file"]).Any(profile.ContainsKey);

    /// <summary>
    /// The credentials of a profile. AWSSDK finds the clients of STS and of SSO by name, where trimming does not see them.
    /// </summary>
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(Amazon.SecurityToken.AmazonSecurityTokenServiceClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(Amazon.SecurityToken.AmazonSecurityTokenServiceConfig))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(Amazon.SSO.AmazonSSOClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(Amazon.SSO.AmazonSSOConfig))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(Amazon.SSOOIDC.AmazonSSOOIDCClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(Amazon.SSOOIDC.AmazonSSOOIDCConfig))]
    public static AWSCredentials? OfProfile(string credentialsPath, string name, Func<string, string?>? askMfaCode)
    {
        var chain = File.Exists(credentialsPath) ? new CredentialProfileStoreChain(credentialsPath) : new CredentialProfileStoreChain();
        if (!chain.TryGetAWSCredentials(name, out var credentials))
        {
            return null;
        }

        switch (credentials)
        {
            case SSOAWSCredentials sso:
                sso.Options.ClientName = "paco";
                sso.Options.SupportsGettingNewToken = false;
                break;
            case AssumeRoleAWSCredentials { Options.MfaSerialNumber: { Length: > 0 } serial } role:
                role.Options.MfaTokenCodeCallback = () =>
                    askMfaCode?.Invoke(serial)
                    ?? throw new InvalidOperationException($"it wants a code of the MFA device {serial}, and nobody could be asked");
                break;
        }

        return credentials;
    }

    /// <summary>
    /// The words that say most: AWSSDK wraps the cause in general ones. Where an answer could not be read they may quote it, and what is
    /// answered here is keys.
    /// </summary>
    public static string Words(Exception e) => Causes(e).Any(c => c is AmazonUnmarshallingException or JsonException or XmlException)
        ? "its answer is damaged, or does not come from AWS; it is not shown"
        : e is AmazonClientException { InnerException: { } inner } && inner is not HttpRequestException ? inner.Message : e.Message;

    private static IEnumerable<Exception> Causes(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
            yield return e;
    }
}
