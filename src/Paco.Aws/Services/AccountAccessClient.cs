using System.Collections.Immutable;
using Paco.Aws.Wire;

namespace Paco.Aws.Services;

/// <summary>
/// What is asked of an account before anything is done in it. Sources: the API References of EC2 (2016-11-15), CloudFormation (2010-05-15)
/// and IAM (2010-05-08).
/// </summary>
internal sealed class AccountAccessClient(ServiceCaller caller)
{
    public Task<ImmutableSortedDictionary<string, string>> DescribeRegions(CancellationToken cancel) => caller.Xml(
        new QueryForm(AwsService.Ec2, "2016-11-15", "DescribeRegions").Add("AllRegions", true).ToRequest(repeatable: true),
        root => root.List("regionInfo", "item").ToImmutableSortedDictionary(
            region => region.Need("regionName"), region => region.Text("optInStatus") ?? "opt-in-not-required", StringComparer.Ordinal),
        cancel);

    public Task ValidateTemplate(string template, CancellationToken cancel) => caller.Do(
        new QueryForm(AwsService.CloudFormation, "2010-05-15", "ValidateTemplate").Add("TemplateBody", template)
            .ToRequest(repeatable: true),
        cancel);

    public async Task<ImmutableSortedDictionary<string, string>> SimulatePrincipalPolicy(string principal, ImmutableArray<string> actions,
        CancellationToken cancel)
    {
        var decisions = await Pages.All(marker => caller.Xml(
            new QueryForm(AwsService.Iam, "2010-05-08", "SimulatePrincipalPolicy").Add("PolicySourceArn", principal).Add("Marker", marker)
                .AddList("ActionNames", actions, (form, at, action) => form.Add(at, action))
                .ToRequest(repeatable: true),
            root =>
            {
                var result = root.Within("SimulatePrincipalPolicyResult");
                var page = result.List("EvaluationResults")
                    .Select(e => (Action: e.Need("EvalActionName"), Decision: e.Need("EvalDecision"))).ToList();
                return (page.AsEnumerable(), result.IsTrue("IsTruncated") ? result.Text("Marker") : null);
            },
            cancel));
        // For several resources there are several answers to one action: it is allowed where it is for all of them.
        return decisions.GroupBy(d => d.Action, StringComparer.Ordinal).ToImmutableSortedDictionary(
            g => g.Key, g => g.Select(d => d.Decision).FirstOrDefault(d => d != "allowed") ?? "allowed", StringComparer.Ordinal);
    }
}
