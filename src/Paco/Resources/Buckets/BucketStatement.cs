using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.Iam;

namespace Paco.Resources.Buckets;

/// <summary>One statement of a bucket's policy, about the bucket and what is in it.</summary>
public sealed class BucketStatement(Fields f) : Model(f)
{
    private static readonly string[] Kinds = ["AWS", "Service", "Federated", "CanonicalUser"];

    public string? Sid { get; } = f.Text("sid", "Its name, alone of its kind in the policy.");

    public string Effect { get; } = f.RequiredText("effect", "Allow or Deny.", Check.OneOf("Allow", "Deny"));

    public Value? Action { get; } = f.PolicyValue("action", "What may be done: `s3:GetObject`.");

    public Value? Aws { get; } = f.PolicyValue("aws", "Who may do it: ARNs of accounts, roles and users, or `*`.");

    public Value? Principal { get; } =
        f.PolicyValue("principal", "Who may do it, by kind: AWS, Service, Federated, CanonicalUser. Either this or `aws`.");

    public Value? Condition { get; } = f.PolicyValue("condition", "When it applies: operators, each with keys and values.");

    public ImmutableArray<string> ResourceSuffix { get; } =
        f.Texts("resource_suffix", "What stands behind the bucket's ARN: `/*` is every object, nothing the bucket itself.");

    public override string Kind => "BucketStatement";

    protected internal override void Rules(Fields f)
    {
        if (Action is null)
            f.Lacks("action", "a statement needs an \"action\"");
        if (ResourceSuffix.IsEmpty)
            f.Lacks("resource_suffix", "a statement needs a \"resource_suffix\"", "\"/*\" for the objects, \"\" for the bucket itself");
        foreach (var suffix in ResourceSuffix.Where(s => s.Length > 0 && s[0] is not ('/' or '*')))
            f.Broken("resource_suffix", $"\"{suffix}\" would be part of the bucket's name", $"write /{suffix}");
        f.OneOf("a statement", ("aws", Aws is not null), ("principal", f.Has("principal")));
        CheckPrincipal(f);
        if (Condition is not (null or MapValue))
            f.Report(BindingCodes.WrongType, f.Place("condition"), "\"condition\" takes operators with keys and values");
        foreach (var (name, _) in Condition as MapValue ?? [])
            Statement.CheckOperator(f, name);
    }

    /// <param name="arn">The bucket's.</param>
    internal MapValue ToValue(string arn) => new()
    {
        ["Sid"] = Sid is { Length: > 0 } ? Value.Of(Sid) : null,
        ["Effect"] = Effect,
        ["Principal"] = Aws is null ? Principal : new MapValue { ["AWS"] = AsList(Aws) },
        ["Action"] = Action is null ? null : AsList(Action),
        ["Resource"] = Value.List(ResourceSuffix.Select(suffix => (Value)(arn + suffix))),
        ["Condition"] = Condition,
    };

    private void CheckPrincipal(Fields f)
    {
        if (Principal is not (null or MapValue or TextValue { Text: "*" }))
            f.Report(BindingCodes.WrongType, f.Place("principal"), "\"principal\" takes a kind with names: Service: logs.amazonaws.com");
        foreach (var (kind, _) in Principal as MapValue ?? [])
        {
            if (!Kinds.Contains(kind))
            {
                f.Report(BindingCodes.BadValue, f.Place("principal"), $"\"{kind}\" is no kind of principal",
                    Diagnostics.Spelling.DidYouMean(kind, Kinds) ?? string.Join(", ", Kinds));
            }
        }
    }

    private static ListValue AsList(Value value) => value as ListValue ?? Value.List(value);
}
