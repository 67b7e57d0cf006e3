using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;

namespace Paco.Resources.Iam;

/// <summary>One statement of a policy. Actions, resources and conditions may hold functions, references and <c>paco.sub</c>.</summary>
public sealed partial class Statement(Fields f) : Model(f)
{
    private static readonly string[] Operators =
    [
        "ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike", "BinaryEquals", "Bool",
        "DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals",
        "IpAddress", "NotIpAddress", "Null",
        "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals",
        "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike",
    ];

    public string Effect { get; } = f.Text("effect", "Allow or Deny.", "Allow", Check.OneOf("Allow", "Deny"));

    public Value? Action { get; } = f.PolicyValue("action", "What may be done: `s3:GetObject`.");

    public Value? Resource { get; } = f.PolicyValue("resource", "With what: ARNs.");

    public Value? Condition { get; } = f.PolicyValue("condition", "When it applies: operators, each with keys and values.");

    public Principal? Principal { get; } = f.Object("principal", "Who may do it, in policies of resources.", x => new Principal(x));

    protected internal override void Rules(Fields f)
    {
        foreach (var action in Texts(Action))
        {
            if (!ActionName().IsMatch(action))
            {
                f.Report(BindingCodes.BadValue, f.Place("action"), $"\"{action}\" is no action",
                    "a service and an action: s3:GetObject, s3:*");
            }
        }
        if (Condition is not (null or MapValue))
            f.Report(BindingCodes.WrongType, f.Place("condition"), "\"condition\" takes operators with keys and values");
        foreach (var (name, _) in Condition as MapValue ?? [])
            CheckOperator(f, name);
    }

    /// <summary>The statement as CloudFormation takes it.</summary>
    /// <param name="withPrincipal">Policies of resources name who; those of roles and users must not.</param>
    internal MapValue ToValue(bool withPrincipal = false) => new()
    {
        ["Effect"] = Effect,
        ["Principal"] = withPrincipal ? Principal?.ToValue() : null,
        ["Action"] = Action,
        ["Resource"] = Resource,
        ["Condition"] = Condition,
    };

    /// <summary>Reports a word that is no operator of conditions.</summary>
    internal static void CheckOperator(Fields f, string written)
    {
        var name = written.Split(':') is ["ForAnyValue" or "ForAllValues", var rest] ? rest : written;
        name = name.EndsWith("IfExists", StringComparison.Ordinal) ? name[..^"IfExists".Length] : name;
        if (!Operators.Contains(name))
        {
            f.Report(BindingCodes.BadValue, f.Place("condition"), $"\"{written}\" is no condition operator",
                Spelling.DidYouMean(name, Operators));
        }
    }

    private static IEnumerable<string> Texts(Value? value) => value switch
    {
        TextValue text => [text.Text],
        ListValue list => list.Items.OfType<TextValue>().Select(t => t.Text),
        _ => [],
    };

    [GeneratedRegex(@"^(\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+)$")]
    private static partial Regex ActionName();
}

/// <summary>Who a statement is about.</summary>
public sealed class Principal(Fields f) : Model(f)
{
    public Value? Aws { get; } = f.PolicyValue("aws", "Accounts, roles and users, as ARNs.");

    public ImmutableArray<string> Service { get; } = f.Texts("service", "AWS services: `ec2.amazonaws.com`.");

    internal MapValue ToValue() => new() { ["Service"] = Value.OfMany(Service), ["AWS"] = Aws };
}

/// <summary>A named policy of statements.</summary>
public sealed class Policy(Fields f) : Model(f)
{
    public string PolicyName { get; } = f.Text("name", "Its name; alone of its kind in the role.", "");

    public ImmutableArray<Statement> Statements { get; } = f.List("statement", "What it allows or denies.", x => new Statement(x));

    protected internal override void Rules(Fields f)
    {
        if (PolicyName.Length == 0)
            f.Lacks("name", "a policy needs a \"name\"");
        if (Statements.IsEmpty)
            f.Lacks("statement", "a policy needs at least one \"statement\"");
    }

    internal MapValue Document => PolicyDocument.Of(Statements.Select(s => s.ToValue()));
}
