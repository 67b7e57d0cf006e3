using System.Security.Cryptography;
using System.Text;

namespace Paco.Sandbox.Tests;

public sealed class IamTests
{
    private const string User = """
        Resources:
          U: {Type: AWS::IAM::User, Properties: {UserName: jane, LoginProfile: {Password: secret, PasswordResetRequired: true}}}
        """;

    [Fact]
    public async Task A_user_of_a_stack_has_at_most_two_access_keys()
    {
        await using var bench = await WithJane();

        var first = await Iam(bench, "CreateAccessKey");
        var second = await Iam(bench, "CreateAccessKey");

        Assert.Matches("^AKIA[A-Z0-9]{16}$", first.Id);
        Assert.NotEqual(first.Id, second.Id);
        Assert.NotEqual(first.Secret, second.Secret);
        var third = await Refused(bench, "CreateAccessKey");
        Assert.Equal((409, "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2"), (third.Status, third.Code, third.Words));
        await bench.Query("iam", "UpdateAccessKey", "UserName=jane", $"AccessKeyId={first.Id}", "Status=Inactive");
        await bench.Query("iam", "DeleteAccessKey", "UserName=jane", $"AccessKeyId={second.Id}");
        var listed = await bench.Query("iam", "ListAccessKeys", "UserName=jane");
        Assert.Equal([first.Id], listed.Descendants("AccessKeyId").Select(k => k.Value));
        Assert.Equal("Inactive", listed.Descendants("Status").Single().Value);
        Assert.Empty(listed.Descendants("SecretAccessKey"));
        Assert.Equal("NoSuchEntity", (await Refused(bench, "DeleteAccessKey", $"AccessKeyId={second.Id}")).Code);
    }

    [Fact]
    public async Task An_account_has_one_identity_provider_of_an_address()
    {
        const string Provider =
            "Resources: {P: {Type: AWS::IAM::OIDCProvider, Properties: {Url: 'https://idp.example.com', ClientIdList: [a]}}}";
        await using var bench = new Bench();

        await bench.Create("one", Provider);
        await bench.Create("two", Provider);
        await bench.Create("plain", Provider.Replace("https:", "http:", StringComparison.Ordinal));

        Assert.Contains(await bench.Events("two"), e => e.Contains("P CREATE_FAILED", StringComparison.Ordinal)
            && e.Contains("Provider with url https://idp.example.com already exists.", StringComparison.Ordinal));
        Assert.Contains(await bench.Events("plain"), e => e.Contains("Invalid Open ID Connect Provider URL", StringComparison.Ordinal));
        var arn = (await bench.Query("iam", "ListOpenIDConnectProviders")).Descendants("Arn").Single().Value;
        Assert.EndsWith(":oidc-provider/idp.example.com", arn, StringComparison.Ordinal);
        var found = await bench.Query("iam", "GetOpenIDConnectProvider", $"OpenIDConnectProviderArn={arn}");
        Assert.Equal(("idp.example.com", "a"), (found.Descendants("Url").Single().Value, found.Descendants("ClientIDList").Single().Value));
    }

    [Fact]
    public async Task Users_are_each_accounts_own_and_every_regions()
    {
        await using var bench = await WithJane();
        bench.Region = "eu-central-1";
        Assert.Equal("jane", (await bench.Query("iam", "GetUser", "UserName=jane")).Descendants("UserName").Single().Value);
        await using var other = await bench.In("222222222222");
        var refusal = await Refused(other, "GetUser");
        Assert.Equal((404, "NoSuchEntity", "The user with name jane cannot be found."), (refusal.Status, refusal.Code, refusal.Words));
    }

    [Theory]
    [InlineData("jane doe")]
    [InlineData("jane/doe")]
    [InlineData("jané")]
    public async Task A_name_no_user_can_have_is_refused(string name)
    {
        await using var bench = new Bench();
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Query("iam", "GetUser", $"UserName={name}"));
        Assert.Equal("ValidationError", refusal.Code);
        Assert.StartsWith("The specified value for userName is invalid.", refusal.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_somebody_gives_a_user_outlive_updates_of_its_stack()
    {
        await using var bench = await WithJane();
        await bench.Query("iam", "TagUser", "UserName=jane", "Tags.member.1.Key=AKIA1", "Tags.member.1.Value=slot 1");
        await bench.Query("iam", "TagUser", "UserName=jane", "Tags.member.1.Key=akia1", "Tags.member.1.Value=slot 1 version 2");
        await bench.Update("s",
            User.Replace("UserName: jane", "UserName: jane, Tags: [{Key: Team, Value: shop}]", StringComparison.Ordinal));

        Assert.Equal(["Team=shop", "AKIA1=slot 1 version 2"], await Tags(bench));
        await bench.Query("iam", "UntagUser", "UserName=jane", "TagKeys.member.1=AKIA1");
        Assert.Equal(["Team=shop"], await Tags(bench));
    }

    [Fact]
    public async Task A_public_key_is_kept_without_its_comment_and_only_once()
    {
        await using var bench = await WithJane();
        var key = PublicKey(2048);
        var made = await bench.Query("iam", "UploadSSHPublicKey", "UserName=jane", $"SSHPublicKeyBody={key} jane@home");
        var id = made.Descendants("SSHPublicKeyId").Single().Value;

        Assert.Matches("^APKA[A-Z0-9]{16}$", id);
        Assert.Matches("^([0-9a-f]{2}:){15}[0-9a-f]{2}$", made.Descendants("Fingerprint").Single().Value);
        var read = await bench.Query("iam", "GetSSHPublicKey", "UserName=jane", $"SSHPublicKeyId={id}", "Encoding=SSH");
        Assert.Equal(key, read.Descendants("SSHPublicKeyBody").Single().Value);
        Assert.Equal("DuplicateSSHPublicKey", (await Refused(bench, "UploadSSHPublicKey", $"SSHPublicKeyBody={key} another comment")).Code);
        for (var i = 1; i < 5; i++)
            await bench.Query("iam", "UploadSSHPublicKey", "UserName=jane", $"SSHPublicKeyBody={PublicKey(2048)}");
        Assert.Equal("Cannot exceed quota for SSHPublicKeysPerUser: 5",
            (await Refused(bench, "UploadSSHPublicKey", $"SSHPublicKeyBody={PublicKey(2048)}")).Words);
        await bench.Query("iam", "DeleteSSHPublicKey", "UserName=jane", $"SSHPublicKeyId={id}");
        Assert.Equal("NoSuchEntity", (await Refused(bench, "GetSSHPublicKey", $"SSHPublicKeyId={id}", "Encoding=SSH")).Code);
    }

    [Theory]
    [InlineData("this is no key")]
    [InlineData("ssh-rsa AAAA")]
    [InlineData("ssh-rsa !!!!")]
    [InlineData("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKzvfE+qS09w+okgrO0gY7jryF0lSCxdEO/O0UaUhuZe x")]
    public async Task What_is_no_public_key_is_refused(string body)
    {
        await using var bench = await WithJane();
        var refusal = await Refused(bench, "UploadSSHPublicKey", $"SSHPublicKeyBody={body}");
        Assert.Equal((400, "InvalidPublicKey"), (refusal.Status, refusal.Code));
    }

    [Fact]
    public async Task A_short_RSA_key_is_refused()
    {
        await using var bench = await WithJane();
        Assert.Equal("InvalidPublicKey", (await Refused(bench, "UploadSSHPublicKey", $"SSHPublicKeyBody={PublicKey(1024)}")).Code);
    }

    [Fact]
    public async Task A_password_of_a_stack_can_be_taken_away()
    {
        await using var bench = await WithJane();
        var profile = await bench.Query("iam", "GetLoginProfile", "UserName=jane");
        Assert.Equal("true", profile.Descendants("PasswordResetRequired").Single().Value);
        await bench.Query("iam", "DeleteLoginProfile", "UserName=jane");
        Assert.Equal("Login Profile for User jane cannot be found.", (await Refused(bench, "GetLoginProfile")).Words);
    }

    [Theory]
    [InlineData("must delete access keys first.", "CreateAccessKey")]
    [InlineData("must delete MFA device first.", "EnableMFADevice", "SerialNumber=arn:aws:iam::000000000000:mfa/jane")]
    [InlineData("must delete signing certificates first.", "UploadSigningCertificate", "CertificateBody=x")]
    [InlineData("must remove referenced objects first.", "CreateServiceSpecificCredential", "ServiceName=codecommit.amazonaws.com")]
    [InlineData("must detach all policies first.", "AttachUserPolicy", "PolicyArn=arn:aws:iam::aws:policy/ReadOnlyAccess")]
    [InlineData("must delete policies first.", "PutUserPolicy", "PolicyName=p", "PolicyDocument={}")]
    public async Task CloudFormation_does_not_delete_a_user_who_has_what_IAM_gave_him(string first, string action, params string[] values)
    {
        await using var bench = await WithJane();
        await bench.Query("iam", action, ["UserName=jane", .. values]);

        await bench.Cfn("DeleteStack", "StackName=s");

        Assert.Equal("DELETE_FAILED", await bench.Status("s"));
        Assert.Contains(await bench.Events("s"), e => e.Contains($"Cannot delete entity, {first}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ListMFADevices", "SerialNumber", "DeactivateMFADevice", "EnableMFADevice",
        "SerialNumber=arn:aws:iam::000000000000:mfa/jane")]
    [InlineData("ListSigningCertificates", "CertificateId", "DeleteSigningCertificate", "UploadSigningCertificate", "CertificateBody=x")]
    [InlineData("ListServiceSpecificCredentials", "ServiceSpecificCredentialId", "DeleteServiceSpecificCredential",
        "CreateServiceSpecificCredential", "ServiceName=codecommit.amazonaws.com")]
    [InlineData("ListAttachedUserPolicies", "PolicyArn", "DetachUserPolicy", "AttachUserPolicy",
        "PolicyArn=arn:aws:iam::aws:policy/ReadOnlyAccess")]
    [InlineData("ListUserPolicies", "member", "DeleteUserPolicy", "PutUserPolicy", "PolicyName=p", "PolicyDocument={}")]
    [InlineData("ListGroupsForUser", "GroupName", "RemoveUserFromGroup", "AddUserToGroup", "GroupName=g")]
    public async Task What_is_listed_can_be_taken_away(string list, string id, string remove, string add, params string[] values)
    {
        await using var bench = await WithJane();
        await bench.Create("g", "Resources: {G: {Type: AWS::IAM::Group, Properties: {GroupName: g}}}");
        await bench.Query("iam", add, ["UserName=jane", .. values]);

        var there = (await bench.Query("iam", list, "UserName=jane")).Descendants(id).Single().Value;
        var member = id == "member" ? "PolicyName" : id;
        await bench.Query("iam", remove, "UserName=jane", $"{member}={there}");

        Assert.Empty((await bench.Query("iam", list, "UserName=jane")).Descendants(id));
        await bench.Cfn("DeleteStack", "StackName=s");
        await Assert.ThrowsAsync<Refusal>(() => bench.Stack("s"));
    }

    private static async Task<Bench> WithJane()
    {
        var bench = new Bench();
        Assert.Equal("CREATE_COMPLETE", await bench.Create("s", User));
        return bench;
    }

    private static async Task<(string Id, string Secret)> Iam(Bench bench, string action)
    {
        var made = await bench.Query("iam", action, "UserName=jane");
        return (made.Descendants("AccessKeyId").Single().Value, made.Descendants("SecretAccessKey").Single().Value);
    }

    private static Task<Refusal> Refused(Bench bench, string action, params string[] values) =>
        Assert.ThrowsAsync<Refusal>(() => bench.Query("iam", action, ["UserName=jane", .. values]));

    private static async Task<IEnumerable<string>> Tags(Bench bench) =>
        (await bench.Query("iam", "GetUser", "UserName=jane")).Descendants("Tags").SelectMany(t => t.Elements())
            .Select(t => $"{t.Element("Key")!.Value}={t.Element("Value")!.Value}");

    private static string PublicKey(int bits)
    {
        using var rsa = RSA.Create(bits);
        var key = rsa.ExportParameters(includePrivateParameters: false);
        byte[] blob = [.. Field(Encoding.ASCII.GetBytes("ssh-rsa")), .. Field(key.Exponent!), .. Field([0, .. key.Modulus!])];
        return $"ssh-rsa {Convert.ToBase64String(blob)}";
    }

    private static byte[] Field(byte[] value) => [0, 0, (byte)(value.Length >> 8), (byte)value.Length, .. value];
}
