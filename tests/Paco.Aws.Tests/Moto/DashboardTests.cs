using System.Text.Json.Nodes;
using Paco.Aws.Wire;

namespace Paco.Aws.Tests.Moto;

/// <summary>A dashboard as our stacks have it, through a CloudFormation and a CloudWatch that nobody here wrote.</summary>
[Collection(MotoCollection.Name)]
public sealed class DashboardTests(MotoServer moto)
{
    // What paco makes of a dashboard file: the body is put together from parameters, and says nothing of itself before it is made.
    private const string Template = """
        Parameters:
          AwsRegion: {Type: String}
          Team: {Type: String}
        Resources:
          Dashboard:
            Type: AWS::CloudWatch::Dashboard
            Properties:
              DashboardName: mynet-dev-MainDashboard
              DashboardBody: !Sub '{"widgets":[{"type":"text","x":0,"y":0,"width":24,"height":1,"properties":{"markdown":"# ${Team}"}},{"type":"metric","x":0,"y":1,"width":12,"height":6,"properties":{"region":"${AwsRegion}","metrics":[["AWS/EC2","NetworkIn"],["...",{"stat":"Sum"}]]}}]}'
        """;

    [MotoFact]
    public async Task A_dashboard_of_a_stack_has_the_body_that_the_template_makes()
    {
        using var cloud = Clouds.AtMoto(moto);
        await cloud.CloudFormation(Clouds.Dev).CreateStack(
            Clouds.Stack("board", Template, [new("AwsRegion", Clouds.Oregon), new("Team", "Shop")]), CancellationToken.None);

        var body = await cloud.CallerAt(Clouds.Dev).Xml(
            new QueryForm(AwsService.CloudWatch, "2010-08-01", "GetDashboard").Add("DashboardName", "mynet-dev-MainDashboard")
                .ToRequest(repeatable: true), root => root.Within("DashboardBody").Value, CancellationToken.None);

        var widgets = JsonNode.Parse(body)!["widgets"]!.AsArray();
        Assert.Equal(["# Shop", null], widgets.Select(w => (string?)w!["properties"]!["markdown"]));
        Assert.Equal(Clouds.Oregon, (string?)widgets[1]!["properties"]!["region"]);
    }
}
