using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Tests.Moto;

/// <summary>Alarms that are put by hand: moto's CloudFormation makes none.</summary>
[Collection(MotoCollection.Name)]
public sealed class AlarmTests(MotoServer moto)
{
    [MotoFact]
    public async Task Alarms_are_listed_by_the_beginning_of_their_names_with_how_they_stand()
    {
        using var cloud = Clouds.AtMoto(moto);
        Task Do(string action, params (string Name, string Value)[] members) => cloud.CallerAt(Clouds.Dev).Do(
            members.Aggregate(new QueryForm(AwsService.CloudWatch, "2010-08-01", action), (form, m) => form.Add(m.Name, m.Value))
                .ToRequest(repeatable: true), CancellationToken.None);
        foreach (var name in new[] { "NE-shop-a", "NE-shop-b", "other" })
        {
            await Do("PutMetricAlarm", ("AlarmName", name), ("Namespace", "Shop"), ("MetricName", "Load"), ("Statistic", "Sum"),
                ("Period", "60"), ("EvaluationPeriods", "1"), ("Threshold", "1"), ("ComparisonOperator", "GreaterThanThreshold"));
        }
        await Do("SetAlarmState", ("AlarmName", "NE-shop-a"), ("StateValue", "ALARM"), ("StateReason", "a trial"),
            ("StateReasonData", """{"recentDatapoints": [1, 2.5]}"""));
        await Do("SetAlarmState", ("AlarmName", "NE-shop-b"), ("StateValue", "INSUFFICIENT_DATA"), ("StateReason", "none"));

        var found = await cloud.CloudWatch(Clouds.Dev).DescribeAlarms("NE-shop-", CancellationToken.None);

        Assert.Equal([("NE-shop-a", AlarmState.Alarm, "a trial", 2.5), ("NE-shop-b", AlarmState.InsufficientData, "none", null)],
            found.OrderBy(a => a.Name).Select(a => (a.Name, a.State, a.Reason, a.Value)));
    }
}
