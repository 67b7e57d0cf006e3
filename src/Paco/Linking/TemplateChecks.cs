using Paco.Binding;
using Paco.CloudFormation.Authorization;
using Paco.CloudFormation.Schemas;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Linking;

/// <summary>
/// Holds finished templates against Amazon's schemas and limits: what CloudFormation would refuse is refused here, with a place.
/// </summary>
internal static class TemplateChecks
{
    private const int MaxResources = 500;
    private const int MaxParameters = 200;
    private const int MaxOutputs = 200;
    private const int MaxLogicalId = 255;

    // Below two of them nobody pays for a second thread.
    private const int StacksOfAPiece = 100;

    public static void Check(IEnumerable<Stack> stacks, ObjectIndex? objects, DiagnosticBag bag)
    {
        var all = stacks.ToList();
        var things = new SameThings(all, bag);
        var sizes = new Sizes(all, objects);
        Action<DiagnosticBag>[] pieces = [things.Check, .. all.Chunk(StacksOfAPiece).Select(CheckOf)];
        if (all.Count < 2 * StacksOfAPiece)
            Array.ForEach(pieces, check => check(bag));
        else
            SideBySide.Run(pieces, bag);

        Action<DiagnosticBag> CheckOf(Stack[] piece) => found =>
        {
            foreach (var stack in piece)
            {
                CheckSize(stack, found);
                sizes.Check(stack, found);
                foreach (var resource in stack.Template.Resources)
                    CheckResource(stack, resource, objects, found);
            }
        };
    }

    private static void CheckResource(Stack stack, CloudFormation.Resource resource, ObjectIndex? objects, DiagnosticBag bag)
    {
        if (resource.LogicalId.Length > MaxLogicalId)
        {
            bag.Add(StackCodes.NameTooLong, resource.Source,
                $"a resource of {stack.Id.Name} would have a name of {resource.LogicalId.Length} characters; "
                + $"CloudFormation allows {MaxLogicalId}", subject: stack.Ref);
        }
        if (ResourceSchemas.Shared.Find(resource.Type) is not { } schema)
        {
            bag.Add(StackCodes.InvalidTemplate, resource.Source, $"{resource.LogicalId}: Amazon has no resource type {resource.Type}",
                subject: stack.Ref);
            return;
        }
        foreach (var finding in schema.Check(resource.Properties))
            Report(StackCodes.InvalidTemplate, finding.Path, finding.Message, null);
        foreach (var finding in PolicyCheck.Of(resource.Properties))
            Report(CodeOf(finding.Rule), finding.Path, finding.Message, finding.Hint);

        void Report(DiagnosticCode code, string path, string message, string? hint)
        {
            // The object begins where it is overridden last; what is wrong with it may stand below.
            var field = objects is null ? default : WrittenFields.Of(objects, stack.Ref)?.PlaceOf(resource.Properties, path, null);
            bag.Add(code, field is { IsNone: false } place ? place : resource.Source,
                $"{resource.LogicalId} ({resource.Type}){(path.Length == 0 ? "" : $".{path}")}: {message}", hint, subject: stack.Ref);
        }
    }

    private static DiagnosticCode CodeOf(PolicyRule rule) => rule switch
    {
        PolicyRule.UnknownAction => StackCodes.UnknownAction,
        PolicyRule.WrongResource => StackCodes.WrongResource,
        PolicyRule.Idle => StackCodes.IdleAction,
        PolicyRule.UnknownKey => StackCodes.UnknownConditionKey,
        PolicyRule.ForeignKey => StackCodes.ForeignConditionKey,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static void CheckSize(Stack stack, DiagnosticBag bag)
    {
        var template = stack.Template;
        foreach (var (count, limit, what) in new[] { (template.Resources.Length, MaxResources, "resources"),
            (template.Parameters.Length, MaxParameters, "parameters"), (template.Outputs.Length, MaxOutputs, "outputs") })
        {
            if (count > limit)
            {
                bag.Add(StackCodes.TemplateTooLarge, template.Resources[0].Source,
                    $"{stack.Id.Name} would have {count} {what}; CloudFormation allows {limit}", subject: stack.Ref);
            }
        }
    }
}
