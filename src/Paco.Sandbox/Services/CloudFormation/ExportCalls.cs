using System.Xml.Linq;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>Exports, imports and stack policies.</summary>
internal static class ExportCalls
{
    private const int Page = 100;

    public static XElement Exports(Call call, QueryForm form)
    {
        var skip = (int)DescribeCalls.After(form);
        var rows = call.Store.Rows(
            "SELECT stack_id, name, value FROM exports WHERE account = $1 AND region = $2 ORDER BY name LIMIT $3 OFFSET $4",
            row => new XElement("member", new XElement("ExportingStackId", row.GetString(0)), new XElement("Name", row.GetString(1)),
                new XElement("Value", row.GetString(2))),
            call.Account, call.Region, Page + 1, skip);
        return new("r", new XElement("Exports", rows.Take(Page)), rows.Count > Page
            ? new XElement("NextToken", DescribeCalls.Token(skip + Page)) : null);
    }

    public static XElement Imports(Call call, QueryForm form)
    {
        var name = form.Required("ExportName");
        var importers = Stacks.Exports.Importers(call.Store, call.Account, call.Region, name);
        return importers.Count > 0 ? new("r", StackXml.Strings("Imports", importers))
            : throw AwsError.Validation($"Export '{name}' is not imported by any stack.");
    }

    public static XElement GetPolicy(Call call, QueryForm form) =>
        new("r", StackXml.Optional("StackPolicyBody", StackArguments.Stack(call, form).Policy));

    public static XElement? SetPolicy(Call call, QueryForm form)
    {
        var stack = StackArguments.Stack(call, form);
        stack.Policy = PolicyArguments.Read(call, form, "StackPolicy", stack.Definition)
            ?? throw AwsError.Validation("Either StackPolicyURL or StackPolicyBody must be specified.");
        call.Store.Save(stack);
        return null;
    }
}
