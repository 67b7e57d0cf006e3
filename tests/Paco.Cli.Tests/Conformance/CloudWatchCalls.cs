namespace Paco.Cli.Tests.Conformance;

/// <summary>CloudWatch, in the two of its protocols that are text.</summary>
internal static partial class Calls
{
    private const string Dashboard = """{"widgets":[{"type":"text","x":0,"y":0,"width":6,"height":2,"properties":{"markdown":"Hello"}}]}""";

    private static async Task CloudWatch(Caller aws)
    {
        await Stack(aws, "watched", """
            Resources:
              A:
                Type: AWS::CloudWatch::Alarm
                Properties:
                  AlarmName: busy
                  Namespace: Shop
                  MetricName: Load
                  Dimensions: [{Name: Host, Value: web}]
                  Statistic: Average
                  Period: 60
                  EvaluationPeriods: 2
                  DatapointsToAlarm: 1
                  Threshold: 80.5
                  ComparisonOperator: GreaterThanThreshold
                  AlarmActions: [arn:aws:sns:us-west-2:111111111111:admin]
              Math:
                Type: AWS::CloudWatch::Alarm
                Properties:
                  AlarmName: share
                  EvaluationPeriods: 1
                  Threshold: 1
                  ComparisonOperator: LessThanThreshold
                  Metrics:
                    - {Id: e, Expression: m * 2}
                    - Id: m
                      ReturnData: false
                      MetricStat: {Stat: Sum, Period: 60, Metric: {Namespace: Shop, MetricName: Load, Dimensions: [{Name: Host, Value: web}]}}
              C: {Type: AWS::CloudWatch::CompositeAlarm, DependsOn: A, Properties: {AlarmName: both, AlarmRule: ALARM(busy)}}
              N: {Type: AWS::CloudWatch::AnomalyDetector, Properties: {Namespace: Shop, MetricName: Load, Stat: Average}}
            """);
        await Alarms(aws);
        await Metrics(aws);
        await Dashboards(aws);
        await InJson(aws);
        await aws.Query("monitoring", "DeleteAlarms", "AlarmNames.member.1=by-hand");
    }

    private static async Task Alarms(Caller aws)
    {
        string[] types = ["AlarmTypes.member.1=MetricAlarm", "AlarmTypes.member.2=CompositeAlarm"];
        await aws.Query("monitoring", "SetAlarmState", "AlarmName=busy", "StateValue=ALARM", "StateReason=a trial",
            "StateReasonData={}");
        await aws.Query("monitoring", "SetAlarmState", "AlarmName=gone", "StateValue=ALARM", "StateReason=a trial");
        await aws.Query("monitoring", "DescribeAlarms", types);
        await aws.Query("monitoring", "DescribeAlarms", "AlarmNamePrefix=b", "StateValue=ALARM", "MaxRecords=1");
        await aws.Query("monitoring", "DescribeAlarms", "NextToken=x");
        await aws.Query("monitoring", "DescribeAlarmsForMetric", "Namespace=Shop", "MetricName=Load", "Dimensions.member.1.Name=Host",
            "Dimensions.member.1.Value=web");
        await aws.Query("monitoring", "DescribeAlarmHistory", [.. types, "MaxRecords=2", "ScanBy=TimestampAscending"]);
        await aws.Query("monitoring", "DisableAlarmActions", "AlarmNames.member.1=busy");
        await aws.Query("monitoring", "EnableAlarmActions", "AlarmNames.member.1=busy");
        await aws.Query("monitoring", "ListTagsForResource", "ResourceARN=arn:aws:cloudwatch:us-west-2:111111111111:alarm:busy");
        await aws.Query("monitoring", "ListTagsForResource", "ResourceARN=arn:aws:cloudwatch:us-west-2:111111111111:alarm:gone");
        await aws.Query("monitoring", "PutMetricAlarm", "AlarmName=by-hand", "Namespace=Shop", "MetricName=Load", "Statistic=Sum",
            "Period=60", "EvaluationPeriods=1", "Threshold=1", "ComparisonOperator=LessThanThreshold");
        await aws.Query("monitoring", "PutMetricAlarm", "AlarmName=by-hand", "Namespace=Shop", "MetricName=Load", "Statistic=Sum",
            "Period=90", "EvaluationPeriods=1", "Threshold=1", "ComparisonOperator=LessThanThreshold");
        await aws.Query("monitoring", "PutCompositeAlarm", "AlarmName=both", "AlarmRule=ALARM(busy) OR OK(by-hand)");
    }

    private static async Task Metrics(Caller aws)
    {
        await aws.Query("monitoring", "PutMetricData", "Namespace=Shop", "MetricData.member.1.MetricName=Load",
            "MetricData.member.1.Values.member.1=95", "MetricData.member.1.Values.member.2=96.5", "MetricData.member.1.Unit=Percent");
        await aws.Query("monitoring", "PutMetricData", "Namespace=Shop", "MetricData.member.1.MetricName=Load",
            "MetricData.member.1.Values.member.1=1", "MetricData.member.1.Counts.member.1=1", "MetricData.member.1.Counts.member.2=2");
        string[] metric = ["Namespace=Shop", "MetricName=Load"];
        string[] times = ["StartTime=2026-01-01T00:00:00Z", "EndTime=2028-01-01T00:00:00Z"];
        await aws.Query("monitoring", "ListMetrics", "Namespace=Shop");
        await aws.Query("monitoring", "GetMetricStatistics", [.. metric, .. times, "Period=60", "Statistics.member.1=Average"]);
        await aws.Query("monitoring", "GetMetricStatistics", [.. metric, .. times, "Period=60", "ExtendedStatistics.member.1=p90"]);
        await aws.Query("monitoring", "GetMetricStatistics", [.. metric, .. times, "Period=60"]);
        const string Query = "MetricDataQueries.member.1";
        await aws.Query("monitoring", "GetMetricData", [.. times, $"{Query}.Id=m", $"{Query}.MetricStat.Metric.Namespace=Shop",
            $"{Query}.MetricStat.Metric.MetricName=Load", $"{Query}.MetricStat.Period=60", $"{Query}.MetricStat.Stat=Sum"]);
        await aws.Query("monitoring", "DescribeAnomalyDetectors", "Namespace=Shop");
    }

    private static async Task Dashboards(Caller aws)
    {
        await aws.Query("monitoring", "PutDashboard", "DashboardName=shop", $"DashboardBody={Dashboard}");
        await aws.Query("monitoring", "PutDashboard", "DashboardName=shop", "DashboardBody={}");
        await aws.Query("monitoring", "ListDashboards");
        await aws.Query("monitoring", "GetDashboard", "DashboardName=shop");
        await aws.Query("monitoring", "DeleteDashboards", "DashboardNames.member.1=shop");
        await aws.Query("monitoring", "GetDashboard", "DashboardName=shop");
    }

    private static async Task InJson(Caller aws)
    {
        await aws.Json("monitoring", "PutMetricData",
            """{"Namespace": "Shop", "MetricData": [{"MetricName": "Load", "Value": 3.5, "Timestamp": 1795338000}]}""");
        await aws.Json("monitoring", "DescribeAlarms", """{"AlarmTypes": ["MetricAlarm", "CompositeAlarm"]}""");
        await aws.Json("monitoring", "DescribeAlarmHistory", """{"AlarmName": "busy"}""");
        await aws.Json("monitoring", "SetAlarmState", """{"AlarmName": "gone", "StateValue": "OK", "StateReason": ""}""");
        await aws.Json("monitoring", "GetMetricStatistics", """
            {"Namespace": "Shop", "MetricName": "Load", "StartTime": 1767225600, "EndTime": 1830297600, "Period": 60, "Statistics": ["Sum"]}
            """);
    }
}
