using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Global.Iam;

/// <summary>What a permission adds to a role besides AWS's managed policies: policies in the role's stack.</summary>
internal static class PermissionTemplate
{
    private static readonly string[] Reading =
    [
        "codecommit:BatchDescribe*", "codecommit:BatchGet*", "codecommit:Describe*", "codecommit:EvaluatePullRequestApprovalRules",
        "codecommit:Get*", "codecommit:GitPull", "codecommit:List*",
    ];

    // What somebody who works in a repository does; not what makes, deletes, renames or rewires one.
    private static readonly string[] Writing =
    [
        .. Reading, "codecommit:CreateBranch", "codecommit:CreateCommit", "codecommit:CreatePullRequest*",
        "codecommit:CreateUnreferencedMergeCommit", "codecommit:DeleteBranch", "codecommit:DeleteCommentContent", "codecommit:DeleteFile",
        "codecommit:GitPush", "codecommit:Merge*", "codecommit:Post*", "codecommit:PutCommentReaction", "codecommit:PutFile",
        "codecommit:UpdateComment", "codecommit:UpdatePullRequest*",
    ];

    public static void Write(GlobalScope scope, StackBuilder stack, Permission permission, ProjectAccount account)
    {
        switch (permission)
        {
            case CustomPolicy custom when custom.Accounts.Holds(account):
                foreach (var policy in custom.Policies)
                {
                    DelegateTemplate.AddPolicy(stack, $"CustomPolicy{Names.LogicalId(policy.PolicyName)}",
                        policy.Statements.Select(s => s.ToValue()));
                }
                break;
            case CodeCommitPermission repositories:
                CodeCommit(scope.Build, stack, repositories, account);
                break;
            case CodeBuildPermission builds:
                BuildPermissions.Write(scope.Build, stack, builds, account);
                break;
            case PipelinePermission pipelines when pipelines.Accounts.Names.IsEmpty || pipelines.Accounts.Holds(account):
                PipelineTemplate.Write(scope.Build, stack, pipelines.Resources, account);
                break;
            case SessionPermission sessions when sessions.Accounts.Names.IsEmpty || sessions.Accounts.Holds(account):
                Sessions(scope.Build, stack, sessions, account);
                break;
        }
    }

    private static void CodeCommit(BuildContext build, StackBuilder stack, CodeCommitPermission permission, ProjectAccount account)
    {
        var wanted = permission.Repositories.Where(r => r is { HasConsole: true, Repository: not null })
            .Select(r => (r.Permission, Reference: r.Repository!, Target: build.Index.Find<ICodeCommitRepository>(r.Repository))).ToList();
        // In which account one is that is not built yet nobody knows.
        foreach (var unknown in wanted.Where(w => w.Target is null))
            NeedsNotBuilt(stack, unknown.Reference);
        var here = wanted.Where(w => w.Target is not null && account.Names.Contains(w.Target.AccountName)).ToList();
        if (here.Count == 0)
            return;
        var all = new List<MapValue> { PolicyDocument.Allow("*", "codecommit:ListRepositories") };
        foreach (var kind in here.GroupBy(w => w.Permission).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            all.Add(PolicyDocument.AllowMany(kind.Select(w => new InputValue(w.Target!.Arn)),
                kind.Key == "ReadWrite" ? Writing : Reading));
        }
        DelegateTemplate.AddPolicy(stack, "CodeCommitPolicy", all);
    }

    // The tag of the group alone would let in to groups of that name in every application and environment of the account.
    private static void Sessions(BuildContext build, StackBuilder stack, SessionPermission permission, ProjectAccount account)
    {
        var groups = permission.Groups.Where(g => IsIn(build, g, account)).Select(g => g.Path.Parts)
            .DistinctBy(p => string.Join('.', p[..8])).ToImmutableArray();
        if (groups.IsEmpty)
            return;
        var start = groups.Select(parts => PolicyDocument.Allow(Fn.Sub("arn:${AWS::Partition}:ec2:*:${AWS::AccountId}:instance/*"),
            "ssm:StartSession").With("Condition", new MapValue { ["StringEquals"] = Tags(parts) }));
        DelegateTemplate.AddPolicy(stack, "SystemsManagerSession",
        [
            .. start,
            PolicyDocument.AllowMany(
            [
                Fn.Sub("arn:${AWS::Partition}:ssm:*:*:document/AWS-StartPortForwardingSession"),
                Fn.Sub("arn:${AWS::Partition}:ssm:*:${AWS::AccountId}:document/SSM-SessionManagerRunShell"),
            ], "ssm:StartSession"),
            // Of a role there is no user name; its sessions begin with the session's id.
            PolicyDocument.Allow(Fn.Sub("arn:${AWS::Partition}:ssm:*:${AWS::AccountId}:session/${!aws:userid}-*"),
                "ssm:ResumeSession", "ssm:TerminateSession"),
        ]);
    }

    private static MapValue Tags(string[] parts) => new()
    {
        ["ssm:resourceTag/paco.netenv.name"] = parts[1],
        ["ssm:resourceTag/paco.env.name"] = parts[2],
        ["ssm:resourceTag/Paco-Application-Name"] = parts[5],
        ["ssm:resourceTag/Paco-Application-Group-Name"] = parts[7],
    };

    private static bool IsIn(BuildContext build, Ref group, ProjectAccount account) =>
        group.Path.Parts is ["netenv", _, _, _, "applications", _, "groups", _, ..]
        && build.PlaceOf(group.Path) is { } place && account.Names.Contains(place.Account);

    // The parameter makes the linker leave the stack as it is deployed, and say so.
    private static void NeedsNotBuilt(StackBuilder stack, Ref reference) =>
        stack.Input($"Permitted{Names.Md5(reference.Path)}", reference.Output("arn"));
}
