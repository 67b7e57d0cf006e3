using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>What requests may ask for on AWS and nobody would do here. What says nothing (an empty list, no minutes) is let pass.</summary>
internal static class UnemulatedMembers
{
    private static readonly string[] Texts =
    [
        "StackPolicyURL", "StackPolicyDuringUpdateURL", "StackSetName", "RollbackConfiguration.RollbackTriggers.member.1.Arn",
        "ResourceTypes.member.1",
    ];

    public static void Refuse(Call call, QueryForm form)
    {
        if (Texts.FirstOrDefault(t => form[t] is { Length: > 0 }) is { } text)
        {
            throw Refusal(call, text.Split(".member")[0]);
        }

        if (form.Number("RollbackConfiguration.MonitoringTimeInMinutes") > 0)
        {
            throw Refusal(call, "RollbackConfiguration.MonitoringTimeInMinutes");
        }

        if (form["DeploymentConfig.Mode"] is not (null or "" or "STANDARD") || form.Flag("DeploymentConfig.DisableRollback") == true)
        {
            throw Refusal(call, "DeploymentConfig");
        }
    }

    private static AwsError Refusal(Call call, string member) => AwsError.NotEmulated($"cloudformation:{call.Operation} with {member}");
}
