using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.Iam;
using Paco.Resources.Sns;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>A person has to agree before the pipeline goes on; those who are asked get an e-mail.</summary>
public sealed class ManualApproval(Fields f) : PipelineAction(f)
{
    private const int LongestText = 1000;

    private static readonly Check Url = Check.Matching("an address that begins with https:// or http://", @"^https?://\S+$");

    public ImmutableArray<string> Emails { get; } = f.Texts("manual_approval_notification_email",
        "Addresses that are told when somebody has to agree. Each has to confirm once that it wants to be.", Check.Email);

    public string? CustomData { get; } =
        f.Text("custom_data", "What those who are asked are told besides: a text.", Check.Length(1, LongestText));

    public string? ExternalUrl { get; } = f.Text("external_url", "Where they can look at what they are asked about.", Url);

    internal override string Word => "Approval";

    internal override bool IsApproval => true;

    internal override ActionDeclaration Declare(ActionScope scope) => new("Approval", "Manual")
    {
        TakesNothing = true,
        Configuration = new MapValue
        {
            ["NotificationArn"] = Emails.IsEmpty ? null : Fn.Ref(TopicId(scope)),
            ["CustomData"] = Value.Of(CustomData),
            ["ExternalEntityLink"] = Value.Of(ExternalUrl),
        },
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
        var output = $"ApprovalTopicArn{scope.Suffix}";
        stack.Output(output, Fn.Ref(TopicId(scope)), $"{Path}.topic.arn");
        stack.Inquiries.Add(new OpenSubscriptions(Name, output, [.. Emails.Distinct().Select(e => new AskedAddress("email", e))]));
    }

    private static string TopicId(ActionScope scope) => $"ManualApprovalSNSTopic{scope.Suffix}";
}
