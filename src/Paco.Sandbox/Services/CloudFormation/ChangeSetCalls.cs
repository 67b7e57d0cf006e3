using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Paco.Clouds;
using Paco.Sandbox.Made;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>Change sets: made at once, kept until executed, deleted or overtaken by another update.</summary>
internal static partial class ChangeSetCalls
{
    private const string Import = "IMPORT";

    internal const string NoChanges =
        "The submitted information didn't contain changes. Submit different information to create a change set.";

    public static XElement Create(Call call, QueryForm form)
    {
        var (name, type) = (form.Required("ChangeSetName"), form["ChangeSetType"] ?? "UPDATE");
        if (!Name().IsMatch(name))
        {
            throw AwsError.Validation($"1 validation error detected: Value '{name}' at 'changeSetName' failed to satisfy constraint: "
                + "Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
        }

        if (type is not ("CREATE" or "UPDATE" or Import))
        {
            throw AwsError.Validation($"1 validation error detected: Value '{type}' at 'changeSetType' failed to satisfy constraint: "
                + "Member must satisfy enum value set: [IMPORT, CREATE, UPDATE]");
        }

        var wanted = type == Import ? ResourcesToImport.Read(form) : [];
        var present = call.Store.FindStack(call.Account, call.Region, form.Required("StackName"));
        var isNew = type == "CREATE" || (type == Import && present is null or { Status: StackStatus.ReviewInProgress });
        var (stack, definition) = isNew ? ForCreate(call, form, present) : ForUpdate(call, form, present);
        if (ChangeSets.Of(call, stack).Any(s => s.Name == name))
        {
            throw new AwsError("AlreadyExistsException", $"ChangeSet {name} cannot be created as it already exists");
        }

        var set = New(call, form, stack, definition, name, type, wanted);
        ChangeSets.Save(call, set);
        if (set.IncludesNested)
        {
            new NestedChangeSets(call, form, set).Make(set, stack);
        }

        return new("r", new XElement("Id", set.Id), new XElement("StackId", stack.Id));
    }

    public static XElement Describe(Call call, QueryForm form)
    {
        var set = ChangeSets.Find(call, form);
        var stack = call.Store.StackAt(set.Stack);
        return ChangeSetXml.Describe(set, stack, ChangeSets.Execution(call.Store, set, stack), form.Flag("IncludePropertyValues") == true,
            (int)DescribeCalls.After(form));
    }

    public static XElement List(Call call, QueryForm form)
    {
        var stack = ChangeSets.Stack(call, form);
        return new("r", new XElement("Summaries", ChangeSets.Of(call, stack).Select(set => ChangeSetXml.Summary(set, stack))));
    }

    public static XElement Execute(Call call, QueryForm form)
    {
        // A name leads nowhere once its set was executed; whether this very call did that, its stack knows.
        var token = form["ClientRequestToken"];
        var row = form["StackName"] is { Length: > 0 } ? ChangeSets.Stack(call, form).Row : ChangeSets.Find(call, form).Stack;
        if (StackArguments.IsRepeated(call, call.Store.StackAt(row), token))
        {
            return new("r");
        }

        var set = ChangeSets.Find(call, form);
        var stack = call.Store.StackAt(set.Stack);
        NestedChangeSets.RefuseBelow(set, "executed");
        if (set.Execution != "AVAILABLE")
        {
            var standing = set.Status == "FAILED" ? $"status of [{set.Status}]"
                : $"execution status of [{ChangeSets.Execution(call.Store, set, stack)}]";
            throw new AwsError("InvalidChangeSetStatus", $"ChangeSet [{set.Id}] cannot be executed in its current {standing}");
        }

        var keep = form.Flag("DisableRollback") == true || set.OnStackFailure == "DO_NOTHING";
        var operations = new Operations(call.World, call.Store, call.Now);
        ChangeSets.Settle(call, stack);
        stack.ChangeSetId = set.Id;
        if (set.Type == "CREATE")
        {
            (stack.Definition, stack.Updated) = (set.Definition, call.Now);
            stack.OnFailure = keep ? "DO_NOTHING" : set.OnStackFailure ?? "ROLLBACK";
            stack.DisableRollback = keep;
            operations.Create(stack, token, set.Imports, set.Nested);
        }
        else if (set.Type == Import)
        {
            operations.Import(stack, set.Definition, token, set.Imports);
        }
        else
        {
            Allowed.ToUpdate(stack, keep);
            operations.Update(stack, set.Definition, token, keep, form.Flag("RetainExceptOnCreate") == true, null,
                revertDrift: set.RevertsDrift, imports: set.Imports, nestedSets: set.Nested);
        }

        // Executing one deletes all others of the stack.
        foreach (var other in ChangeSets.Of(call, stack).Where(s => s.Id != set.Id))
        {
            NestedChangeSets.Remove(call, other);
        }

        ChangeSets.Retire(call, set);
        NestedChangeSets.Executed(call, set);
        return new("r");
    }

    /// <summary>Deleting one that is not there succeeds, as long as its stack is.</summary>
    public static XElement Delete(Call call, QueryForm form)
    {
        if (ChangeSets.FindOrNull(call, form) is { } set && !set.Execution.StartsWith("EXECUTE", StringComparison.Ordinal))
        {
            NestedChangeSets.RefuseBelow(set, "deleted");
            NestedChangeSets.Remove(call, set);
        }

        return new("r");
    }

    private static (Stack Stack, StackDefinition Definition) ForCreate(Call call, QueryForm form, Stack? present)
    {
        if (present is not null && present.Status != StackStatus.ReviewInProgress)
        {
            throw AwsError.Validation(
                $"Stack [{present.Name}] already exists and cannot be created again with the changeSet [{form["ChangeSetName"]}].");
        }

        var name = present?.Name ?? StackArguments.Name(form);
        var definition = StackArguments.Definition(call, form, null);
        return (present ?? StackCalls.ForReview(call, name, definition), definition);
    }

    private static (Stack Stack, StackDefinition Definition) ForUpdate(Call call, QueryForm form, Stack? present)
    {
        var stack = present ?? throw AwsError.Validation($"Stack [{form["StackName"]}] does not exist");
        switch (stack.Status)
        {
            case StackStatus.CreateFailed or StackStatus.UpdateFailed or StackStatus.UpdateRollbackFailed:
                break;
            default:
                Allowed.ToUpdate(stack, keepOnFailure: false);
                break;
        }

        return (stack, StackArguments.Definition(call, form, stack.Definition));
    }

    /// <param name="above">The set of the parent stack, and the one at the top; null for a set that somebody asked for.</param>
    internal static ChangeSet New(Call call, QueryForm form, Stack stack, StackDefinition definition, string name, string type,
        List<ResourceToImport> wanted, (ChangeSet Parent, ChangeSet Root)? above = null)
    {
        var count = call.Store.Number("SELECT count(*) FROM changesets");
        var reverts = above is null ? Reverts(form, type) : above.Value.Root.RevertsDrift && type == "UPDATE";
        var (changes, drift, refusal) = definition.TransformFailure is not null ? ([], null, null) : reverts
            ? DriftAwareChanges.Of(call.Store, stack, definition)
            : ([.. Changes.Of(call.Store, stack, definition, looksWithin: type != Import)], null, null);
        var imports = form.Flag("ImportExistingResources") == true && definition.TransformFailure is null
            ? Imports.Mark(call, stack, definition, changes) : [];
        if (type == Import && definition.TransformFailure is null)
        {
            ResourcesToImport.Refuse(stack, definition, wanted, changes);
            refusal = ResourcesToImport.Mark(call, wanted, changes, imports);
        }

        var set = new ChangeSet
        {
            Id =
                $"arn:{SandboxContext.Partition(call.Region)}:cloudformation:{call.Region}:{call.Account}:changeSet/{name}/{new DeterministicIds($"{stack.Id} {name} {count} {stack.Events}").Uuid()}",
            Name = name,
            Stack = stack.Row,
            Definition = definition,
            Created = call.Now,
            Type = type,
            Description = form["Description"],
            OnStackFailure = form["OnStackFailure"],
            IncludesNested = form.Flag("IncludeNestedStacks") == true,
            ParentId = above?.Parent.Id,
            RootId = above?.Root.Id,
            Imports = imports,
            ImportsExisting = form.Flag("ImportExistingResources") == true,
            RevertsDrift = reverts,
            StackDrift = drift,
            Findings = definition.TransformFailure is null
                ? new JsonArray([.. Validation.Of(call, stack, definition, type == Import ? [] : changes)]) : [],
            Changes = Masked(changes, new HiddenValues(stack.Definition, definition)),
        };
        var nothing = type == "UPDATE" && !(reverts && changes.Count > 0) && !StackChanges.Any(call.Store, stack, definition);
        var unsafeImport = Imports.Refusal(call, stack, definition, type == Import ? [] : imports);
        Stand(set, stack, definition.TransformFailure ?? unsafeImport ?? refusal ?? (nothing ? NoChanges : null));
        return set;
    }

    private static void Stand(ChangeSet set, Stack stack, string? failure)
    {
        if (set.Findings.Count > 0 || failure is not null)
        {
            (set.Status, set.Execution) = ("FAILED", "UNAVAILABLE");
            set.Reason = set.Findings.Count > 0 ? Validation.Reason(set) : failure;
        }
        else if (set.Type == Import)
        {
            set.Reason = ResourcesToImport.Review;
        }
        else if (stack.Status == StackStatus.UpdateRollbackFailed)
        {
            set.Execution = "UNAVAILABLE";
        }
    }

    private static JsonArray Masked(IEnumerable<JsonNode> changes, HiddenValues hidden)
    {
        var all = new JsonArray([.. changes.Select(c => c.DeepClone())]);
        foreach (var part in all.Select(c => c!.AsObject()).SelectMany(c => c["Details"]!.AsArray().Select(d => d!.AsObject()).Prepend(c)))
        {
            foreach (var value in new[] { "Before", "After", "Previous", "Actual" }.Where(part.ContainsKey))
            {
                part[value] = hidden.Mask(part[value]);
            }
        }

        return all;
    }

    private static bool Reverts(QueryForm form, string type) => form["DeploymentMode"] switch
    {
        null or "" => false,
        "REVERT_DRIFT" when type == "UPDATE" => true,
        "REVERT_DRIFT" => throw AwsError.Validation("DeploymentMode REVERT_DRIFT can only be used with change sets of type UPDATE"),
        var other => throw AwsError.Validation(
            $"1 validation error detected: Value '{other}' at 'deploymentMode' failed to satisfy constraint: Member must satisfy enum value set: [REVERT_DRIFT]"),
    };

    [GeneratedRegex("^[a-zA-Z][-a-zA-Z0-9]{0,127}$|^arn:")]
    private static partial Regex Name();
}
