namespace Paco.Cli.Tests.Commands;

/// <summary>Repositories hold code, users let people in: what becomes of both when the file changes.</summary>
public class RepositoryTests
{
    private const string File = "resource/codecommit.yaml";
    private const string Stack = "Resource-CodeCommit-Git-Repositories";

    [Fact]
    public async Task A_repository_that_is_switched_off_keeps_its_code_until_that_is_permitted()
    {
        using var project = await Starter.New();
        await project.Provision("resource.codecommit");
        project.Edit(File, "    enabled: true\n", "    enabled: false\n");

        var refused = await project.Run("provision", "resource.codecommit", "--sandbox", "--yes");

        Assert.NotEqual(0, refused.Exit);
        Assert.Contains("LOSES THE HISTORY", refused.All, StringComparison.Ordinal);
        Assert.Contains("--allow-destroy resource.codecommit", refused.All, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.Contains("AppSiteRepository", (await cloud.ResourcesOf("tools", Stack)).Keys);
    }

    [Fact]
    public async Task Deleting_the_scope_asks_for_the_same()
    {
        using var project = await Starter.New();
        await project.Provision("resource.codecommit");

        var refused = await project.Run("delete", "resource.codecommit", "--sandbox", "--yes");
        var done = await project.Run("delete", "resource.codecommit", "--sandbox", "--yes", "--allow-destroy", "resource.codecommit");

        Assert.NotEqual(0, refused.Exit);
        done.Succeeds();
    }

    [Fact]
    public async Task A_user_who_leaves_goes_with_the_keys()
    {
        using var project = await Starter.New();
        var before = project.Read(File);
        project.Write(File, before.TrimEnd() + $"\n      jane:\n        username: jane\n        public_ssh_key: \"{PublicKeys.First}\"\n");
        await project.Provision("resource.codecommit");
        project.Write(File, before);

        await project.Provision("resource.codecommit");

        await using var cloud = new Sandbox(project.Home);
        Assert.DoesNotContain("JaneUser", (await cloud.ResourcesOf("tools", Stack)).Keys);
        Assert.Null(await cloud.Aws.Iam(new("tools", Sandbox.Region)).GetUser("jane", CancellationToken.None));
    }

    [Fact]
    public async Task A_private_key_is_refused_and_shown_nowhere()
    {
        using var project = await Starter.New();
        project.Write(File, project.Read(File).TrimEnd() + """

                  jane:
                    username: jane
                    public_ssh_key: |
                      -----BEGIN OPENSSH PRIVATE KEY-----
                      b3BlbnNzaC1rZXktdjEAAAAA
                      -----END OPENSSH PRIVATE KEY-----

            """);

        var ran = await project.Run("validate", "resource.codecommit");
        var json = await project.Run("validate", "resource.codecommit", "--format", "json");

        Assert.Contains("PACO3092", ran.All, StringComparison.Ordinal);
        Assert.DoesNotContain("b3BlbnNzaC1rZXktdjEAAAAA", ran.All + json.All, StringComparison.Ordinal);
    }

    [SshKeygenFact]
    public async Task A_key_that_ssh_keygen_made_is_uploaded()
    {
        using var project = await Starter.New();
        var file = Path.Combine(project.Above, "id_rsa");
        (await Programs.Run("ssh-keygen", ["-q", "-t", "rsa", "-b", "2048", "-N", "", "-C", "jane@laptop", "-f", file])).Succeeds();
        var key = (await System.IO.File.ReadAllTextAsync($"{file}.pub")).Trim();
        project.Write(File, project.Read(File).TrimEnd() + $"\n      jane:\n        username: jane\n        public_ssh_key: \"{key}\"\n");

        var ran = await project.Provision("resource.codecommit");

        Assert.Contains("git clone ssh://APKA", ran.Out, StringComparison.Ordinal);
    }
}
