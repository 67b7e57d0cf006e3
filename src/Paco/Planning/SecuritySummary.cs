using Paco.CloudFormation;

namespace Paco.Planning;

/// <summary>What of a plan opens or closes doors: ports of security groups, statements of policies and roles. One line each.</summary>
public static class SecuritySummary
{
    public static IEnumerable<string> Of(Plan plan) =>
        from stack in plan.Nodes.OfType<PlannedStack>()
        where stack.HasWork && !plan.IsDelete
        from change in stack.Changes
        from line in Lines(stack, change)
        select line;

    private static IEnumerable<string> Lines(PlannedStack stack, ResourceChange change)
    {
        var sign = change.Kind switch { ChangeKind.Create => "+", ChangeKind.Delete => "-", _ => "~" };
        switch (change.Type)
        {
            case "AWS::EC2::SecurityGroupIngress" or "AWS::EC2::SecurityGroupEgress":
                var direction = change.Type.EndsWith("Ingress", StringComparison.Ordinal) ? "in" : "out";
                yield return $"{sign} {stack.Node.Title}  {direction}  {Port(change)} {(direction == "in" ? "from" : "to")} {Peer(change)}";
                break;
            case "AWS::IAM::Role" or "AWS::IAM::ManagedPolicy" or "AWS::IAM::Policy" or "AWS::IAM::User":
                yield return $"{sign} {stack.Node.Title}  {change.Type[10..].ToLowerInvariant()} {Of(change, "RoleName") ?? Of(change, "ManagedPolicyName") ?? change.LogicalId}";
                break;
        }
    }

    private static string Port(ResourceChange change)
    {
        var (protocol, from, to) = (Of(change, "IpProtocol"), Of(change, "FromPort"), Of(change, "ToPort"));
        if (protocol is "-1")
            return "everything";
        return from == to ? $"{protocol}/{from}" : $"{protocol}/{from}-{to}";
    }

    private static string Peer(ResourceChange change) =>
        Of(change, "CidrIp") ?? Of(change, "CidrIpv6") ?? Of(change, "SourceSecurityGroupId") ?? Of(change, "DestinationSecurityGroupId") ?? "?";

    private static string? Of(ResourceChange change, string property) => change.Properties.FirstOrDefault(p => p.Path == property) is { } found ? found.After ?? found.Before : null;
}
