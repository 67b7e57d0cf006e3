using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Resources.Iam;

/// <summary>Policy documents as rooms write them.</summary>
internal static class PolicyDocument
{
    public static MapValue Of(params IEnumerable<MapValue> statements) => new()
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = Value.List(statements),
    };

    public static MapValue Allow(Value resource, params IEnumerable<string> actions) => new()
    {
        ["Effect"] = "Allow",
        ["Action"] = Value.OfMany(actions),
        ["Resource"] = resource,
    };

    public static MapValue AllowMany(IEnumerable<Value> resources, params IEnumerable<string> actions) => new()
    {
        ["Effect"] = "Allow",
        ["Action"] = Value.OfMany(actions),
        ["Resource"] = Value.List(resources),
    };

    /// <summary>The trust policy of a role that AWS services take on.</summary>
    public static MapValue TrustServices(params IEnumerable<string> services) =>
        Trust(new MapValue { ["Service"] = Value.OfMany(services) });

    /// <summary>The same for one service, and only on behalf of what it does this for.</summary>
    /// <param name="sourceArn">The ARN of that, or a pattern of it.</param>
    /// <param name="sourceAccount">The account's id; null where the service does not send it.</param>
    public static MapValue TrustService(string service, Value sourceArn, Value? sourceAccount = null) => Of(new MapValue
    {
        ["Effect"] = "Allow",
        ["Principal"] = new MapValue { ["Service"] = service },
        ["Action"] = Value.List("sts:AssumeRole"),
        ["Condition"] = new MapValue
        {
            ["ArnLike"] = new MapValue { ["aws:SourceArn"] = sourceArn },
            ["StringEquals"] = sourceAccount is null ? null : new MapValue { ["aws:SourceAccount"] = sourceAccount },
        },
    });

    /// <summary>
    /// The same for one role, as its account as far as it is that role: the role need not be there yet, and may be made anew.
    /// </summary>
    /// <param name="account">The ARN of the role's account: <c>arn:aws:iam::123456789012:root</c>.</param>
    public static MapValue TrustRole(Value account, Value role) => Of(new MapValue
    {
        ["Effect"] = "Allow",
        ["Principal"] = new MapValue { ["AWS"] = account },
        ["Action"] = Value.List("sts:AssumeRole"),
        ["Condition"] = new MapValue { ["ArnEquals"] = new MapValue { ["aws:PrincipalArn"] = role } },
    });

    public static MapValue Trust(MapValue principal, string effect = "Allow") => Of(new MapValue
    {
        ["Effect"] = effect,
        ["Principal"] = principal,
        ["Action"] = Value.List("sts:AssumeRole"),
    });

    /// <summary>
    /// What a field of a statement holds. Texts such as <c>'!Sub arn:…'</c>, as older projects quote them, are the functions they spell.
    /// </summary>
    public static Value? PolicyValue(this Fields f, string name, string doc) => f.Value(name, doc) is { } value ? Unquote(value) : null;

    private static Value Unquote(Value value) => value switch
    {
        TextValue { Text: ['!', >= 'A' and <= 'Z', ..] text } => Parse(text),
        ListValue list => new ListValue([.. list.Items.Select(Unquote)]),
        MapValue map => map.Change(Unquote),
        _ => value,
    };

    private static Value Parse(string text)
    {
        var bag = new DiagnosticBag();
        return YamlReader.Read(new SourceFile("policy", text), bag) is { } node && !bag.HasErrors
            ? TemplateReader.FromNode(node)
            : text;
    }
}
