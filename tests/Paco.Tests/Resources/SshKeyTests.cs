using Paco.Binding;
using Paco.Diagnostics;
using Paco.Resources.Asg;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Tests.Resources;

public sealed class SshKeyTests
{
    private readonly DiagnosticBag _bag = new();

    [Fact]
    public void Users_come_first_then_the_members_of_groups_each_key_once() =>
        Assert.Equal(["ssh-ed25519 B bob", "ssh-ed25519 A ann"], Keys("{users: [bob], groups: [admins]}"));

    [Fact]
    public void Somebody_unknown_is_reported_with_a_suggestion()
    {
        Keys("{users: [bop], groups: [admin]}");
        Assert.Equal(
            [
                "resource/ec2.yaml has no group \"admin\": did you mean \"admins\"?",
                "resource/ec2.yaml has no user \"bop\": did you mean \"bob\"?",
            ],
            _bag.ToSorted().Select(d => $"{d.Message}: {d.Hint}").Order());
    }

    private string[] Keys(string access)
    {
        var context = new BindContext(_bag, new ProjectFiles(Repository.Root, _bag), new ObjectIndex());
        context.Index.Add(new People(new Fields(null, "ec2", "resource.ec2", null, context)));
        var node = YamlReader.Read(new SourceFile("test.yaml", $"{{type: ASG, ssh_access: {access}}}"), _bag);
        var asg = new Asg(new Fields(node, "web", "netenv.mynet.dev.web", null, context));
        return [.. SshKeys.Of(asg, new BuildContext("", _bag, context.Index))];
    }

    private sealed class People(Fields f) : Model(f), ISshUsers
    {
        public IReadOnlyDictionary<string, string> PublicKeys { get; } =
            new Dictionary<string, string> { ["ann"] = "ssh-ed25519 A", ["bob"] = "ssh-ed25519 B\n", ["twin"] = "ssh-ed25519 A" };

        public IReadOnlyDictionary<string, IReadOnlyList<string>> Groups { get; } =
            new Dictionary<string, IReadOnlyList<string>> { ["admins"] = ["ann", "bob", "twin"] };
    }
}
