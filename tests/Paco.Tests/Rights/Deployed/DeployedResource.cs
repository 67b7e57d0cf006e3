using System.Text.RegularExpressions;
using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;
using Paco.CloudFormation.Types;

namespace Paco.Tests.Rights.Deployed;

/// <summary>A resource as it is in AWS: its properties resolved, and what it is called.</summary>
internal sealed partial class DeployedResource(DeployedStack stack, Resource resource)
{
    // Of types whose ARN has another form than service:region:account:type/name, and about which the table of types says nothing.
    private static readonly Dictionary<string, IdentifierFormat> Arns = new()
    {
        ["AWS::CodeDeploy::Application"] = new("arn:{partition}:codedeploy:{region}:{account}:application:{name}"),
        ["AWS::CodeDeploy::DeploymentConfig"] = new("arn:{partition}:codedeploy:{region}:{account}:deploymentconfig:{name}"),
        ["AWS::CodeDeploy::DeploymentGroup"] =
            new("arn:{partition}:codedeploy:{region}:{account}:deploymentgroup:{ApplicationName}/{DeploymentGroupName}"),
        ["AWS::CodeStarNotifications::NotificationRule"] =
            new("arn:{partition}:codestar-notifications:{region}:{account}:notificationrule/{made}"),
        ["AWS::ECS::Service"] = new("arn:{partition}:ecs:{region}:{account}:service/{made}"),
        ["AWS::Lambda::Function"] = new("arn:{partition}:lambda:{region}:{account}:function:{name}"),
    };

    private readonly ResourceFacts _facts = ResourceFacts.Of(resource.Type);
    private MapValue? _properties;

    public string Type => resource.Type;

    public string LogicalId => resource.LogicalId;

    public string StackName => stack.Name;

    public string Account => stack.Account;

    public string Region => stack.Region;

    public MapValue Properties => _properties ??= (MapValue)stack.Resolve(resource.Properties);

    /// <summary>What <c>Ref</c> gives.</summary>
    public string PhysicalId => _facts.Id is { } form ? Fill(form)
        : ResourceSchemas.Shared.Find(Type)?.PrimaryIdentifier is [[.., 'A' or 'a', 'R' or 'r', 'N' or 'n']] ? Arn
        : Name;

    public string Arn => (Arns.GetValueOrDefault(Type) ?? _facts.Arn) is { } form ? Fill(form) : UsualArn;

    /// <summary>A property as text; null where it has none.</summary>
    public string? this[string property] => (resource.Properties[property] is { } value ? stack.Resolve(value) : null) switch
    {
        TextValue text => text.Text,
        NumberValue number => number.Text,
        _ => null,
    };

    /// <summary>What stands at a path of its properties; nothing where that leads nowhere.</summary>
    public Value? At(params ReadOnlySpan<string> path)
    {
        Value? at = Properties;
        foreach (var name in path)
            at = (at as MapValue)?[name];
        return at;
    }

    public string Attribute(string attribute) =>
        attribute.EndsWith("Arn", StringComparison.OrdinalIgnoreCase) && !attribute.Contains('.') ? Arn
        : this[attribute] ?? (attribute.EndsWith("Name", StringComparison.Ordinal) ? Name : $"{Made}.{attribute}");

    /// <summary>Whether a text names it, in whatever way.</summary>
    public bool IsCalled(string text) => text == Arn || text == PhysicalId || text == Name;

    public override string ToString() => $"{StackName} {LogicalId}";

    public string Name => (_facts.NameProperty is { } property ? this[property] : null) ?? Made;

    // CloudFormation, or AWS, would choose it.
    private string Made => $"{stack.Name}-{LogicalId}";

    private string UsualArn => Type.Split("::") is [_, var service, var kind]
        ? $"arn:{stack.Partition}:{service.ToLowerInvariant()}:{(_facts.IsGlobal ? "" : Region)}:{Account}:{kind.ToLowerInvariant()}/{Id}"
        : Made;

    private string Id => _facts.Id is { IsArn: false } form ? Fill(form) : Name;

    private string Fill(IdentifierFormat form) => form.Fill(part => part switch
    {
        "account" => Account,
        "region" => Region,
        "partition" => stack.Partition,
        "name" => Name,
        "arn" => Arn,
        "id" => PhysicalId,
        "suffix" => "amazonaws.com",
        "made" or "uuid" or "ip" => Made,
        _ when Chosen().IsMatch(part) => Made,
        _ => this[part],
    }) ?? Made;

    [GeneratedRegex("^(hex|mixed|capitals)[0-9]+$")]
    private static partial Regex Chosen();
}
