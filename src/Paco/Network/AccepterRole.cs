using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Network;

/// <summary>The role in an accepter's account that a requester of another account connects with.</summary>
internal static class AccepterRole
{
    public static bool IsNeeded(BuildScope scope, Network other) =>
        other.AwsAccount?.Path.Account is not { } name || scope.Build.AccountOf(name) != scope.Place.Account;

    /// <summary>What references to the role begin with, and what its name is hashed from.</summary>
    public static Ref Of(VpcPeering peering) => peering.ToRef().Output($"Peering-{peering.Name}-accepter-role");

    public static string NameOf(VpcPeering peering) => $"{Names.ShortHash(Of(peering).Path)}-R-Vpc-Peering-{peering.Name}-accepter-role";

    /// <summary>The role's stack, or null where both ends are of one account.</summary>
    public static NodeId? Build(BuildScope scope, Vpc vpc, VpcPeering peering)
    {
        var remote = VpcPeeringTemplate.Remote(scope, peering);
        if (remote is null ? peering.PeerAccountId is null : !IsNeeded(scope, remote))
            return null;
        var path = Of(peering);
        var named = scope with
        {
            OwnNames = ["vpc", $"Peering-{peering.Name}-accepter-role"],
            Label = $"{scope.Label}/peering/{peering.Name}",
        };
        var stack = named.Stack(peering, "Role", "role", path.Path);
        stack.Tags = [.. stack.Tags, new("Paco-IAM-Resource-Type", "Role")];
        stack.Capabilities = ["CAPABILITY_NAMED_IAM"];
        AddRole(stack, scope, vpc, peering, VpcPeeringTemplate.Account(peering, remote));
        return stack.Id;
    }

    private static void AddRole(StackBuilder stack, BuildScope scope, Vpc vpc, VpcPeering peering, Value requester)
    {
        var (path, name) = (Of(peering), NameOf(peering));
        var id = $"{Names.Camel("vpc", "Peering", peering.Name, "accepter-role")}Role";
        if (name.Length > 64)
        {
            scope.Build.Bag.Add(StackCodes.NameTooLong, peering.Location,
                $"the role's name {name} has {name.Length} characters; AWS allows 64", subject: peering.Path);
        }
        stack.Resource(id, "AWS::IAM::Role", new MapValue
        {
            ["Path"] = stack.Parameter($"{id}Path", "/"),
            ["RoleName"] = name,
            ["AssumeRolePolicyDocument"] = Document(new MapValue
            {
                ["Effect"] = "Allow",
                ["Principal"] = new MapValue
                {
                    ["AWS"] = Fn.Sub("arn:${AWS::Partition}:iam::${Account}:root", new MapValue { ["Account"] = requester }),
                },
                ["Action"] = "sts:AssumeRole",
            }),
            ["Policies"] = peering.IsEnabled ? Value.List(Policy(stack.Input("VpcId", vpc.ToRef().Output("id")))) : null,
        }, peering.Location);
        stack.Output(id, Fn.Ref(id), $"{path.Path}.name");
        stack.Output($"{id}Arn", Fn.GetAtt(id, "Arn"), $"{path.Path}.arn");
    }

    private static MapValue Policy(Value vpcId)
    {
        var vpc = Fn.Sub("arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:vpc/${Vpc}", new MapValue { ["Vpc"] = vpcId });
        return new MapValue
        {
            ["PolicyName"] = "AcceptVpcPeering",
            ["PolicyDocument"] = Document(
                new MapValue { ["Effect"] = "Allow", ["Action"] = "ec2:AcceptVpcPeeringConnection", ["Resource"] = vpc },
                new MapValue
                {
                    ["Effect"] = "Allow",
                    ["Action"] = "ec2:AcceptVpcPeeringConnection",
                    ["Resource"] = Fn.Sub("arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:vpc-peering-connection/*"),
                    ["Condition"] = new MapValue { ["StringEquals"] = new MapValue { ["ec2:AccepterVpc"] = vpc } },
                }),
        };
    }

    private static MapValue Document(params ReadOnlySpan<Value> statements) =>
        new() { ["Version"] = "2012-10-17", ["Statement"] = Value.List(statements) };
}
