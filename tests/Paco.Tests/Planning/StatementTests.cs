using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Tests.Planning;

/// <summary>Statements of policies in the security summary of a plan.</summary>
public class StatementTests
{
    private const string Read = "{ Sid: Read, Effect: Allow, Action: s3:GetObject, Resource: 'arn:aws:s3:::shop-assets/*' }";
    private const string Write = "{ Effect: Allow, Action: [s3:PutObject, s3:DeleteObject], Resource: 'arn:aws:s3:::shop-assets/*' }";
    private const string Ec2 = "{ Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: sts:AssumeRole }";

    [Fact]
    public void A_new_role_says_who_may_assume_it_and_what_it_may_do() => Assert.Equal(
        ["+ role web  may be assumed by ec2.amazonaws.com", "+ role web  allow s3:GetObject on arn:aws:s3:::shop-assets/*"],
        SecurityPage.Lines("", Role(Read)));

    [Fact]
    public void Of_a_policy_that_gains_a_statement_only_that_one_is_told() => Assert.Equal(
        ["+ role web  allow s3:DeleteObject, s3:PutObject on arn:aws:s3:::shop-assets/*"],
        SecurityPage.Lines(Role(Read), Role($"{Write}, {Read}")));

    [Fact]
    public void A_statement_that_gains_an_action_is_that_action() => Assert.Equal(
        ["+ role web  allow s3:ListBucket on arn:aws:s3:::shop-assets/*"],
        SecurityPage.Lines(Role(Write), Role(Write.Replace("[", "[s3:ListBucket, ", StringComparison.Ordinal))));

    [Fact]
    public void A_statement_for_another_bucket_is_one_less_and_one_more() => Assert.Equal(
        ["+ role web  allow s3:GetObject on arn:aws:s3:::shop-logs/*", "- role web  allow s3:GetObject on arn:aws:s3:::shop-assets/*"],
        SecurityPage.Lines(Role(Read), Role(Read.Replace("assets", "logs", StringComparison.Ordinal))));

    [Fact]
    public void Order_and_Sid_change_nothing() => Assert.Empty(
        SecurityPage.Lines(Role($"{Read}, {Write}"),
            Role(
                $"{Write.Replace("s3:PutObject, s3:DeleteObject", "s3:DeleteObject, s3:PutObject", StringComparison.Ordinal)}, {Read.Replace("Sid: Read", "Sid: Other", StringComparison.Ordinal)}")));

    [Fact]
    public void A_statement_that_moves_to_a_policy_of_its_own_changes_nothing() => Assert.Empty(SecurityPage.Lines(
        Role($"{Read}, {Write}"),
        Role(Read)
            + $"\nMore: {{ Type: AWS::IAM::Policy, Properties: {{ PolicyName: more, Roles: [web], PolicyDocument: {{ Statement: [{Write}] }} }} }}"));

    [Theory]
    [InlineData("{ Effect: Allow, Action: '*', Resource: '*' }", "allow * on *  (full admin)")]
    [InlineData("{ Effect: Allow, Action: 'iam:*', Resource: '*' }", "allow iam:* on *  (full admin)")]
    [InlineData("{ Effect: Allow, Action: 's3:*', Resource: '*' }", "allow s3:* on *  (wide)")]
    [InlineData("{ Effect: Allow, Action: '*', Resource: 'arn:aws:s3:::a' }", "allow * on arn:aws:s3:::a  (wide)")]
    [InlineData("{ Effect: Allow, NotAction: 'iam:*', Resource: '*' }", "allow everything but iam:* on *  (wide)")]
    [InlineData("{ Effect: Allow, Action: ec2:DescribeInstances, Resource: '*' }", "allow ec2:DescribeInstances on *")]
    [InlineData("{ Effect: Deny, Action: '*', Resource: '*' }", "deny * on *")]
    [InlineData("{ Effect: Allow, Action: 's3:*', NotResource: 'arn:aws:s3:::a' }", "allow s3:* on everything but arn:aws:s3:::a  (wide)")]
    [InlineData(
        "{ Effect: Allow, Action: s3:GetObject, Resource: a, Condition: { StringEquals: { 'aws:RequestedRegion': [us-west-2, eu-central-1] } } }",
            "allow s3:GetObject on a if aws:RequestedRegion StringEquals eu-central-1 or us-west-2")]
    public void A_statement_is_read_and_what_is_wide_is_marked(string statement, string line) =>
        Assert.Equal([$"+ role web  {line}"], SecurityPage.Lines(Role(Read), Role($"{Read}, {statement}")));

    [Fact]
    public void A_denial_that_goes_is_marked() => Assert.Equal(
        ["- role web  deny s3:DeleteObject on *  (no longer forbidden)"],
        SecurityPage.Lines(Role($"{Read}, {{ Effect: Deny, Action: s3:DeleteObject, Resource: '*' }}"), Role(Read)));

    [Fact]
    public void Trust_that_is_widened_to_another_account_is_that_account() => Assert.Equal(
        ["+ role web  may be assumed by account 999999999999"],
        SecurityPage.Lines(Trusting("{ AWS: 'arn:aws:iam::222222222222:root' }"),
            Trusting("{ AWS: ['arn:aws:iam::222222222222:root', '999999999999'] }")));

    [Fact]
    public void Trust_in_everybody_is_marked_and_in_everybody_of_an_organization_is_not() => Assert.Equal(
        [
            "+ role web  may be assumed by anybody  (open to anybody)",
            "- role web  may be assumed by anybody if aws:PrincipalOrgID StringEquals o-1234",
        ],
        SecurityPage.Lines(Trusting("'*', Condition: { StringEquals: { aws:PrincipalOrgID: o-1234 } }"), Trusting("{ AWS: '*' }")));

    [Fact]
    public void Managed_policies_come_and_go() => Assert.Equal(
        [
            "+ role web  managed policy arn:aws:iam::aws:policy/AdministratorAccess  (full admin)",
            "- role web  managed policy arn:aws:iam::aws:policy/ReadOnlyAccess",
        ],
        SecurityPage.Lines(Role(Read, "ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],"),
            Role(Read, "ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],")));

    [Fact]
    public void A_permissions_boundary_that_goes_is_marked() => Assert.Equal(
        ["- role web  permissions boundary arn:aws:iam::222222222222:policy/edge  (no longer forbidden)"],
        SecurityPage.Lines(Role(Read, "PermissionsBoundary: 'arn:aws:iam::222222222222:policy/edge',"), Role(Read)));

    [Fact]
    public void A_managed_policy_is_told_with_who_gets_it() => Assert.Equal(
        ["+ policy deploy  allow s3:GetObject on arn:aws:s3:::shop-assets/*", "+ role web  managed policy deploy"],
        SecurityPage.Lines("",
            $"Deploy: {{ Type: AWS::IAM::ManagedPolicy, Properties: {{ ManagedPolicyName: deploy, Roles: [web], PolicyDocument: {{ Statement: {Read} }} }} }}"));

    [Fact]
    public void A_replaced_role_that_may_do_the_same_is_no_change() => Assert.Empty(
        SecurityPage.Lines(Role(Read, "Path: /a/,"), Role(Read, "Path: /b/,")));

    [Fact]
    public void A_value_known_after_apply_stays_a_reference()
    {
        var bucket = new NodeId(new Place("dev", "us-west-2"), "NE-mynet-dev-App-app-site-assets");
        var page = new SecurityPage("",
            Role(
                "{ Effect: Allow, Action: s3:GetObject, Resource: !Sub '${Assets}/*' }, { Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Queue.Arn }"))
        {
            Parameters = [new Parameter("Assets", "String", new OutputSource(bucket, "Arn"))],
            Others =
            [
                SecurityPage.Offering(bucket, "app/site/assets", "Arn",
                    "netenv.mynet.dev.us-west-2.applications.app.groups.site.resources.assets.arn"),
            ],
        };

        Assert.Contains("+ role web  allow s3:GetObject on ${app/site/assets ▸ arn}/*", page.Lines());
        Assert.Contains("+ role web  allow sqs:SendMessage on ${Queue.Arn}", page.Lines());
    }

    [Fact]
    public void The_value_of_a_NoEcho_parameter_is_never_shown()
    {
        var page = new SecurityPage("", Role("{ Effect: Allow, Action: s3:GetObject, Resource: !Sub 'arn:aws:s3:::${Hidden}' }"))
        {
            Parameters = [new Parameter("Hidden", "String", new SecretSource(new Secret("hunter2")))],
        };

        Assert.Contains("+ role web  allow s3:GetObject on (secret)", page.Lines());
    }

    [Fact]
    public void Deleting_everything_opens_nothing() =>
        Assert.Empty(new SecurityPage(Role(Read), "") { Action = NodeAction.Delete, IsDelete = true }.Lines());

    [Fact]
    public void A_stack_that_left_the_configuration_takes_its_permissions_along() => Assert.Equal(
        ["- role web  may be assumed by ec2.amazonaws.com", "- role web  deny s3:* on *"],
        new SecurityPage(Role("{ Effect: Deny, Action: s3:*, Resource: '*' }"), "") { Action = NodeAction.Delete }.Lines());

    private static string Role(string statements, string more = "") =>
        $"Web: {{ Type: AWS::IAM::Role, Properties: {{ RoleName: web, {more} AssumeRolePolicyDocument: {{ Statement: [{Ec2}] }}, Policies: [{{ PolicyName: p, PolicyDocument: {{ Statement: [{statements}] }} }}] }} }}";

    private static string Trusting(string principal) =>
        $"Web: {{ Type: AWS::IAM::Role, Properties: {{ RoleName: web, AssumeRolePolicyDocument: {{ Statement: {{ Effect: Allow, Action: sts:AssumeRole, Principal: {principal} }} }} }} }}";
}
