using System.Xml.Linq;
using Paco.Clouds;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>Create, update, delete, protect.</summary>
internal static class StackCalls
{
    public static XElement Create(Call call, QueryForm form)
    {
        var (name, token) = (StackArguments.Name(form), form["ClientRequestToken"]);
        if (call.Store.FindStack(call.Account, call.Region, name) is { Status: StackStatus.ReviewInProgress } reviewed)
        {
            return Begin(call, form, reviewed);
        }

        if (call.Store.FindStack(call.Account, call.Region, name) is { } present)
        {
            var repeated = token is not null && StackArguments.IsRepeated(call, present, token);
            return repeated ? Id(present) : throw new AwsError("AlreadyExistsException", $"Stack [{name}] already exists");
        }

        return Begin(call, form, Insert(call, name));
    }

    /// <summary>A stack that is a name and an id so far: change sets say what it may become.</summary>
    public static Stack ForReview(Call call, string name, StackDefinition wanted)
    {
        var stack = Insert(call, name);
        stack.Definition = wanted.InReview;
        new EventRecorder(call.World, call.Store, stack).Stack(StackStatus.ReviewInProgress, "User Initiated", call.Now);
        call.Store.Save(stack);
        return stack;
    }

    /// <summary>A stack in the file, without an operation so far.</summary>
    private static Stack Insert(Call call, string name)
    {
        StackLimit.Check(call.Store, call.Account, call.Region);
        var stack = new Stack
        {
            Account = call.Account,
            Region = call.Region,
            Name = name,
            Id = StackIds.Of(call.Store, call.Account, call.Region, name),
            Created = call.Now,
            Definition = new() { Template = StackDefinition.None },
        };
        call.Store.Insert(stack);
        return stack;
    }

    /// <summary>Makes of a new stack, or of one under review, what CreateStack says.</summary>
    private static XElement Begin(Call call, QueryForm form, Stack stack)
    {
        stack.Definition = StackArguments.Definition(call, form, null);
        stack.OnFailure = OnFailure(form);
        stack.DisableRollback = stack.OnFailure == "DO_NOTHING";
        stack.Protected = form.Flag("EnableTerminationProtection") == true;
        stack.TimeoutMinutes = form.Number("TimeoutInMinutes");
        stack.Policy = PolicyArguments.Read(call, form, "StackPolicy", stack.Definition);
        ChangeSets.Overtake(call, stack);
        var token = form["ClientRequestToken"];
        StackArguments.IsRepeated(call, stack, token);
        new Operations(call.World, call.Store, call.Now).Create(stack, token);
        Transformed(call, stack);
        return Id(stack);
    }

    public static XElement Update(Call call, QueryForm form)
    {
        var stack = StackArguments.Stack(call, form);
        var (token, keep) = (form["ClientRequestToken"], form.Flag("DisableRollback") == true);
        if (StackArguments.IsRepeated(call, stack, token))
        {
            return Id(stack);
        }

        Allowed.ToUpdate(stack, keep);
        var definition = StackArguments.Definition(call, form, stack.Definition);
        var policy = PolicyArguments.Read(call, form, "StackPolicy", stack.Definition, definition);
        var during = PolicyArguments.Read(call, form, "StackPolicyDuringUpdate", stack.Definition, definition);
        if (!StackChanges.Any(call.Store, stack, definition))
        {
            throw AwsError.Validation("No updates are to be performed.");
        }

        stack.Policy = policy ?? stack.Policy;
        ChangeSets.Overtake(call, stack);
        new Operations(call.World, call.Store, call.Now).Update(
            stack, definition, token, keep, form.Flag("RetainExceptOnCreate") == true, during);
        Transformed(call, stack);
        return Id(stack);
    }

    /// <summary>Says what came of the transforms, where nobody saw their work in a change set before.</summary>
    private static void Transformed(Call call, Stack stack)
    {
        if (stack.Definition.Processed is not null)
        {
            var outcome = stack.Definition.TransformFailure ?? "Transformation succeeded";
            new EventRecorder(call.World, call.Store, stack).Stack(stack.Status, outcome, call.Now);
            call.Store.Save(stack);
        }
    }

    public static XElement? Delete(Call call, QueryForm form)
    {
        // Deleting what does not exist, or no longer does, succeeds.
        if (call.Store.FindStack(call.Account, call.Region, form.Required("StackName")) is not { } stack
            || stack.Status is StackStatus.DeleteComplete or StackStatus.DeleteInProgress)
        {
            return null;
        }

        if (StackArguments.IsRepeated(call, stack, form["ClientRequestToken"]))
        {
            return null;
        }

        Allowed.ToDelete(stack, NestedStacks.Root(call.Store, stack));
        var (retain, force) = (form.List("RetainResources"), form["DeletionMode"] == "FORCE_DELETE_STACK");
        if ((retain.Count > 0 || force) && stack.Status != StackStatus.DeleteFailed)
        {
            throw AwsError.Validation(
                $"Invalid operation on stack [{stack.Id}]. Resources can be retained only when the stack is in the DELETE_FAILED state.");
        }

        if (retain.FirstOrDefault(r => !stack.Resources.ContainsKey(r)) is { } unknown)
        {
            throw AwsError.Validation($"The following resources to retain do not exist in the stack [{unknown}]");
        }

        NestedChangeSets.Abandon(call, stack);
        new Operations(call.World, call.Store, call.Now).Delete(stack, form["ClientRequestToken"], retain, force);
        return null;
    }

    public static XElement Protect(Call call, QueryForm form)
    {
        var stack = StackArguments.Stack(call, form);
        if (stack.ParentId is not null)
        {
            throw AwsError.Validation(
                $"Termination protection is set on the root stack [{stack.RootId}] and can't be changed directly on the nested stack [{stack.Name}].");
        }

        stack.Protected = form.Flag("EnableTerminationProtection")
            ?? throw AwsError.Validation("EnableTerminationProtection must be given");
        call.Store.Save(stack);
        return Id(stack);
    }

    public static XElement Id(Stack stack) => new("r", new XElement("StackId", stack.Id));

    private static string OnFailure(QueryForm form) => (form["OnFailure"], form.Flag("DisableRollback")) switch
    {
        (not null, not null) => throw AwsError.Validation("Only one of OnFailure and DisableRollback can be specified."),
        ("DO_NOTHING" or "ROLLBACK" or "DELETE", _) => form["OnFailure"]!,
        (not null, _) => throw AwsError.Validation(
            $"Value '{form["OnFailure"]}' at 'onFailure' failed to satisfy constraint: Member must satisfy enum value set: [ROLLBACK, DELETE, DO_NOTHING]"),
        (_, true) => "DO_NOTHING",
        _ => "ROLLBACK",
    };
}
