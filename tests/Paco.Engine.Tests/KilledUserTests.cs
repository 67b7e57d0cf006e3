using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Paco.Applying;
using Paco.CloudFormation;
using Paco.Engine.Tests.Simulation;
using Paco.Linking;
using Paco.Resources.Users;
using Paco.Sandbox;
using Paco.Stacks;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

/// <summary>
/// A run that makes a user with a password and two access keys, killed at every point: before and after each call, before and after each
/// secret is kept.
/// </summary>
public sealed class KilledUserTests
{
    private const string PasswordFile = "jane.password";

    private static readonly NodeId Users = Id("users");

    private static readonly StackNode Stack = new(new Stack
    {
        Id = Users,
        Ref = "resource.iam.users",
        Title = "users",
        Enabled = true,
        Capabilities = ["CAPABILITY_NAMED_IAM"],
        Parameters = [new Parameter("Password", "String", new MadeSecretSource("password of jane", PasswordFile))],
        Template = new Template
        {
            Parameters = [new TemplateParameter("Password", "String") { NoEcho = true }],
            Resources =
            [
                new Resource("Jane", "AWS::IAM::User", new MapValue
                {
                    ["UserName"] = "jane",
                    ["LoginProfile"] = new MapValue { ["Password"] = Fn.Ref("Password"), ["PasswordResetRequired"] = true },
                }),
            ],
        },
    });

    private static readonly ImmutableArray<AccessKeyAction> Keys = [Key(1, 1, 1), Key(2, 1, 1)];

    [Fact]
    public void Wherever_a_run_that_makes_a_user_is_killed_the_next_one_leaves_no_secret_that_nobody_has()
    {
        var points = 0;
        while (IsKilledAt(++points, Project(Keys), world => Task.CompletedTask))
        {
        }
        // The stack, its password, and of each key: begun, made, kept, described, ended.
        Assert.InRange(points, 2 * (2 + (5 * 2)), 200);
    }

    [Fact]
    public void Nor_where_a_run_is_killed_that_rotates_one_key_and_retires_the_other()
    {
        var points = 0;
        ImmutableArray<AccessKeyAction> others = [Key(1, 2, 0), Key(2, 2, 0)];
        while (IsKilledAt(++points, Project(others), async world => Assert.True((await Provision(world, Project(Keys))).Succeeded)))
        {
        }
        Assert.InRange(points, 10, 200);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_answer_that_is_cut_or_lost_costs_no_key(bool isCut)
    {
        Fault fault = isCut
            ? new Fault.CutAnswer("iam:CreateAccessKey", 1)
            : new Fault.DropConnection("iam:CreateAccessKey", 1, AfterEffect: true);
        var secrets = new KeptSecrets();
        Run(Pace.Instant, [fault], async world =>
        {
            var report = await Applier.Apply(await Plan(world, Project(Keys)), world.Cloud, world.Options with { Secrets = secrets },
                _ => { }, default);
            Assert.True(report.Succeeded);
            await AreSomebodys(world, secrets, Keys);
            return true;
        });
    }

    [Fact]
    public void A_password_that_cannot_be_kept_is_not_sent()
    {
        Run(Pace.Instant, [], async world =>
        {
            var report = await Applier.Apply(await Plan(world, Project([])), world.Cloud,
                world.Options with { Secrets = NoSecretSink.Instance }, _ => { }, default);

            Assert.Contains("nothing was sent", Assert.Single(report.Failures).Failure!.Message, StringComparison.Ordinal);
            Assert.Null(await world.Cloud.CloudFormation(Here).DescribeStack("users", default));
            return true;
        });
    }

    [Fact]
    public void A_password_once_deployed_is_neither_made_again_nor_sent()
    {
        var secrets = new KeptSecrets();
        Run(Pace.Instant, [], async world =>
        {
            var options = world.Options with { Secrets = secrets };
            await Applier.Apply(await Plan(world, Project([])), world.Cloud, options, _ => { }, default);
            var before = await Password(world);
            var changed = Stack with { Stack = Stack.Stack with { Template = Stack.Stack.Template with { Description = "another" } } };

            var plan = await Plan(world, new StackGraph([changed]));
            var report = await Applier.Apply(plan, world.Cloud, options with { Secrets = NoSecretSink.Instance }, _ => { }, default);

            Assert.Empty(plan.Reveals);
            Assert.True(report.Succeeded);
            Assert.Equal(before, await Password(world));
            return true;
        });
    }

    // False where the run came to its end before that point.
    private static bool IsKilledAt(int point, StackGraph project, Func<World, Task> before)
    {
        var time = new VirtualTime();
        var secrets = new KeptSecrets();
        var folder = Directory.CreateTempSubdirectory("paco-killed-");
        var file = Path.Combine(folder.FullName, "sandbox.db");
        try
        {
            return time.Run(async () =>
            {
                var isKilled = false;
                await using (var world = new World(file, time, Accounts, Pace.Instant, [], TimeSpan.Zero, secrets: secrets))
                {
                    await before(world);
                    isKilled = await Killing.At(point, world, secrets, project);
                }
                secrets.Pass = () => { };
                await using var next = new World(file, time, Accounts, Pace.Instant, [], TimeSpan.Zero, secrets: secrets);
                var report = await Provision(next, project);
                Assert.True(report.Succeeded, string.Join('\n', report.Failures.Select(f => f.Failure!.Message)));
                await AreSomebodys(next, secrets, [.. project.Nodes.OfType<ActionNode>().Select(n => (AccessKeyAction)n.Action)]);
                Assert.False((await Plan(next, project)).HasWork);
                return isKilled;
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task AreSomebodys(World world, KeptSecrets secrets, ImmutableArray<AccessKeyAction> keys)
    {
        var iam = world.Cloud.Iam(Here);
        var there = UserKeys.Of(await iam.ListAccessKeys("jane", default), (await iam.GetUser("jane", default))!.Tags);
        Assert.Equal(keys.Where(k => k.SecretFile is not null).Select(k => k.Slot), there.Select(k => k.Slot));
        foreach (var key in there)
        {
            var file = keys.Single(k => k.Slot == key.Slot).SecretFile!;
            Assert.True(secrets.Has(file, s => AccessKeyFile.IdIn(s) == key.Id), $"nobody has {key.Id}");
            Assert.False(key.IsUnclaimed);
        }
        Assert.DoesNotContain((await iam.GetUser("jane", default))!.Tags.Keys, t => t.StartsWith("Paco-", StringComparison.Ordinal));
        var password = await Password(world);
        Assert.True(secrets.Has(PasswordFile, s => s == password), "nobody has the password");
    }

    private static async Task<string> Password(World world) => JsonNode.Parse((await world.Cloud.CloudControl(Here)
        .GetResource("AWS::IAM::User", "jane", default))!)!["LoginProfile"]!["Password"]!.ToString();

    private static StackGraph Project(ImmutableArray<AccessKeyAction> keys) => new(
    [
        Stack,
        .. keys.Select(k => new ActionNode(k) { DependsOn = k.Slot == 1 ? [Users] : [Users, keys[0].Id] }),
    ]);

    private static AccessKeyAction Key(int slot, int first, int second) => new(slot, new WantedKeys(true, first, second))
    {
        Id = Id($"access key {slot}"),
        Ref = "resource.iam.users.jane",
        Title = $"access key {slot} of jane",
        User = "jane",
        Inputs = [new(AccessKeyAction.UserInput, new LiteralSource("jane") { MadeBy = Users })],
    };
}
