using Paco.Aws.Tests;

namespace Paco.Cli.Tests.Moto;

[Collection(MotoCollection.Name)]
public sealed class KeyPairTests(MotoServer moto)
{
    private const string Scope = "resource.ec2.keypairs";
    private const string Begin = "-----BEGIN RSA PRIVATE KEY-----";

    private static readonly CancellationToken None = CancellationToken.None;

    [MotoFact]
    public async Task A_private_key_is_shown_once_and_the_key_pair_stays_what_it_is()
    {
        using var project = new MotoProject(moto.Address);

        var planned = await project.Run("plan", Scope);
        var first = await project.Succeed("provision", Scope, "--yes");
        using var cloud = project.Cloud();
        var made = await cloud.Ec2(MotoProject.Dev).DescribeKeyPair("moto-bastion", None);
        var second = await project.Succeed("provision", Scope, "--yes");

        Assert.Equal(ExitCode.Changes, planned.ExitCode);
        Assert.Contains("1 create", planned.Out, StringComparison.Ordinal);
        Assert.Equal(2, first.Split(Begin).Length);
        Assert.Contains(made!.Fingerprint, first, StringComparison.Ordinal);
        Assert.DoesNotContain(Begin, second, StringComparison.Ordinal);
        Assert.Contains("= 1 unchanged", second, StringComparison.Ordinal);
        Assert.Equal(made.Id, (await cloud.Ec2(MotoProject.Dev).DescribeKeyPair("moto-bastion", None))!.Id);
        Assert.Null(await cloud.Ec2(MotoProject.Prod).DescribeKeyPair("moto-bastion", None));
    }

    [MotoFact]
    public async Task A_program_that_reads_the_run_sees_no_private_key()
    {
        using var project = new MotoProject(moto.Address);

        var refused = await project.Run("provision", Scope, "--yes", "--json");
        var json = await project.Succeed("provision", Scope, "--yes", "--json", "--secrets-dir", "keys");

        Assert.Equal(ExitCode.Failure, refused.ExitCode);
        Assert.Contains("--secrets-dir", refused.Error, StringComparison.Ordinal);
        Assert.Contains("secret-made", json, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", json, StringComparison.Ordinal);
        Assert.StartsWith(Begin, project.Read("keys/moto-bastion.pem"), StringComparison.Ordinal);
    }

    [MotoFact]
    public async Task A_key_pair_is_deleted_only_with_permission()
    {
        using var project = new MotoProject(moto.Address);
        await project.Succeed("provision", Scope, "--yes");
        using var cloud = project.Cloud();

        var refused = await project.Run("delete", Scope, "--yes");
        Assert.Equal(ExitCode.Failure, refused.ExitCode);
        Assert.Contains("--allow-destroy resource.ec2.keypairs.bastion", refused.Error, StringComparison.Ordinal);
        Assert.NotNull(await cloud.Ec2(MotoProject.Dev).DescribeKeyPair("moto-bastion", None));

        await project.Succeed("delete", Scope, "--yes", "--allow-destroy", "resource.ec2.keypairs.bastion");
        Assert.Null(await cloud.Ec2(MotoProject.Dev).DescribeKeyPair("moto-bastion", None));
    }
}
