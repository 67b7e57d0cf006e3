using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;

namespace Paco.Resources.Iam;

/// <summary>A role as a project describes it.</summary>
public class Role(Fields f) : Model(f)
{
    private static readonly Check RolePath = Check.Matching("a path that begins and ends with /", "^/(.*/)?$");

    public Enablement Enabled { get; } = f.Enabled(false, WhenDisabled.Alone);

    public AssumeRolePolicy? AssumeRolePolicy { get; } =
        f.Object("assume_role_policy", "Who may take it on.", x => new AssumeRolePolicy(x));

    public Given<bool> GlobalRoleName { get; } =
        f.Flag("global_role_name", "Name it `role_name` with `-R` instead of a name of its own in every environment and region.", false);

    public Given<bool> InstanceProfile { get; } = f.Flag("instance_profile", "Make an instance profile for it.", false);

    public ImmutableArray<string> ManagedPolicyArns { get; } = f.Texts("managed_policy_arns", "ARNs of managed policies it has.");

    public Given<int> MaxSessionDuration { get; } =
        f.Int("max_session_duration", "Seconds a session may last.", 3600, min: 3600, max: 43200);

    public string IamPath { get; } = f.Text("path", "Its path in IAM; changing it replaces the role.", "/", RolePath);

    public string PermissionsBoundary { get; } = f.Text("permissions_boundary", "ARN of the policy that bounds what it can be given.", "");

    public ImmutableArray<Policy> Policies { get; } = f.List("policies", "Its own policies.", x => new Policy(x));

    public string RoleName { get; } = f.Text("role_name", "Its name, with `global_role_name`.", "");

    public override string Kind => "Role";

    protected internal override void Rules(Fields f)
    {
        if (GlobalRoleName && RoleName.Length == 0)
            f.Lacks("global_role_name", "\"global_role_name\" needs a \"role_name\"");
        foreach (var twice in Policies.GroupBy(p => p.PolicyName).Where(g => g.Key.Length > 0).SelectMany(g => g.Skip(1)))
            f.Report(BindingCodes.BrokenRule, twice.Location, $"two policies of the role are called \"{twice.PolicyName}\"", "rename one");
        foreach (var statement in Policies.SelectMany(p => p.Statements).Where(s => s.Principal is not null))
        {
            f.Report(BindingCodes.ObsoleteField, statement.Principal!.Location,
                "\"principal\" has no effect: a role's own policies are about the role");
        }
    }

    /// <summary>What it says, to be made for a resource.</summary>
    internal IamRole ToIamRole(string resource) => new()
    {
        Ref = Path,
        Resource = resource,
        Name = Name,
        Location = Location,
        GlobalName = GlobalRoleName && RoleName.Length > 0 ? RoleName : null,
        Path = IamPath,
        Trust = AssumeRolePolicy?.ToValue(),
        ManagedPolicyArns = ManagedPolicyArns,
        MaxSessionDuration = MaxSessionDuration,
        PermissionsBoundary = PermissionsBoundary.Length > 0 ? PermissionsBoundary : null,
        Policies = [.. Policies.Select(p => KeyValuePair.Create(p.PolicyName, p.Document))],
        InstanceProfile = InstanceProfile,
    };
}

/// <summary>Who may take a role on.</summary>
public sealed class AssumeRolePolicy(Fields f) : Model(f)
{
    public string Effect { get; } = f.Text("effect", "Allow, or Deny.", "Allow", Check.OneOf("Allow", "Deny"));

    public ImmutableArray<string> Service { get; } = f.Texts("service", "AWS services: `ec2.amazonaws.com`.");

    public Value? Aws { get; } = f.PolicyValue("aws", "Accounts, roles and users, as ARNs.");

    protected internal override void Rules(Fields f)
    {
        if (Service.IsEmpty && Aws is null)
            f.Lacks("service", "an \"assume_role_policy\" needs \"service\" or \"aws\"");
    }

    internal MapValue? ToValue() =>
        Service.IsEmpty && Aws is null
            ? null
            : PolicyDocument.Trust(new MapValue { ["Service"] = Value.OfMany(Service), ["AWS"] = Aws }, Effect);
}
