using System.Text;
using Paco.Sandbox.Services;

namespace Paco.Cli.Tests.Conformance;

/// <summary>
/// What our clients send and what the sandbox answers, held against the service models that the AWS CLI brings, which nobody here wrote.
/// They are skipped where there is no AWS CLI; where there is one, its models must be found.
/// </summary>
public sealed class ConformanceTests
{
    private static readonly Lazy<Task<IReadOnlyList<Exchange>>> Recorded =
        new(async () => [.. await Calls.Record(), .. await Lives.Record()]);

    [AwsCliFact]
    public async Task Every_request_and_every_answer_is_as_AWSs_own_clients_have_it()
    {
        var all = (await Recorded.Value).SelectMany(e => Conformity.Of(e).Found).Distinct().Order(StringComparer.Ordinal).ToList();

        var deviations = all.Where(d => !Departures.Cover(d)).ToList();

        Assert.True(deviations.Count == 0, $"{deviations.Count} deviations:\n{string.Join('\n', deviations)}");
        Assert.Empty(Departures.Unused(all));
    }

    [AwsCliFact]
    public async Task Every_operation_the_sandbox_answers_was_asked_and_has_succeeded()
    {
        var seen = (await Recorded.Value).Where(e => e.IsSuccess).Select(e => Conformity.Of(e).Operation).OfType<Operation>()
            .Select(o => $"{o.Service.Name}:{o.Name}").ToHashSet();

        var unseen = (await Answered()).Where(name => !seen.Contains(name)).ToList();

        Assert.True(unseen.Count == 0,
            $"The sandbox answers what tests/Paco.Cli.Tests/Conformance/Calls.cs does not ask: {string.Join(", ", unseen)}");
    }

    [AwsCliTheory]
    [InlineData("KeyType=rsa", "KeyType=dsa", "request /KeyType: \"dsa\" is none of")]
    [InlineData("KeyType=rsa", "Colour=red", "request Colour: no such member")]
    [InlineData("Action=CreateKeyPair", "Action=CreateKeyPear", "no such operation")]
    [InlineData("Version=2016-11-15", "Version=2014-09-01", "request Version")]
    [InlineData("KeyName=jane", "Dry=1", "request /KeyName: required, and not there")]
    [InlineData("keyPairId>", "keyPearId>", "answer /keyPearId: no such member")]
    public async Task A_deviation_is_found(string right, string wrong, string words)
    {
        await using var caller = new Caller();
        var made = await Single(caller, () => caller.Query("ec2", "CreateKeyPair", "KeyName=jane", "KeyType=rsa"));

        var broken = made with { Body = Replaced(made.Body, right, wrong), Answer = Replaced(made.Answer, right, wrong) };

        Assert.Empty(Conformity.Of(made).Found);
        Assert.Contains(Conformity.Of(broken).Found, f => f.Contains(words, StringComparison.Ordinal));
    }

    [AwsCliTheory]
    [InlineData("\"Name\"", "\"Nome\"", "request /Name: required")]
    [InlineData("\"/aws", "1, \"x\": \"/aws", "request /Name: no string")]
    [InlineData("\"Version\":1", "\"Version\":\"1\"", "answer /Parameter/Version: no long")]
    [InlineData("\"String\"", "\"Number\"", "answer /Parameter/Type: \"Number\" is none of")]
    [InlineData("\"ARN\":", "\"Arn\":", "answer /Parameter/Arn: no such member")]
    public async Task So_it_is_in_JSON(string right, string wrong, string words)
    {
        await using var caller = new Caller();
        var made = await Single(caller, () => caller.Json("ssm", "GetParameter",
            """{"Name": "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"}"""));

        var broken = made with { Body = Replaced(made.Body, right, wrong), Answer = Replaced(made.Answer, right, wrong) };

        Assert.Empty(Conformity.Of(made).Found);
        Assert.Contains(Conformity.Of(broken).Found, f => f.Contains(words, StringComparison.Ordinal));
    }

    [AwsCliTheory]
    [InlineData("/2013-04-01/hostedzonesbyname", "/2013-04-01/hostedzonesbycolour", "no such operation")]
    [InlineData("maxitems=5", "most=5", "request ?most: no such member")]
    [InlineData("<IsTruncated>", "<IsCut>", "answer /IsCut: no such member")]
    [InlineData("<IsTruncated>false", "<IsTruncated>no", "answer /IsTruncated: no boolean")]
    public async Task So_it_is_in_addresses_and_XML(string right, string wrong, string words)
    {
        await using var caller = new Caller();
        var made = await Single(caller, () => caller.Rest("route53", "GET", "/2013-04-01/hostedzonesbyname?maxitems=5"));
        var answer = Encoding.UTF8.GetString(Replaced(made.Answer, right, wrong));
        answer = answer.Replace(right.Replace("<", "</", StringComparison.Ordinal), wrong.Replace("<", "</", StringComparison.Ordinal),
            StringComparison.Ordinal);

        var broken = made with
        {
            Path = made.Path.Replace(right, wrong, StringComparison.Ordinal),
            Query = made.Query.Replace(right, wrong, StringComparison.Ordinal),
            Answer = Encoding.UTF8.GetBytes(answer),
        };

        Assert.Empty(Conformity.Of(made).Found);
        Assert.Contains(Conformity.Of(broken).Found, f => f.Contains(words, StringComparison.Ordinal));
    }

    [AwsCliFact]
    public async Task A_code_that_the_operation_does_not_have_is_found()
    {
        await using var caller = new Caller();
        var refused = await Single(caller, () => caller.Json("ssm", "GetParameter", """{"Name": "/nobody"}"""));

        var broken = refused with { Answer = Replaced(refused.Answer, "ParameterNotFound", "ParameterLost") };

        Assert.Empty(Conformity.Of(refused).Found);
        Assert.Contains("ssm:GetParameter error ParameterLost: not of this service", Conformity.Of(broken).Found);
    }

    private static async Task<Exchange> Single(Caller caller, Func<Task> call)
    {
        await call();
        return Assert.Single(caller.Recorder.Exchanges);
    }

    private static byte[] Replaced(byte[] bytes, string right, string wrong) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace(right, wrong, StringComparison.Ordinal));

    /// <summary>Asks a sandbox the least of each operation in the models of its services: those it does not refuse as unknown.</summary>
    private static async Task<IReadOnlyList<string>> Answered()
    {
        await using var caller = new Caller();
        var answered = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var service in ServiceList.All.Select(s => ServiceModel.Of(s.Name)))
        {
            foreach (var operation in service.Operations.Values)
            {
                var before = caller.Recorder.Exchanges.Count;
                await Ask(caller, operation);
                var exchange = caller.Recorder.Exchanges.ElementAt(before);
                if (exchange.Status != 501)
                    answered.Add($"{service.Name}:{Conformity.Of(exchange).Operation?.Name ?? operation.Name}");
            }
        }
        return [.. answered];
    }

    private static Task Ask(Caller caller, Operation operation)
    {
        var name = operation.Service.Name;
        if (operation.Service.Protocol is "query" or "ec2")
            return caller.Query(name, operation.Name);
        if (operation.Service.Protocol == "json")
            return caller.Json(name, operation.Name);
        var (address, headers) = RestAddress.Least(operation);
        return caller.Rest(name, operation.Method, address, operation.Method is "PUT" or "POST" ? "" : null,
            [.. headers.Select(h => (h.Key, h.Value))]);
    }
}
