using System.Collections.Immutable;
using Paco.Aws.Wire;
using Paco.Clouds;
using Paco.Diagnostics;

namespace Paco.Aws.Services;

/// <summary>CloudFormation over the Query protocol. Source: AWS CloudFormation API Reference, 2010-05-15.</summary>
internal sealed class CloudFormationClient(ServiceCaller caller) : ICloudFormation
{
    public IStackDrift Drift => new StackDriftClient(caller);

    public async Task<DeployedStack?> DescribeStack(string stackName, CancellationToken cancel)
    {
        try
        {
            var form = Form("DescribeStacks").Add("StackName", stackName);
            var stacks = await caller.Xml(form.ToRequest(repeatable: true), StackXml.Stacks, cancel);
            return stacks.FirstOrDefault(s => s.Status != StackStatus.DeleteComplete);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    public async Task<ImmutableArray<DeployedStack>> DescribeStacks(CancellationToken cancel)
    {
        var all = await Pages.All(token => caller.Xml(
            Form("DescribeStacks").Add("NextToken", token).ToRequest(repeatable: true),
            root => (StackXml.Stacks(root).AsEnumerable(), StackXml.NextToken(root)),
            cancel));
        return [.. all.Where(s => s.Status != StackStatus.DeleteComplete)];
    }

    public Task<string> GetTemplate(string stackName, CancellationToken cancel) => caller.Xml(
        Form("GetTemplate").Add("StackName", stackName).Add("TemplateStage", "Original").ToRequest(repeatable: true),
        root => root.Within("TemplateBody").Value,
        cancel);

    public Task<string> CreateStack(StackRequest request, CancellationToken cancel) => caller.Xml(
        StackForm("CreateStack", request).Add("EnableTerminationProtection", request.EnableTerminationProtection)
            .ToRequest(repeatable: true),
        root => root.Within("StackId").Value,
        cancel);

    public async Task<string?> UpdateStack(StackRequest request, CancellationToken cancel)
    {
        var form = StackForm("UpdateStack", request).Add("StackPolicyDuringUpdateBody", request.StackPolicyDuringUpdateBody);
        if (request.Tags.IsEmpty)
        {
            // Left out, the deployed tags would stay.
            form.Add("Tags", "");
        }

        try
        {
            return await caller.Xml(form.ToRequest(repeatable: true), root => root.Within("StackId").Value, cancel);
        }
        catch (CloudException e) when (e.Code == "ValidationError"
            && e.Message.Contains("No updates are to be performed", StringComparison.Ordinal))
        {
            return null;
        }
    }

    public Task DeleteStack(string stackName, string clientRequestToken, CancellationToken cancel) => caller.Do(
        Form("DeleteStack").Add("StackName", stackName).Add("ClientRequestToken", clientRequestToken).ToRequest(repeatable: true),
        cancel);

    public Task UpdateTerminationProtection(string stackName, bool enable, CancellationToken cancel) => caller.Do(
        Form("UpdateTerminationProtection").Add("StackName", stackName).Add("EnableTerminationProtection", enable)
            .ToRequest(repeatable: true),
        cancel);

    public Task ContinueUpdateRollback(string stackName, ImmutableArray<string> resourcesToSkip, string clientRequestToken,
        CancellationToken cancel) =>
        caller.Do(
            Form("ContinueUpdateRollback")
                .Add("StackName", stackName)
                .AddList("ResourcesToSkip", resourcesToSkip, (form, name, item) => form.Add(name, item))
                .Add("ClientRequestToken", clientRequestToken)
                .ToRequest(repeatable: true),
            cancel);

    public Task RollbackStack(string stackName, string clientRequestToken, CancellationToken cancel) => caller.Do(
        Form("RollbackStack").Add("StackName", stackName).Add("ClientRequestToken", clientRequestToken).ToRequest(repeatable: true),
        cancel);

    public async Task<ImmutableArray<StackEvent>> DescribeStackEvents(string stackNameOrId, string? until, DateTimeOffset since,
        CancellationToken cancel)
    {
        var events = await Pages.All(
            token => caller.Xml(
                Form("DescribeStackEvents").Add("StackName", stackNameOrId).Add("NextToken", token).ToRequest(repeatable: true),
                root => (StackXml.Events(root).AsEnumerable(), StackXml.NextToken(root)),
                cancel),
            e => e.EventId == until || e.Timestamp < since);
        return [.. events];
    }

    /// <summary>Through DescribeEvents, which is asked with the whole ARN of a change set: its name alone is refused.</summary>
    public async Task<ImmutableArray<ValidationFinding>> DescribeValidation(string changeSetOrStackId, CancellationToken cancel)
    {
        var parameter = changeSetOrStackId.Contains(":changeSet/", StringComparison.Ordinal) ? "ChangeSetName" : "StackName";
        try
        {
            var findings = await Pages.All(token => caller.Xml(
                Form("DescribeEvents").Add(parameter, changeSetOrStackId).Add("Filters.FailedEvents", value: true).Add("NextToken", token)
                    .ToRequest(repeatable: true),
                root => (StackXml.Findings(root).AsEnumerable(), StackXml.NextToken(root)),
                cancel));
            return [.. findings];
        }
        catch (CloudException e) when (e.Kind is CloudErrorKind.AccessDenied or CloudErrorKind.Unsupported or CloudErrorKind.Refused
            or CloudErrorKind.NotFound or CloudErrorKind.Unreadable)
        {
            return [];
        }
    }

    /// <summary>Through ListStackResources, since the operation called DescribeStackResources stops at a hundred.</summary>
    public async Task<ImmutableArray<StackResource>> DescribeStackResources(string stackName, CancellationToken cancel)
    {
        var resources = await Pages.All(token => caller.Xml(
            Form("ListStackResources").Add("StackName", stackName).Add("NextToken", token).ToRequest(repeatable: true),
            root => (StackXml.Resources(root).AsEnumerable(), StackXml.NextToken(root)),
            cancel));
        return [.. resources];
    }

    public async Task<string?> FindOwner(string physicalResourceId, CancellationToken cancel)
    {
        try
        {
            return await caller.Xml(
                Form("DescribeStackResources").Add("PhysicalResourceId", physicalResourceId).ToRequest(repeatable: true),
                root => root.Descendants().FirstOrDefault(e => e.Name.LocalName == "StackId")?.Value,
                cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    public Task<string> CreateChangeSet(ChangeSetRequest request, CancellationToken cancel)
    {
        var form = StackForm("CreateChangeSet", request.Stack, isChangeSet: true)
            .Add("ChangeSetName", request.Name)
            .Add("ChangeSetType", request.Type.ToString().ToUpperInvariant());
        if (request.RevertDrift)
            form.Add("DeploymentMode", "REVERT_DRIFT");
        if (request.ImportExistingResources)
            form.Add("ImportExistingResources", value: true);
        return caller.Xml(form.ToRequest(repeatable: true), root => root.Within("Id").Value, cancel);
    }

    public async Task<ChangeSet?> DescribeChangeSet(string changeSetId, CancellationToken cancel)
    {
        ChangeSet? described = null;
        try
        {
            var changes = await Pages.All(token => caller.Xml(
                Form("DescribeChangeSet").Add("ChangeSetName", changeSetId).Add("IncludePropertyValues", value: true)
                    .Add("NextToken", token).ToRequest(repeatable: true),
                root =>
                {
                    described ??= ChangeSetXml.Read(root);
                    return (ChangeSetXml.Changes(root).AsEnumerable(), StackXml.NextToken(root));
                },
                cancel));
            return described! with { Changes = [.. changes] };
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    public Task ExecuteChangeSet(string changeSetId, string clientRequestToken, CancellationToken cancel) => caller.Do(
        Form("ExecuteChangeSet").Add("ChangeSetName", changeSetId).Add("DisableRollback", value: false)
            .Add("ClientRequestToken", clientRequestToken).ToRequest(repeatable: true),
        cancel);

    public async Task DeleteChangeSet(string changeSetId, CancellationToken cancel)
    {
        try
        {
            await caller.Do(Form("DeleteChangeSet").Add("ChangeSetName", changeSetId).ToRequest(repeatable: true), cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            // Executing or deleting another one took it along.
        }
    }

    internal static QueryForm Form(string action) => new(AwsService.CloudFormation, "2010-05-15", action);

    private static QueryForm Template(QueryForm form, TemplateSource template) => template == TemplateSource.Deployed
        ? form.Add("UsePreviousTemplate", value: true)
        : form.Add("TemplateBody", template.Body).Add("TemplateURL", template.Url);

    // CreateChangeSet takes the same, but for what only an operation has.
    private static QueryForm StackForm(string action, StackRequest request, bool isChangeSet = false)
    {
        var form = Template(Form(action).Add("StackName", request.StackName), request.Template)
            .AddList("Parameters", request.Parameters, AddParameter)
            .AddList("Tags", request.Tags, (form, name, tag) => form.Add($"{name}.Key", tag.Key).Add($"{name}.Value", tag.Value))
            .AddList("Capabilities", request.Capabilities, (form, name, item) => form.Add(name, item));
        return isChangeSet
            ? form.Add("ClientToken", request.ClientRequestToken)
            : form.Add("DisableRollback", value: false).Add("ClientRequestToken", request.ClientRequestToken);
    }

    private static void AddParameter(QueryForm form, string name, StackParameter parameter)
    {
        form.Add($"{name}.ParameterKey", parameter.Key);
        if (parameter.UsePreviousValue)
        {
            form.Add($"{name}.UsePreviousValue", value: true);
        }
        else if (parameter is { IsSecret: true, Value: { } secret })
        {
            form.Add($"{name}.ParameterValue", new Secret(secret));
        }
        else
        {
            form.Add($"{name}.ParameterValue", parameter.Value ?? "");
        }
    }
}
