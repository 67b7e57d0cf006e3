using System.Xml.Linq;
using Paco.Clouds;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>The ways back, and signals.</summary>
internal static class RollbackCalls
{
    public static XElement? Cancel(Call call, QueryForm form)
    {
        var stack = StackArguments.Stack(call, form);
        if (stack.Status != StackStatus.UpdateInProgress)
        {
            throw AwsError.Validation($"CancelUpdateStack cannot be called from current stack status {stack.Status.ToWire()}");
        }

        stack.Run!.Cancelled = true;
        stack.Run.Due = call.Now.ToUnixTimeMilliseconds();
        call.Store.Save(stack);
        return null;
    }

    public static XElement Continue(Call call, QueryForm form)
    {
        var stack = StackArguments.Stack(call, form);
        RefuseNested(stack, "continue rollback");
        if (stack.Status != StackStatus.UpdateRollbackFailed)
        {
            throw AwsError.Validation($"Stack:{stack.Id} is in {stack.Status.ToWire()} state and can not continue rollback.");
        }

        var skip = form.List("ResourcesToSkip");
        if (skip.FirstOrDefault(s => Skipped(call, stack, s)?.Status != "UPDATE_FAILED") is { } wrong)
        {
            throw AwsError.Validation($"The following resource(s) to skip are not in UPDATE_FAILED state: [{wrong}]");
        }

        if (!StackArguments.IsRepeated(call, stack, form["ClientRequestToken"]))
        {
            new Operations(call.World, call.Store, call.Now).Revert(stack, form["ClientRequestToken"], skip, false);
        }

        return new("r");
    }

    /// <summary>A resource of the stack, or as <c>NestedStackName.LogicalId</c> one of a stack in its nest.</summary>
    private static Stacks.StackResource? Skipped(Call call, Stack stack, string name) => name.Split('.', 2) switch
    {
        [var nested, var logical] => call.Store.FindStack(call.Account, call.Region, nested) is { } within
            && NestedStacks.Root(call.Store, within).Id == stack.Id ? within.Resources.GetValueOrDefault(logical) : null,
        _ => stack.Resources.GetValueOrDefault(name),
    };

    /// <summary>The ways back are the whole nest's.</summary>
    private static void RefuseNested(Stack stack, string what)
    {
        if (stack.ParentId is { } parent)
        {
            throw AwsError.Validation(
                $"Stack:{stack.Id} is a nested stack and can not {what}: use this operation on its parent stack {parent}.");
        }
    }

    public static XElement Rollback(Call call, QueryForm form)
    {
        var stack = StackArguments.Stack(call, form);
        RefuseNested(stack, "be rolled back");
        var (operations, token, except) =
            (new Operations(call.World, call.Store, call.Now), form["ClientRequestToken"], form.Flag("RetainExceptOnCreate") == true);
        if (StackArguments.IsRepeated(call, stack, token))
        {
            return StackCalls.Id(stack);
        }

        switch (stack.Status)
        {
            case StackStatus.UpdateFailed when stack.Stable is not null:
                operations.Revert(stack, token, [], except);
                break;
            case StackStatus.CreateFailed or StackStatus.UpdateFailed:
                operations.RollbackCreate(stack, token, except);
                break;
            default:
                throw AwsError.Validation($"Stack:{stack.Id} is in {stack.Status.ToWire()} state and can not be rolled back.");
        }

        return StackCalls.Id(stack);
    }

    /// <summary>There are no instances that would wait for signals; a failure signal fails its resource while that is under way.</summary>
    public static XElement? Signal(Call call, QueryForm form)
    {
        var (stack, logical) = (StackArguments.Stack(call, form), form.Required("LogicalResourceId"));
        form.Required("UniqueId");
        var step = stack.Run?.Steps.FirstOrDefault(s => s.Logical == logical && s.State == StepState.Running)
            ?? throw AwsError.Validation($"Resource {logical} is not in a state that takes signals");
        if (form.Required("Status") == "FAILURE")
        {
            step.Failure = $"Received 1 FAILURE signal(s) for resource {logical}";
            step.Due = call.Now.ToUnixTimeMilliseconds();
            stack.Run!.Due = step.Due;
            call.Store.Save(stack);
        }

        return null;
    }
}
