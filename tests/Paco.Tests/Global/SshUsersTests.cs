using Paco.Stacks;

namespace Paco.Tests.Global;

public sealed class SshUsersTests
{
    [Fact]
    public void Users_and_groups_are_found_by_whoever_lets_people_in()
    {
        using var folder = new TemporaryFolder();
        folder.CopyFrom(Repository.Path("tests", "projects", "page"));
        folder.Write("resource/ec2.yaml", """
            users:
              jane.doe:
                public_ssh_key: ssh-ed25519 AAAA
            groups:
              developers:
                members: [jane.doe]
            """);
        var users = Assert.IsType<ISshUsers>(Toolkit.Compile(folder.Path).Project!.Index.Find(ISshUsers.Path), exactMatch: false);
        Assert.Equal("ssh-ed25519 AAAA", users.PublicKeys["jane.doe"]);
        Assert.Equal(["jane.doe"], users.Groups["developers"]);
    }
}
