namespace Paco.Cli.Tests.Conformance;

/// <summary>CloudWatch Logs.</summary>
internal static partial class Calls
{
    private static async Task Logs(Caller aws)
    {
        await Stack(aws, "logs", """
            Resources:
              Group: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: shop, RetentionInDays: 7}}
              Filter:
                Type: AWS::Logs::MetricFilter
                Properties:
                  LogGroupName: !Ref Group
                  FilterPattern: '{ $.latency = * }'
                  MetricTransformations:
                    - {MetricName: Latency, MetricNamespace: Shop, MetricValue: $.latency, Dimensions: [{Key: path, Value: $.path}]}
              Count:
                Type: AWS::Logs::MetricFilter
                Properties:
                  LogGroupName: !Ref Group
                  FilterPattern: ERROR
                  MetricTransformations: [{MetricName: Errors, MetricNamespace: Shop, MetricValue: '1', DefaultValue: 0}]
            """);
        await aws.Json("logs", "CreateLogGroup", """{"logGroupName": "own"}""");
        await aws.Json("logs", "CreateLogGroup", """{"logGroupName": "own"}""");
        await aws.Json("logs", "DescribeLogGroups");
        await aws.Json("logs", "DescribeLogGroups", """{"logGroupNamePrefix": "sh", "limit": 1}""");
        await aws.Json("logs", "DescribeLogGroups", """{"logGroupNamePrefix": "sh", "logGroupNamePattern": "op"}""");
        await aws.Json("logs", "CreateLogStream", """{"logGroupName": "shop", "logStreamName": "one"}""");
        await aws.Json("logs", "CreateLogStream", """{"logGroupName": "shop", "logStreamName": "one"}""");
        await aws.Json("logs", "CreateLogStream", """{"logGroupName": "nobody", "logStreamName": "one"}""");
        await Events(aws);
        await aws.Json("logs", "DescribeLogStreams", """{"logGroupName": "shop", "orderBy": "LastEventTime", "descending": true}""");
        await aws.Json("logs", "DescribeMetricFilters", """{"logGroupName": "shop"}""");
        await aws.Json("logs", "DescribeMetricFilters", """{"metricName": "Errors", "metricNamespace": "Shop"}""");
        await aws.Json("logs", "TestMetricFilter", """{"filterPattern": "[a, b]", "logEventMessages": ["one two", "one"]}""");
        await aws.Json("logs", "TestMetricFilter", """{"filterPattern": "a:b", "logEventMessages": ["one"]}""");
    }

    private static async Task Events(Caller aws)
    {
        const string In = "\"logGroupName\": \"shop\", \"logStreamName\": \"one\"";
        var old = aws.Now - (long)TimeSpan.FromDays(8).TotalMilliseconds;
        await aws.Json("logs", "PutLogEvents", $$"""
            {{{In}}, "logEvents": [{"timestamp": {{aws.Now}}, "message": "ERROR one"}, {"timestamp": {{aws.Now + 1}}, "message": "two"}]}
            """);
        await aws.Json("logs", "PutLogEvents", $$"""{{{In}}, "logEvents": [{"timestamp": {{old}}, "message": "too old"}]}""");
        await aws.Json("logs", "PutLogEvents",
            """{"logGroupName": "shop", "logStreamName": "nobody", "logEvents": [{"timestamp": 1, "message": "x"}]}""");
        await aws.Json("logs", "FilterLogEvents", """{"logGroupName": "shop", "filterPattern": "ERROR"}""");
        await aws.Json("logs", "FilterLogEvents", """{"logGroupName": "shop", "limit": 1}""");
        await aws.Json("logs", "FilterLogEvents", """{"logGroupName": "shop", "filterPattern": "{"}""");
        await aws.Json("logs", "FilterLogEvents", """{"logGroupName": "nobody"}""");
        await aws.Json("logs", "GetLogEvents", $$"""{{{In}}}""");
        await aws.Json("logs", "GetLogEvents", $$"""{{{In}}, "startFromHead": true, "limit": 1}""");
        await aws.Json("logs", "GetLogEvents", """{"logGroupName": "shop", "logStreamName": "nobody"}""");
    }
}
