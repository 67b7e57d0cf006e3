using Paco.Clouds;

namespace Paco.Aws.Tests.Moto;

[Collection(MotoCollection.Name)]
public sealed class IamTests(MotoServer moto)
{
    private const string User = "Resources: {U: {Type: 'AWS::IAM::User', Properties: {UserName: jane}}}";

    private static readonly CancellationToken None = CancellationToken.None;

    [MotoFact]
    public async Task An_access_key_shows_its_secret_once()
    {
        using var cloud = await WithJane();
        var iam = cloud.Iam(Clouds.Dev);

        var made = await iam.CreateAccessKey("jane", None);
        var other = await iam.CreateAccessKey("jane", None);

        Assert.DoesNotContain(made.Secret.Reveal(), made.ToString(), StringComparison.Ordinal);
        var third = await Assert.ThrowsAsync<CloudException>(() => iam.CreateAccessKey("jane", None));
        Assert.Equal("LimitExceeded", third.Code);
        await iam.UpdateAccessKey("jane", made.Id, active: false, None);
        await iam.DeleteAccessKey("jane", other.Id, None);
        await iam.DeleteAccessKey("jane", other.Id, None);
        var key = Assert.Single(await iam.ListAccessKeys("jane", None));
        Assert.Equal((made.Id, false), (key.Id, key.IsActive));
    }

    [MotoFact]
    public async Task A_users_tags_are_read_written_and_taken_away()
    {
        using var cloud = await WithJane();
        var iam = cloud.Iam(Clouds.Dev);

        await iam.TagUser("jane", new("AKIA1", "slot 1 version 2"), None);
        await iam.TagUser("jane", new("other", ""), None);
        var user = await iam.GetUser("jane", None);
        Assert.EndsWith(":user/jane", user!.Arn, StringComparison.Ordinal);
        Assert.Equal(("slot 1 version 2", ""), (user.Tags["AKIA1"], user.Tags["other"]));
        await iam.UntagUser("jane", "AKIA1", None);

        Assert.False((await iam.GetUser("jane", None))!.Tags.ContainsKey("AKIA1"));
        Assert.Null(await iam.GetUser("nobody", None));
        Assert.Null(await iam.GetLoginProfile("jane", None));
        await iam.DeleteLoginProfile("jane", None);
    }

    [MotoFact]
    public async Task A_public_key_is_uploaded_read_and_deleted()
    {
        using var cloud = await WithJane();
        var iam = cloud.Iam(Clouds.Dev);

        var made = await iam.UploadSshPublicKey("jane", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ jane", None);
        Assert.Equal(made.Id, Assert.Single(await iam.ListSshPublicKeys("jane", None)));
        Assert.Equal(made.Body, (await iam.GetSshPublicKey("jane", made.Id, None))!.Body);
        await iam.DeleteSshPublicKey("jane", made.Id, None);

        Assert.Empty(await iam.ListSshPublicKeys("jane", None));
    }

    [MotoFact]
    public async Task A_user_without_devices_policies_and_groups_has_empty_lists()
    {
        using var cloud = await WithJane();
        var iam = cloud.Iam(Clouds.Dev);

        Assert.Empty(await iam.ListMfaDevices("jane", None));
        Assert.Empty(await iam.ListSigningCertificates("jane", None));
        Assert.Empty(await iam.ListAttachedUserPolicies("jane", None));
        Assert.Empty(await iam.ListUserPolicies("jane", None));
        Assert.Empty(await iam.ListGroupsForUser("jane", None));
        var missing = await Assert.ThrowsAsync<CloudException>(() => iam.ListAccessKeys("nobody", None));
        Assert.Equal(CloudErrorKind.NotFound, missing.Kind);
    }

    private async Task<AwsCloud> WithJane()
    {
        var cloud = Clouds.AtMoto(moto);
        await cloud.CloudFormation(Clouds.Dev).CreateStack(Clouds.Stack("people", User), None);
        return cloud;
    }
}
