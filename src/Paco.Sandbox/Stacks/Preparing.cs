using System.Text.Json.Nodes;
using Paco.CloudFormation.Schemas;
using Paco.CloudFormation.Types;
using Paco.Sandbox.Drift;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Stacks;

/// <content>What is looked at before a resource is touched.</content>
internal sealed partial class OperationEngine
{
    /// <summary>What the template says of a resource, evaluated with what exists now.</summary>
    private void Describe(StackResource resource)
    {
        var written = Scope.Template.Resource(resource.Logical);
        resource.DeletionPolicy = written["DeletionPolicy"]?.ToString() ?? DefaultPolicy(Scope.Template.Type(resource.Logical), written);
        resource.UpdateReplacePolicy = written["UpdateReplacePolicy"]?.ToString() ?? "Delete";
        resource.Metadata = Scope.Metadata(resource.Logical);
        resource.Properties = Scope.Properties(resource.Logical);
    }

    /// <summary>Without a policy databases are kept as snapshots; the sandbox keeps no snapshots, so this is told and no more.</summary>
    private static string DefaultPolicy(string type, JsonObject written) => type switch
    {
        "AWS::RDS::DBCluster" => "Snapshot",
        "AWS::RDS::DBInstance" when written["Properties"]?["DBClusterIdentifier"] is null => "Snapshot",
        _ => "Delete",
    };

    /// <summary>True where a run that looks at what is really there finds nothing any more.</summary>
    private bool IsGone(StackResource resource) => Run.RevertDrift && Check(resource).Status == ResourceCheck.Deleted;

    private bool HasDrifted(StackResource resource) => Run.RevertDrift && Check(resource).IsDrifted;

    private ResourceCheck Check(StackResource resource) => ResourceCheck.Of(store, stack, resource);

    private static void Validate(StackResource resource)
    {
        if (resource.Type == NestedStacks.Type)
        {
            NestedProperties.Check(resource.Properties);
        }

        if (ResourceSchemas.Shared.Find(resource.Type) is { } schema && schema.Check(resource.Properties) is { IsEmpty: false } findings)
        {
            var lines = findings.Select(f => $"#{(f.Path.Length > 0 ? $"/{f.Path}" : "")}: {f.Message}");
            throw new ResourceFailure(
                $"Properties validation failed for resource {resource.Logical} with message:\n[{string.Join("\n", lines)}]");
        }

        RefuseLong(resource);
    }

    /// <summary>What is longer than the table of types says AWS takes; blanks do not count.</summary>
    private static void RefuseLong(StackResource resource)
    {
        foreach (var (property, most) in ResourceFacts.Of(resource.Type).Sizes)
        {
            if (Json.At(resource.Properties, property).Sum(v => v.ToText().Count(c => !char.IsWhiteSpace(c))) > most)
            {
                throw new ResourceFailure(
                    $"Resource handler returned message: \"Cannot exceed quota for PolicySize: {most} (Service: "
                        + $"{resource.Type.Split("::")[1]}, Status Code: 409)\" (HandlerErrorCode: ServiceLimitExceeded)");
            }
        }
    }

    private void Inject(ResourceStep step, ResourceAction action)
    {
        if (world.Faults.FailureOf(stack.Name, step.Logical, action) is { } reason)
        {
            throw new ResourceFailure(reason);
        }
    }

    private static void RefuseCustomName(StackResource before, StackResource after)
    {
        var facts = ResourceFacts.Of(after.Type);
        if (before.Type == after.Type && !facts.GoesFirst && facts.Naming is { } naming
            && facts.Meet(naming, name => Scalar(after.Properties, name), name => Scalar(before.Properties, name)))
        {
            throw new ResourceFailure(
                $"CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename {Scalar(after.Properties, facts.NameProperty!)} and update the stack again.");
        }
    }

    /// <summary>What the table of types says cannot change: from what is really there, where the template changes it.</summary>
    private void RefuseFixed(StackResource before, StackResource after, LiveResource? real)
    {
        if (before.Type != after.Type)
        {
            return;
        }

        var facts = ResourceFacts.Of(after.Type);
        if (facts.Singles.FirstOrDefault(AreMany) is { } single)
        {
            throw new ResourceFailure($"Resource handler returned message: \"{single.Words}\" (HandlerErrorCode: InvalidRequest)");
        }

        var there = Run.RevertDrift && real is not null ? real.Properties : before.Properties;
        foreach (var top in Json.Differences(there, after.Properties).Select(path => path.Split('/')[0]))
        {
            var was = Scalar(real?.Properties ?? before.Properties, top);
            if (facts.RefusesChange(top, was, Scalar(after.Properties, top), other => Scalar(after.Properties, other)) is { } effect)
            {
                throw new ResourceFailure(effect.Words?.Fill(part => part == "was" ? was : Scalar(after.Properties, part)) is { } words
                    ? $"Resource handler returned message: \"{words}\" (HandlerErrorCode: InvalidRequest)"
                    : $"Resource handler returned message: \"Property {top} of {after.Physical} cannot be updated\" (HandlerErrorCode: NotUpdatable)");
            }
        }

        bool AreMany(SingleItem single)
        {
            var items = Keys(before, single).ToHashSet(StringComparer.Ordinal);
            items.SymmetricExceptWith(Keys(after, single));
            return items.Count > 1;
        }

        static IEnumerable<string> Keys(StackResource of, SingleItem single) =>
            Json.At(of.Properties, $"{single.List}.{single.Key}").Select(Json.Scalar);
    }

    private bool TagsChanged(string type) =>
        stack.Stable is { } stable && !stable.Definition.Tags.SequenceEqual(stack.Definition.Tags)
            && ResourceSchemas.Shared.Find(type)?.TagProperty is not null;

    private void Guard(ResourceStep step, string action, bool applies)
    {
        if (applies && StackPolicy.Denies(Run.Policy ?? stack.Policy, action, step.Logical,
            Scope.Template.Type(step.Logical)) is { } denied)
        {
            throw new ResourceFailure(denied);
        }
    }

    private ResourceRequest Making(StackResource resource, DateTimeOffset at)
    {
        var seed = new DeterministicIds($"{stack.Account} {stack.Region} {stack.Id} {resource.Logical} {stack.Counter}");
        var properties = DynamicReferences.Resolve(store, stack.Account, stack.Region, resource.Properties);
        var schema = ResourceSchemas.Shared.Find(resource.Type);
        return new ResourceRequest(store, stack.Account, stack.Region, resource.Type, schema,
            StackTags.Onto(stack, schema, resource.Logical, properties), seed, at)
        {
            StackRow = stack.Row,
            StackName = stack.Name,
            StackId = stack.Id,
            Logical = resource.Logical,
            Promised = Planned(resource.Logical)?.Stack.Id,
        };
    }
}
