using Paco.Resources.Iam;

namespace Paco.Tests.Resources;

/// <summary>Names that deployed roles and policies have: a change here would replace them.</summary>
public sealed class IamNameTests
{
    private const string Web = "netenv.mynet.prod.us-west-2.applications.app.groups.site.resources.web";
    private const string Bastion = "netenv.mynet.prod.us-west-2.applications.app.groups.bastion.resources.instance";

    [Theory]
    [InlineData(Web, "web", "5272CE16-R-Web-instance_iam_role", "5272CE16-P-Web-instance_iam_role")]
    [InlineData(Bastion, "instance", "07F2254F-R-Instance-instance_iam_role", "07F2254F-P-Instance-instance_iam_role")]
    public void A_role_is_named_by_the_hash_of_its_reference(string asg, string resource, string role, string profile)
    {
        var made = new IamRole { Ref = $"{asg}.instance_iam_role", Resource = resource, Name = "instance_iam_role" };
        Assert.Equal((role, profile), (made.RoleName, made.ProfileName));
    }

    [Theory]
    [InlineData("netenv.ms.dev.us-west-2.applications.app.groups.g.resources.role", "role", "role", "B447CBEC-R-Role-role")]
    [InlineData("netenv.mynet.prod.us-west-2.backup_vaults.Backup-mynet-prod", "backup_vaults", "Backup-mynet-prod",
        "BB4A867C-R-Backup_vaults-Backup-mynet-prod")]
    public void Only_the_first_letter_of_the_resource_is_raised(string reference, string resource, string name, string role) =>
        Assert.Equal(role, new IamRole { Ref = reference, Resource = resource, Name = name }.RoleName);

    [Fact]
    public void A_global_role_has_the_name_the_user_chose() =>
        Assert.Equal("auditor-R", new IamRole { Ref = "x", Resource = "r", Name = "n", GlobalName = "auditor" }.RoleName);

    [Theory]
    [InlineData($"{Web}.ec2lm.cloudwatchagent.policy", "web-cloudwatchagent", "C6BA2BD4-web-cloudwatchagent")]
    [InlineData($"{Web}.ec2lm.ssmagent.policy", "web-ssmagent-policy", "BCD628BD-web-ssmagent-policy")]
    [InlineData($"{Web}.ec2lm.secrets.policy", "web-secrets", "C1F54047-web-secrets")]
    [InlineData($"{Web}.ec2lm.ec2lm.policy", "web-ec2lm", "89A46315-web-ec2lm")]
    [InlineData($"{Bastion}.ec2lm.eip.policy", "instance-eip", "73795399-instance-eip")]
    [InlineData($"{Bastion}.ec2lm.ssmagent.policy", "instance-ssmagent-policy", "C013CDB9-instance-ssmagent-policy")]
    [InlineData($"{Bastion}.ec2lm.ec2lm.policy", "instance-ec2lm", "CA2EF8FE-instance-ec2lm")]
    public void A_managed_policy_is_named_by_the_hash_of_its_reference(string reference, string name, string policy) =>
        Assert.Equal(policy, new ManagedPolicy { Ref = reference, Name = name, Roles = [], Statements = _ => [] }.PhysicalName);
}
