using System.Xml.Linq;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>CloudFormation's operations by name.</summary>
internal sealed class CloudFormationService() : QueryService("cloudformation", "http://cloudformation.amazonaws.com/doc/2010-05-15/")
{
    protected override XElement? Do(Call call, QueryForm form)
    {
        UnemulatedMembers.Refuse(call, form);
        return Known(call, form);
    }

    private static XElement? Known(Call call, QueryForm form) => call.Operation switch
    {
        "CreateStack" => StackCalls.Create(call, form),
        "UpdateStack" => StackCalls.Update(call, form),
        "DeleteStack" => StackCalls.Delete(call, form),
        "UpdateTerminationProtection" => StackCalls.Protect(call, form),
        "CancelUpdateStack" => RollbackCalls.Cancel(call, form),
        "ContinueUpdateRollback" => RollbackCalls.Continue(call, form),
        "RollbackStack" => RollbackCalls.Rollback(call, form),
        "SignalResource" => RollbackCalls.Signal(call, form),
        "DescribeStacks" => DescribeCalls.Stacks(call, form),
        "ListStacks" => DescribeCalls.List(call, form),
        "DescribeStackEvents" => DescribeCalls.Events(call, form),
        "DescribeEvents" => Validation.Describe(call, form),
        "DescribeStackResources" => ResourceCalls.Describe(call, form),
        "DescribeStackResource" => ResourceCalls.One(call, form),
        "ListStackResources" => ResourceCalls.List(call, form),
        "GetTemplate" => TemplateCalls.Get(call, form),
        "GetTemplateSummary" => TemplateCalls.Summary(call, form),
        "ValidateTemplate" => TemplateCalls.Validate(call, form),
        "ListExports" => ExportCalls.Exports(call, form),
        "ListImports" => ExportCalls.Imports(call, form),
        "GetStackPolicy" => ExportCalls.GetPolicy(call, form),
        "SetStackPolicy" => ExportCalls.SetPolicy(call, form),
        "CreateChangeSet" => ChangeSetCalls.Create(call, form),
        "DescribeChangeSet" => ChangeSetCalls.Describe(call, form),
        "ListChangeSets" => ChangeSetCalls.List(call, form),
        "ExecuteChangeSet" => ChangeSetCalls.Execute(call, form),
        "DetectStackDrift" => DriftCalls.Detect(call, form),
        "DetectStackResourceDrift" => DriftCalls.DetectResource(call, form),
        "DescribeStackDriftDetectionStatus" => DriftCalls.Status(call, form),
        "DescribeStackResourceDrifts" => DriftCalls.Resources(call, form),
        "DeleteChangeSet" => ChangeSetCalls.Delete(call, form),
        _ => throw AwsError.NotEmulated($"cloudformation:{call.Operation}"),
    };
}
