using System.Xml.Linq;
using Paco.Clouds;
using Paco.Sandbox.Made;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>Create, update, delete, protect.</summary>
internal static class StackCalls
{
    private const int StackLimit = 2_000;

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
    public static Stack ForReview(Call call, QueryForm form, StackDefinition wanted)
    {
        var stack = Insert(call, StackArguments.Name(form));
        stack.Definition = new() { Template = StackDefinition.None, Tags = wanted.Tags, RoleArn = wanted.RoleArn };
        new EventRecorder(call.World, call.Store, stack).Stack(StackStatus.ReviewInProgress, "User Initiated", call.Now);
        call.Store.Save(stack);
        return stack;
    }

    /// <summary>A stack in the file, without an operation so far.</summary>
    private static Stack Insert(Call call, string name)
    {
        if (call.Store.Number("SELECT count(*) FROM stacks WHERE account = $1 AND region = $2 AND live = 1", call.Account,
            call.Region) >= StackLimit)
        {
            throw new AwsError("LimitExceededException", $"Limit of {StackLimit} stacks has been exceeded");
        }

        var count = call.Store.Number("SELECT count(*) FROM stacks WHERE account = $1 AND region = $2 AND name = $3", call.Account,
            call.Region, name);
        var uuid = new DeterministicIds($"stack {call.Account} {call.Region} {name} {count}").Uuid();
        var stack = new Stack
        {
            Account = call.Account,
            Region = call.Region,
            Name = name,
            Id = $"arn:{SandboxContext.Partition(call.Region)}:cloudformation:{call.Region}:{call.Account}:stack/{name}/{uuid}",
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
        CallCheck.Refuse(call.Store, stack, stack.Definition);
        stack.OnFailure = OnFailure(form);
        stack.DisableRollback = stack.OnFailure == "DO_NOTHING";
        stack.Protected = form.Flag("EnableTerminationProtection") == true;
        stack.TimeoutMinutes = form.Number("TimeoutInMinutes");
        stack.Policy = PolicyArguments.Read(call, form, "StackPolicy", stack.Definition);
        ChangeSets.Overtake(call, stack);
        var token = form["ClientRequestToken"];
        StackArguments.IsRepeated(call, stack, token);
        new Operations(call.World, call.Store, call.Now).Create(stack, token);
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
        CallCheck.Refuse(call.Store, stack, definition);
        var policy = PolicyArguments.Read(call, form, "StackPolicy", stack.Definition, definition);
        var during = PolicyArguments.Read(call, form, "StackPolicyDuringUpdate", stack.Definition, definition);
        if (!HasChanges(call, stack, definition))
        {
            throw AwsError.Validation("No updates are to be performed.");
        }

        stack.Policy = policy ?? stack.Policy;
        ChangeSets.Overtake(call, stack);
        new Operations(call.World, call.Store, call.Now).Update(
            stack, definition, token, keep, form.Flag("RetainExceptOnCreate") == true, during);
        return Id(stack);
    }

    /// <summary>True where a definition says something else than the deployed one, or the deployed one never came to its end.</summary>
    public static bool HasChanges(Call call, Stack stack, StackDefinition definition) =>
        stack.Status is StackStatus.CreateFailed or StackStatus.UpdateFailed
        || new StackScope(call.Store, stack, stack.Definition, shapeOnly: true)
            .Shape() != new StackScope(call.Store, stack, definition, shapeOnly: true).Shape();

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

        Allowed.ToDelete(stack);
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

        ChangeSets.Overtake(call, stack);
        new Operations(call.World, call.Store, call.Now).Delete(stack, form["ClientRequestToken"], retain, force);
        return null;
    }

    public static XElement Protect(Call call, QueryForm form)
    {
        var stack = StackArguments.Stack(call, form);
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
