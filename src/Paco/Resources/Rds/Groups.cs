using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Rds;

/// <summary>Parts that instances and clusters have in common. None has a physical name, so that AWS can replace it.</summary>
internal static class Groups
{
    /// <summary>The subnets of the database's segment.</summary>
    public static void SubnetGroup(StackBuilder stack, Database database)
    {
        if (database.Segment is { } segment)
        {
            stack.Resource("DBSubnetGroup", "AWS::RDS::DBSubnetGroup", new MapValue
            {
                ["DBSubnetGroupDescription"] = Fn.StackName,
                ["SubnetIds"] = stack.Input("DBSubnetIdList", segment.Output("subnet_id_list"), "List<AWS::EC2::Subnet::Id>"),
            });
        }
    }

    /// <summary>A parameter group with AWS's defaults; family and description are fixed, so another major line replaces it.</summary>
    public static Value ParameterGroup(StackBuilder stack, Database database, string logicalId = "DBParameterGroup")
    {
        stack.Resource(logicalId, $"AWS::RDS::{logicalId}", new MapValue
        {
            ["Description"] = Fn.StackName,
            ["Family"] = database.Engine.FamilyOf(database.EngineVersion ?? ""),
            ["Parameters"] = logicalId == "DBClusterParameterGroup" ? MapValue.Of() : null,
        });
        return Fn.Ref(logicalId);
    }

    public static Value? SecurityGroups(StackBuilder stack, Database database) =>
        Value.OfMany(database.SecurityGroups.Select(group =>
            stack.Input($"SecurityGroup{Names.Md5(group.Text)}", group.Output("id"), "AWS::EC2::SecurityGroup::Id")));

    /// <summary>The first user's password: looked up by CloudFormation in the secret, or a parameter that AWS does not show.</summary>
    public static Value? Password(StackBuilder stack, Database database) => database switch
    {
        { SecretsPassword: { } secret } => Fn.Join("", ["{{resolve:secretsmanager:", SecretArn(stack, secret), ":SecretString:password}}"]),
        { MasterUserPassword: { } password } => stack.Parameter("MasterUserPassword", password),
        _ => null,
    };

    /// <summary>Writes host, port and engine of the database into its secret.</summary>
    public static void AttachSecret(StackBuilder stack, Database database, string target, string type)
    {
        if (database.SecretsPassword is { } secret)
        {
            stack.Resource("SecretTargetAttachmentRDS", "AWS::SecretsManager::SecretTargetAttachment", new MapValue
            {
                ["SecretId"] = SecretArn(stack, secret),
                ["TargetId"] = Fn.Ref(target),
                ["TargetType"] = type,
            });
        }
    }

    /// <summary>
    /// What becomes of a version that leaves standard support; nothing where nobody said, since AWS refuses to change it later.
    /// </summary>
    public static Value? LifecycleSupport(Database database) => Value.Of(database.ExtendedSupport switch
    {
        true => "open-source-rds-extended-support",
        false => "open-source-rds-extended-support-disabled",
        null => null,
    });

    private static Value SecretArn(StackBuilder stack, Ref secret) => stack.Input("RDSSecretARN", secret.Output("arn"));
}
