using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Tests.Pages;

namespace Paco.Tests.Rights.Evaluation;

/// <summary>
/// Runs <c>evaluation.md</c>. A section has the policies of some roles, users and resources (<c>policies</c>), and calls with what
/// AWS decides about them (<c>calls</c>): caller, action, resource, keys; behind the arrow the verdict.
/// </summary>
public sealed class EvaluationPageTests
{
    private static readonly Page Page = Page.Read(Repository.Path("tests", "Paco.Tests", "Rights", "Evaluation", "evaluation.md"));

    public static TheoryData<string> Sections() => [.. Page.Sections.Select(s => s.Title)];

    [Theory]
    [MemberData(nameof(Sections))]
    public void AWS_decides_as_its_documentation_says(string title)
    {
        var section = Page.Sections.Single(s => s.Title == title);
        var policies = new WrittenPolicies(section.Blocks.Single(b => b.Kind == "policies").Text);
        var calls = section.Blocks.Single(b => b.Kind == "calls").Text.Trim().Split('\n');

        Assert.Equal(calls, calls.Select(line => Decided(line, policies)));
    }

    private static string Decided(string line, WrittenPolicies policies)
    {
        var asked = line[..line.IndexOf(" → ", StringComparison.Ordinal)];
        var words = asked.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var keys = words[3..].Select(k => k.Split('=', 2)).Select(k => new KeyValuePair<string, string>(k[0], k[1]));
        var decision = new Evaluator(policies).Decide(new Call(CallerOf(words[0]), words[1], words[2]) { Context = new Context(keys) });
        return $"{asked} → {decision}";
    }

    // 111111111111:role/app#session, 111111111111:user/ann, 111111111111:root, codebuild.amazonaws.com
    private static Caller CallerOf(string text) => text.Split(':') switch
    {
        [var account, "root"] => new Caller.Root(account),
        [var account, ['u', 's', 'e', 'r', '/', ..] name] => new Caller.User($"arn:aws:iam::{account}:{name}"),
        [var account, var name] when name.Split('#') is [var role, var session] =>
            new Caller.Role($"arn:aws:iam::{account}:{role}", session),
        [var account, var name] => new Caller.Role($"arn:aws:iam::{account}:{name}"),
        _ => new Caller.Service(text),
    };

    /// <summary>Entries <c>of ARN</c>, <c>boundary ARN</c>, <c>at ARN ACCOUNT</c>, each with statements.</summary>
    private sealed class WrittenPolicies(string yaml) : IPolicies
    {
        private readonly MapValue _entries = TemplateReader.Read(yaml)!;

        public Identity Of(string arn) => new(
            Find($"of {arn}") ?? [],
            Find($"boundary {arn}"));

        public Owned? At(string resource) =>
            _entries.Select(e => e.Key.Split(' ')).FirstOrDefault(e => e[0] == "at" && IsIn(resource, e[1])) is { } at
                ? new Owned(at[2], Find(string.Join(' ', at))!.Value)
                : null;

        public string? OrganizationOf(string account) => account.StartsWith('9') ? null : "o-ours";

        private static bool IsIn(string resource, string arn) =>
            resource == arn || resource.StartsWith($"{arn}/", StringComparison.Ordinal);

        private ImmutableArray<PolicyStatement>? Find(string entry) => _entries[entry] switch
        {
            null => null,
            MapValue document => PolicyStatement.Read(document),
            var statements => PolicyStatement.Read(new MapValue { ["Version"] = "2012-10-17", ["Statement"] = statements }),
        };
    }
}
