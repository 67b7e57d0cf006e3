using System.Collections.Immutable;
using Paco.Tests.Rights.Calls;
using Paco.Tests.Rights.Deployed;
using Paco.Tests.Rights.Evaluation;

namespace Paco.Tests.Rights;

/// <summary>Trusts in services, in every project of the tests, against <c>trusts.md</c>.</summary>
public sealed class TrustTests
{
    private static readonly ILookup<string, ImmutableArray<string>> Lines = File
        .ReadLines(Repository.Path("tests", "Paco.Tests", "Rights", "trusts.md")).Select(CallTable.CellsOf)
        .Where(cells => cells.Length > 1 && CallTable.IsEntry(cells))
        .ToLookup(cells => cells.Length == 3 ? "sent" : "without", cells => cells.ToImmutableArray());

    private static readonly ImmutableArray<(string Role, PolicyStatement Trust, string Service)> Trusts =
        [.. SampleProjects.Every.Select(SampleProjects.Deployed).Concat(SampleProjects.Pages("sts:AssumeRole")).SelectMany(TrustsOf)];

    [Fact]
    public void A_service_is_trusted_for_what_it_says_it_acts_for()
    {
        var sent = Lines["sent"].ToDictionary(l => l[0], l => l[1].Split(", "));
        var wrong = from trust in Trusts
                    let keys = trust.Trust.Conditions.Select(c => c.Key).ToList()
                    let never = keys.Except(sent.GetValueOrDefault(trust.Service, [])).FirstOrDefault()
                    let isOpen = keys.Count == 0 && !Lines["without"].Any(l => l[0] == trust.Service)
                    where isOpen || never is not null
                    let what = isOpen ? "for anybody" : $"with a condition on {never}, which it does not send"
                    select $"{trust.Role} trusts {trust.Service} {what}";

        Findings.None(wrong);
    }

    [Fact]
    public void Every_service_of_the_tables_is_trusted_somewhere()
    {
        var trusted = Trusts.Select(t => t.Service).ToHashSet();

        Findings.None(Lines.SelectMany(l => l).Select(l => l[0]).Where(s => !trusted.Contains(s)));
    }

    private static IEnumerable<(string, PolicyStatement, string)> TrustsOf(DeployedProject project) =>
        from role in project.Resources
        where role.Type == "AWS::IAM::Role"
        from statement in PolicyStatement.Read(role.Properties["AssumeRolePolicyDocument"])
        where statement.Allows
        from principal in statement.Principals
        where principal.Kind == "Service"
        select ($"{role.Name} ({role})", statement, principal.Text);
}
