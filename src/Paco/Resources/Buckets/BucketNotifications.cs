using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Buckets;

/// <summary>Who is told of what happens in a bucket.</summary>
public sealed class BucketNotifications(Fields f) : Model(f)
{
    public ImmutableArray<LambdaNotification> Lambdas { get; } =
        f.List("lambdas", "Functions that are called.", x => new LambdaNotification(x));

    internal MapValue? ToValue(StackBuilder stack) => Lambdas.IsEmpty
        ? null
        : new MapValue { ["LambdaConfigurations"] = Value.List(Lambdas.Select(l => (Value)l.ToValue(stack))) };
}

/// <summary>A function that is called.</summary>
public sealed class LambdaNotification(Fields f) : Model(f)
{
    public string Event { get; } =
        f.RequiredText("event", "What calls it: `s3:ObjectCreated:*`.",
            Check.Matching("an event of S3 such as s3:ObjectCreated:*", "^s3:[A-Za-z]+(:[A-Za-z*]+)*$"));

    public Ref? Function { get; } = f.Ref("function", "The function.", "Lambda", required: true);

    internal MapValue ToValue(StackBuilder stack) => new()
    {
        ["Event"] = Event,
        ["Function"] = Function is null
            ? null
            : stack.Input($"LambdaNotif{Names.LogicalId(Function.Path)}", Function.Output("arn")),
    };
}
