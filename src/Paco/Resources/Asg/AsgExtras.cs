using Paco.CloudFormation;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.Asg;

/// <summary>What else stands in the group's stack: rights on image repositories, patches.</summary>
internal static class AsgExtras
{
    public static void Add(StackBuilder stack, Asg asg, string groupName, string roleName)
    {
        foreach (var (i, permission) in asg.Ecr.Index())
            AddRepository(stack, permission, i, roleName);
        if (asg.PatchManager is { IsEnabled: true } patches)
            stack.Add(new Resource("PatchAssociation", "AWS::SSM::Association", Patches(patches, groupName)) { Source = patches.Location });
    }

    private static void AddRepository(StackBuilder stack, EcrPermission permission, int i, string roleName) =>
        stack.Resource($"CodeBuildProjectPolicyPacoEcr{i}", "AWS::IAM::Policy", new MapValue
        {
            ["PolicyName"] = $"ECRAccess-PacoEcr{i}",
            ["Roles"] = Value.List(roleName),
            ["PolicyDocument"] = PolicyDocument.Of(permission.Statements(stack)),
        }, permission.Location);

    // The name is the account's, so the group's is part of it.
    private static MapValue Patches(PatchManager patches, string groupName) => new()
    {
        ["AssociationName"] = $"{groupName}-{patches.Operation}",
        ["Name"] = "AWS-RunPatchBaseline",
        ["Parameters"] = new MapValue { ["Operation"] = Value.List(patches.Operation) },
        ["ScheduleExpression"] = Value.Of(patches.ScheduleExpression),
        ["Targets"] = Value.List(new MapValue { ["Key"] = "tag:Name", ["Values"] = Value.List(groupName) }),
        ["WaitForSuccessTimeoutSeconds"] = 900,
    };
}
