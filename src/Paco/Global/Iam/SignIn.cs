using Paco.Clouds;

namespace Paco.Global.Iam;

/// <summary>Where people sign in to AWS's console. Source: AWS General Reference, "AWS Management Console endpoints".</summary>
internal static class SignIn
{
    /// <summary>Where users of an account sign in; the account's id is the template's.</summary>
    public static string Console(Partition partition) => $"https://${{AWS::AccountId}}.signin.{Domain(partition)}/console";

    /// <summary>Where somebody who has signed in takes on a role.</summary>
    public static string SwitchRole(Partition partition, string role, string name) =>
        $"https://signin.{Domain(partition)}/switchrole?account=${{AWS::AccountId}}&roleName={Uri.EscapeDataString(role)}&displayName={Uri.EscapeDataString(name)}";

    private static string Domain(Partition partition) =>
        partition == Partition.China ? "amazonaws.cn"
        : partition == Partition.Government ? "amazonaws-us-gov.com"
        : partition == Partition.Sovereign ? "amazonaws-eusc.eu"
        : "aws.amazon.com";
}
