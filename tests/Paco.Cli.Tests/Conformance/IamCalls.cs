namespace Paco.Cli.Tests.Conformance;

/// <summary>IAM: a user of a stack, and everything else a user may have.</summary>
internal static partial class Calls
{
    private static async Task Iam(Caller aws)
    {
        await Stack(aws, "people", """
            Resources:
              U: {Type: AWS::IAM::User, Properties: {UserName: jane, LoginProfile: {Password: s3cret, PasswordResetRequired: true}}}
              G: {Type: AWS::IAM::Group, Properties: {GroupName: readers}}
              P: {Type: AWS::IAM::OIDCProvider, Properties: {Url: 'https://idp.example.com', ClientIdList: [sts.amazonaws.com]}}
            """);
        var provider = Caller.Value(await aws.Query("iam", "ListOpenIDConnectProviders"), "Arn");
        await aws.Query("iam", "GetOpenIDConnectProvider", $"OpenIDConnectProviderArn={provider}");
        await aws.Query("iam", "GetOpenIDConnectProvider", $"OpenIDConnectProviderArn={provider}x");
        await aws.Query("iam", "GetUser", Jane);
        await aws.Query("iam", "GetUser", "UserName=nobody");
        await aws.Query("iam", "TagUser", Jane, "Tags.member.1.Key=team", "Tags.member.1.Value=shop");
        await aws.Query("iam", "ListUserTags", Jane);
        await aws.Query("iam", "UntagUser", Jane, "TagKeys.member.1=team");
        await AccessKeys(aws);
        await SshKeys(aws);
        await Belongings(aws);
        await aws.Query("iam", "GetLoginProfile", Jane);
        await aws.Query("iam", "DeleteLoginProfile", Jane);
        await aws.Query("iam", "GetLoginProfile", Jane);
    }

    private const string Jane = "UserName=jane";

    private static async Task AccessKeys(Caller aws)
    {
        var key = Caller.Value(await aws.Query("iam", "CreateAccessKey", Jane), "AccessKeyId");
        await aws.Query("iam", "CreateAccessKey", Jane);
        await aws.Query("iam", "CreateAccessKey", Jane);
        await aws.Query("iam", "UpdateAccessKey", Jane, $"AccessKeyId={key}", "Status=Inactive");
        await aws.Query("iam", "ListAccessKeys", Jane, "MaxItems=1");
        await aws.Query("iam", "DeleteAccessKey", Jane, $"AccessKeyId={key}");
        await aws.Query("iam", "DeleteAccessKey", Jane, $"AccessKeyId={key}");
    }

    private static async Task SshKeys(Caller aws)
    {
        var id = Caller.Value(await aws.Query("iam", "UploadSSHPublicKey", Jane, $"SSHPublicKeyBody={PublicKeys.First}"), "SSHPublicKeyId");
        await aws.Query("iam", "UploadSSHPublicKey", Jane, $"SSHPublicKeyBody={PublicKeys.First}");
        await aws.Query("iam", "UploadSSHPublicKey", Jane, "SSHPublicKeyBody=none");
        await aws.Query("iam", "GetSSHPublicKey", Jane, $"SSHPublicKeyId={id}", "Encoding=SSH");
        await aws.Query("iam", "ListSSHPublicKeys", Jane);
        await aws.Query("iam", "DeleteSSHPublicKey", Jane, $"SSHPublicKeyId={id}");
    }

    private static async Task Belongings(Caller aws)
    {
        var device = Caller.Value(await aws.Query("iam", "CreateVirtualMFADevice", "VirtualMFADeviceName=jane"), "SerialNumber");
        string[] its = [Jane, $"SerialNumber={device}"];
        await aws.Query("iam", "EnableMFADevice", [.. its, "AuthenticationCode1=123456", "AuthenticationCode2=654321"]);
        await aws.Query("iam", "ListMFADevices", Jane);
        await aws.Query("iam", "DeleteVirtualMFADevice", its[1]);
        await aws.Query("iam", "DeactivateMFADevice", its);
        await aws.Query("iam", "DeleteVirtualMFADevice", its[1]);
        await Passing(aws, "CreateServiceSpecificCredential", "ListServiceSpecificCredentials", "DeleteServiceSpecificCredential",
            "ServiceSpecificCredentialId", "ServiceName=codecommit.amazonaws.com");
        await Passing(aws, "UploadSigningCertificate", "ListSigningCertificates", "DeleteSigningCertificate", "CertificateId",
            "CertificateBody=-----BEGIN CERTIFICATE-----");
        await Passing(aws, "AttachUserPolicy", "ListAttachedUserPolicies", "DetachUserPolicy", "PolicyArn",
            "PolicyArn=arn:aws:iam::aws:policy/ReadOnlyAccess");
        await Passing(aws, "AddUserToGroup", "ListGroupsForUser", "RemoveUserFromGroup", "GroupName", "GroupName=readers");
        await aws.Query("iam", "PutUserPolicy", Jane, "PolicyName=own", "PolicyDocument={}");
        await aws.Query("iam", "ListUserPolicies", Jane);
        await aws.Query("iam", "DeleteUserPolicy", Jane, "PolicyName=own");
    }

    // Given, seen, and taken away.
    private static async Task Passing(Caller aws, string give, string list, string take, string id, string what)
    {
        await aws.Query("iam", give, Jane, what);
        var there = Caller.Value(await aws.Query("iam", list, Jane), id);
        await aws.Query("iam", take, Jane, $"{id}={there}");
        await aws.Query("iam", take, Jane, $"{id}={there}");
    }
}
