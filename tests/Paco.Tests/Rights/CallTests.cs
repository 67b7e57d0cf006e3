using System.Collections.Immutable;
using Paco.Tests.Rights.Calls;
using Paco.Tests.Rights.Deployed;
using Paco.Tests.Rights.Evaluation;

namespace Paco.Tests.Rights;

/// <summary>The roles of pipelines against the table of calls, <c>calls.md</c>.</summary>
public sealed class CallTests
{
    // Servers do much else: Instances/InstanceRightsTests holds what they are allowed.
    private static readonly string[] WithOtherWork = ["server", "function"];

    private static readonly Lazy<ImmutableArray<Project>> Projects = new(() => [.. SampleProjects.All.Select(name => new Project(name))]);

    public static TheoryData<string> Names() => [.. SampleProjects.All];

    [Theory]
    [MemberData(nameof(Names))]
    public void Whoever_works_for_a_pipeline_can_make_every_call(string name)
    {
        var project = Find(name);
        Assert.NotEmpty(project.Uses);

        var refused = from use in project.Uses
                      from made in CallTable.Of(use)
                      let decision = project.Evaluator.Decide(made.Call)
                      where !decision.IsAllowed
                      select $"{use.Where}: {use.Who} ({use.Caller}) cannot {made.Call.Action} on {made.Call.Resource}: {decision.Why}";

        Findings.None(refused);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_role_of_a_pipeline_is_allowed_more_than_the_table_says(string name)
    {
        var project = Find(name);
        var more = from role in project.Uses.Where(u => u.Caller is Caller.Role).GroupBy(u => u.Caller)
                   where !role.Any(u => WithOtherWork.Contains(u.Who))
                   let limits = role.SelectMany(CallTable.Limits).ToHashSet()
                   from right in Grants.Of(project.Policies.Of(((Caller.Role)role.Key).Arn))
                   where !limits.Any(l => l.Action == right.Action && Wildcards.Fits(l.Widest, right.Resource))
                   select $"{string.Join(", ", role.Select(u => u.Who).Distinct())} ({role.Key}) may {right.Action} on {right.Resource}";

        Findings.None(more);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_artifacts_of_a_pipeline_are_open_to_nobody_in_another_account_but_those_who_need_them(string name)
    {
        var project = Find(name);
        var limits = project.Uses.GroupBy(u => u.Caller).ToDictionary(g => g.Key, g => g.SelectMany(CallTable.Limits).ToHashSet());
        var more = from use in project.Uses.Where(u => u.Who == "pipeline")
                   from target in use.On["artifacts"].Concat(use.On["artifact bucket"]).Concat(use.On["artifact key"])
                   from caller in project.Roles
                   from action in Grants.ActionsOn(target.Arn)
                   where project.Evaluator.IsLetIn(new Call(caller, action, target.Arn))
                   where !limits.GetValueOrDefault(caller, []).Any(l => l.Action == action && Wildcards.Fits(l.Widest, target.Widest))
                   select $"{target.Arn} lets {caller} {action}";

        Findings.None(more);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nobody_but_the_pipeline_takes_on_the_roles_of_its_actions(string name)
    {
        var project = Find(name);
        var others = from use in project.Uses.Where(u => u.Who == "pipeline")
                     from role in use.On["roles of actions"]
                     from caller in project.Roles.Where(c => c != use.Caller)
                     where project.Evaluator.IsLetIn(new Call(caller, "sts:AssumeRole", role.Arn))
                     select $"{caller} can take on {role.Arn}";

        Findings.None(others);
    }

    [Fact]
    public void Every_line_of_the_table_is_tried_somewhere_or_says_why_it_cannot_be()
    {
        var tried = Projects.Value.SelectMany(p => p.Uses).SelectMany(u => CallTable.Of(u).Select(c => c.Row)).ToHashSet();

        var untried = CallTable.Rows.Where(r => r.Must && !tried.Contains(r)).ToList();
        Findings.None(untried.Where(r => !CallTable.Untried.Contains((r.Who, r.Subject))).Select(r => $"{r}"));
        Findings.None(CallTable.Untried.Except(untried.Select(r => (r.Who, r.Subject))).Select(u => $"is tried, after all: {u}"));
    }

    private static Project Find(string name) => Projects.Value.Single(p => p.Name == name);

    private sealed class Project
    {
        public Project(string name)
        {
            Name = name;
            Policies = new DeployedPolicies(SampleProjects.Deployed(name).Resources);
            Evaluator = new Evaluator(Policies);
            Uses = [.. new PipelineUses(Policies).All];
            Roles = [.. Policies.Resources.Where(r => r.Type == "AWS::IAM::Role").Select(r => new Caller.Role(r.Arn))];
        }

        public string Name { get; }

        public DeployedPolicies Policies { get; }

        public Evaluator Evaluator { get; }

        public ImmutableArray<Use> Uses { get; }

        public ImmutableArray<Caller> Roles { get; }
    }
}
