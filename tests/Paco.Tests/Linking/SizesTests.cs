using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Tests.Linking;

/// <summary>What is too long for AWS is refused before anything is deployed, and nothing that fits is.</summary>
public sealed class SizesTests
{
    // {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":""}]}
    private const int Around = 95;
    private const int MostOfRole = 10240;

    private readonly DiagnosticBag _bag = new();

    [Theory]
    [InlineData(MostOfRole, 0)]
    [InlineData(MostOfRole + 1, 1)]
    public void A_policy_of_a_role_may_have_10240_characters(int length, int refused)
    {
        Check(Policy(new string('x', length - Around)));
        Assert.Equal(refused, Refused().Count());
    }

    [Theory]
    [InlineData(MostOfRole, 0)]
    [InlineData(MostOfRole + 1, 1)]
    public void Several_policies_of_a_role_may_have_as_many_together_their_names_not_counted(int length, int refused)
    {
        Check(Policy(new string('x', 5000 - Around)), Policy(new string('y', length - 5000 - Around)));
        Assert.Equal(refused, Refused().Count());
    }

    [Fact]
    public void The_message_says_how_many_there_are_and_how_many_there_may_be()
    {
        Check(Policy(new string('x', 10300 - Around)));
        Assert.Equal("Policies.PolicyDocument of Role (AWS::IAM::Role) would have 10300 characters at least; AWS takes 10240",
            Assert.Single(Refused()));
    }

    [Fact]
    public void Blanks_do_not_count_wherever_they_come_from()
    {
        var blanks = new string(' ', MostOfRole);
        Check(Policy(blanks), Policy(Fn.Sub($"{blanks}${{AWS::Region}}{blanks}")), Policy(Fn.Join(blanks, ["a", "b", "c"])));
        Assert.Empty(Refused());
    }

    /// <summary>Texts of Fn::Sub, each as long as AWS makes it, as far as that is sure.</summary>
    [Theory]
    [InlineData("${AWS::Region}", 9)]
    [InlineData("${AWS::AccountId}:${AWS::Partition}", 16)]
    [InlineData("${aws:username}", 0)]
    [InlineData("${!aws:username}", 15)]
    [InlineData("${Role.Arn}", 34)]
    [InlineData("${Role.RoleId}", 0)]
    [InlineData("a brace that is not closed: ${AWS::Region", 35)]
    [InlineData("}${", 3)]
    [InlineData("${}", 0)]
    public void A_text_with_names_is_as_long_as_what_they_stand_for(string text, int length)
    {
        var rest = MostOfRole - Around - length;
        Check(Policy(Fn.Join("", [Fn.Sub(text), new string('x', rest)])));
        Assert.Empty(Refused());
        Check(Policy(Fn.Join("", [Fn.Sub(text), new string('x', rest + 1)])));
        Assert.Single(Refused());
    }

    [Fact]
    public void A_name_of_the_text_s_own_is_as_long_as_what_it_is_given()
    {
        var text = Fn.Sub("${Long}", new MapValue { ["Long"] = new string('x', MostOfRole) });
        Check(Policy(text));
        Assert.Single(Refused());
    }

    [Fact]
    public void What_a_condition_may_leave_out_does_not_count()
    {
        var statement = new MapValue
        {
            ["Effect"] = "Allow",
            ["Action"] = Value.List(new FunctionValue("Fn::If", Value.List("IsProd", "s3:*", Fn.Ref("AWS::NoValue"))), "s3:GetObject"),
            ["Resource"] = new string('x', MostOfRole - Around - "[]".Length),
            ["Condition"] = Fn.Ref("AWS::NoValue"),
        };
        Check(new MapValue { ["Version"] = "2012-10-17", ["Statement"] = Value.List(statement) });
        Assert.Empty(Refused());
    }

    [Theory]
    [InlineData(4096, 0)]
    [InlineData(4097, 1)]
    public void A_parameter_takes_4096_bytes(int length, int refused)
    {
        var build = new BuildContext("", _bag, new ObjectIndex());
        build.Offers.Add("a.text", new Offer(new LiteralSource(new string('x', length))));
        var stack = build.Stack(new NodeId(new Place("dev", "us-west-2"), "web"), "netenv.mynet.dev", "web", true, default);
        stack.Resource("Alias", "AWS::KMS::Alias", new MapValue
        {
            ["AliasName"] = "alias/x", ["TargetKeyId"] = stack.Input("Key", new Ref("a.text", "a.text", default)),
        });
        TemplateChecks.Check(Linker.Link(build).Stacks, null, _bag);
        Assert.Equal(refused, Refused().Count());
    }

    private static MapValue Policy(Value resource) => new()
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = Value.List(new MapValue { ["Effect"] = "Allow", ["Action"] = "s3:GetObject", ["Resource"] = resource }),
    };

    private IEnumerable<string> Refused() => _bag.ToSorted().Where(d => d.Code == Sizes.TooLong).Select(d => d.Message);

    private void Check(params IEnumerable<MapValue> documents)
    {
        var build = new BuildContext("", _bag, new ObjectIndex());
        var stack = build.Stack(new NodeId(new Place("dev", "us-west-2"), "web"), "netenv.mynet.dev", "web", true, default);
        stack.Resource("Role", "AWS::IAM::Role", new MapValue
        {
            ["RoleName"] = "web",
            ["AssumeRolePolicyDocument"] = new MapValue { ["Version"] = "2012-10-17", ["Statement"] = Value.List() },
            ["Policies"] = Value.List(documents.Select((d, i) => new MapValue { ["PolicyName"] = $"p{i}", ["PolicyDocument"] = d })),
        });
        TemplateChecks.Check(Linker.Link(build).Stacks, null, _bag);
    }
}
