using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Resources.Connections;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Tests.Resources.Connections;

public sealed class ConnectionTests
{
    private const string Id = "connection/0a1b2c3d-1111-2222-3333-444455556666";

    private readonly DiagnosticBag _bag = new();
    private readonly BuildContext _build;

    public ConnectionTests() => _build = new BuildContext("", _bag, new ObjectIndex());

    [Fact]
    public void One_is_made_and_waited_for_where_none_is_given()
    {
        var arn = Build("pipeline", new Connection("shop/site", "GitHub"));

        var stack = Assert.Single(_build.Stacks);
        var step = Assert.IsType<FinishedConnection>(Assert.Single(_build.Actions));
        Assert.Equal("NE-mynet-dev-App-app-pipeline-GitHub-Connection", stack.Id.Name);
        Assert.Equal("AWS::CodeConnections::Connection", Assert.Single(stack.Template.Resources).Type);
        Assert.Equal([stack.Id], step.Inputs.SelectMany(i => i.Value.Needs));
        Assert.Equal(new OutputSource(step.Id, "ConnectionArn"), arn);
        Assert.Empty(_bag.ToSorted());
    }

    [Fact]
    public void One_that_is_given_is_only_waited_for()
    {
        Build("pipeline", new Connection("shop/site", "GitHub") { Arn = $"arn:aws:codeconnections:eu-west-1:111111111111:{Id}" });

        Assert.Empty(_build.Stacks);
        Assert.Single(_build.Actions);
        Assert.Empty(_bag.ToSorted());
    }

    [Theory]
    [InlineData("arn:aws:codecommit:us-west-2:111111111111:shop", "PACO3115")]
    [InlineData($"arn:aws:codeconnections:us-west-9:111111111111:{Id}", "PACO3116")]
    [InlineData($"arn:aws-cn:codeconnections:cn-north-1:111111111111:{Id}", "PACO3116")]
    [InlineData($"arn:aws:codestar-connections:us-west-2:222222222222:{Id}", "PACO3116")]
    [InlineData($"arn:aws:codeconnections:us-west-2:222222222222:{Id}", null)]
    [InlineData($"arn:aws:codestar-connections:us-west-2:111111111111:{Id}", null)]
    public void An_arn_of_something_else_or_of_elsewhere_is_refused(string arn, string? code)
    {
        _build.Offers.Add("accounts.tools.id", "111111111111");

        Build("pipeline", new Connection("shop/site", "GitHub") { Arn = arn });

        Assert.Equal(code is null ? [] : [code], _bag.ToSorted().Select(d => d.Code.Id));
    }

    [Fact]
    public void Two_that_are_made_have_two_names()
    {
        Build("one", new Connection("shop/site", "GitHub"));
        Build("two", new Connection("shop/site", "GitHub"));

        Assert.Equal(["PACO3117"], _bag.ToSorted().Select(d => d.Code.Id));
    }

    [Fact]
    public void A_name_that_is_too_long_for_AWS_is_shortened_and_stays_its_own()
    {
        Build("one", new Connection("a-company-with-a-long-name/shop-site", "GitHub"));
        Build("two", new Connection("b-company-with-a-long-name/shop-site", "GitHub"));

        Assert.Empty(_bag.ToSorted());
        Assert.Equal(["22825ED9-h-a-long-name/shop-site", "04D247F2-h-a-long-name/shop-site"], _build.Stacks.Select(NameIn));
    }

    private static string NameIn(Stack stack) => TemplateDiff.Text(stack.Template.Resources[0].Properties["ConnectionName"])!;

    private Source Build(string name, Connection connection)
    {
        var scope = new BuildScope(_build, new Place("tools", "us-west-2"))
        {
            Prefix = "NE-mynet-dev-App-app",
            OwnNames = [name],
            Label = $"app/{name}",
        };
        return connection.Build(scope, Owner(name), "GitHub");
    }

    private Pipeline Owner(string name) => new(new Fields(null, name, $"netenv.mynet.dev.us-west-2.{name}", null,
        new BindContext(_bag, new ProjectFiles("/", _bag), new ObjectIndex())));

    private sealed class Pipeline(Fields f) : Model(f);
}
