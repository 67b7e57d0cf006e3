using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>What requests may ask for on AWS and nobody would do here. What says nothing is let pass.</summary>
internal static class UnemulatedMembers
{
    public static void Refuse(Call call, QueryForm form)
    {
        if (form["StackSetName"] is { Length: > 0 })
        {
            throw Refusal(call, "StackSetName");
        }

        if (form["DeploymentConfig.Mode"] is not (null or "" or "STANDARD") || form.Flag("DeploymentConfig.DisableRollback") == true)
        {
            throw Refusal(call, "DeploymentConfig");
        }
    }

    private static AwsError Refusal(Call call, string member) => AwsError.NotEmulated($"cloudformation:{call.Operation} with {member}");
}
