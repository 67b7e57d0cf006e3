using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Tests.Moto;

[Collection(MotoCollection.Name)]
public sealed class AlarmTests(MotoServer moto)
{
    private const string Alarms = """
        Resources:
          A:
            Type: AWS::CloudWatch::Alarm
            Properties: {AlarmName: NE-shop-a, Namespace: Shop, MetricName: Load, Statistic: Sum, Period: 60, EvaluationPeriods: 1,
              Threshold: 1, ComparisonOperator: GreaterThanThreshold}
          B:
            Type: AWS::CloudWatch::Alarm
            Properties: {AlarmName: other, Namespace: Shop, MetricName: Load, Statistic: Sum, Period: 60, EvaluationPeriods: 1,
              Threshold: 1, ComparisonOperator: GreaterThanThreshold}
        """;

    [MotoFact]
    public async Task Alarms_are_listed_by_the_beginning_of_their_names_with_how_they_stand()
    {
        using var cloud = Clouds.AtMoto(moto);
        await cloud.CloudFormation(Clouds.Dev).CreateStack(Clouds.Stack("alarms", Alarms), CancellationToken.None);
        await cloud.CallerAt(Clouds.Dev).Do(new QueryForm(AwsService.CloudWatch, "2010-08-01", "SetAlarmState").Add("AlarmName", "NE-shop-a")
            .Add("StateValue", "ALARM").Add("StateReason", "a trial").Add("StateReasonData", """{"recentDatapoints": [1, 2.5]}""")
            .ToRequest(repeatable: false), CancellationToken.None);

        var found = Assert.Single(await cloud.CloudWatch(Clouds.Dev).DescribeAlarms("NE-shop-", CancellationToken.None));

        Assert.Equal(("NE-shop-a", AlarmState.Alarm, "a trial", 2.5), (found.Name, found.State, found.Reason, found.Value));
    }
}
