using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;
using Paco.Tests.BadInput;

namespace Paco.Tests.Planning;

public sealed class NewRuleTests
{
    // Paco 9 wrote "unknown" where nobody said anything, so deployed rules have it; a plan shows what somebody said.
    [Fact]
    public void A_new_rule_without_a_description_shows_none()
    {
        using var folder = Starting.Folder();
        var stacks = Toolkit.Compile(folder.Path).Graph!.Stacks.ToList();
        var stack = stacks.First(s => s.Template.Resources.Any(r => r.Properties["Description"] is TextValue { Text: "unknown" }));
        var after = new TemplateSide(stack.Template.ToValue(), new Dictionary<string, string?>());

        var rules = TemplateDiff.Compare(TemplateSide.Empty, after, ResourceSchemas.Shared)
            .Where(c => c.After!["Description"] is TextValue { Text: "unknown" }).ToList();

        Assert.NotEmpty(rules);
        Assert.All(rules, rule => Assert.DoesNotContain(rule.Properties, p => p.Path == "Description"));
    }
}
