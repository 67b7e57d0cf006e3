using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>A person has to agree before the pipeline goes on; those who are asked get an e-mail.</summary>
public sealed class ManualApproval(Fields f) : PipelineAction(f)
{
    private static readonly Check Address = Check.Matching("an e-mail address", @"^[^@\s]+@[^@\s]+\.[^@\s]+$");

    public ImmutableArray<string> Emails { get; } = f.Texts("manual_approval_notification_email",
        "Addresses that are told when somebody has to agree. Each has to confirm once that it wants to be.", Address);

    internal override string Word => "Approval";

    internal override bool IsApproval => true;

    internal override ActionDeclaration Declare(ActionScope scope) => new("Approval", "Manual")
    {
        TakesNothing = true,
        Configuration = new MapValue { ["NotificationArn"] = Emails.IsEmpty ? null : Fn.Ref(TopicId(scope)) },
        Rights = Emails.IsEmpty ? [] : [PolicyDocument.Allow(Fn.Ref(TopicId(scope)), "sns:Publish")],
    };

    internal override void WriteInto(StackBuilder stack, ActionScope scope)
    {
        if (Emails.IsEmpty)
            return;
        stack.Resource(TopicId(scope), "AWS::SNS::Topic", new MapValue
        {
            ["TopicName"] = $"{scope.Pipeline.Names.Base}-{(scope.IsFirst ? "" : $"{scope.Suffix}-")}Approval",
        });
        foreach (var email in Emails.Distinct())
        {
            stack.Resource($"ManualApprovalNotificationEmail{Names.Md5(email)}{scope.Suffix}", "AWS::SNS::Subscription", new MapValue
            {
                ["TopicArn"] = Fn.Ref(TopicId(scope)),
                ["Protocol"] = "email",
                ["Endpoint"] = email,
            });
        }
    }

    private static string TopicId(ActionScope scope) => $"ManualApprovalSNSTopic{scope.Suffix}";
}
