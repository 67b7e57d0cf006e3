using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Sns;

/// <summary>Where a topic sends what is published to it.</summary>
public sealed class Subscription(Fields f) : Model(f)
{
    private static readonly FrozenDictionary<string, Check> Endpoints = new Dictionary<string, Check>
    {
        ["http"] = Check.Matching("an address that begins with http://", @"^http://\S+$"),
        ["https"] = Check.Matching("an address that begins with https://", @"^https://\S+$"),
        ["email"] = Check.Email,
        ["email-json"] = Check.Email,
        ["sms"] = Check.Matching("a phone number with its country such as +12065550100", "^[+]?[1-9][0-9 ()-]{3,18}[0-9]$"),
        ["sqs"] = Check.Matching("the ARN of a queue",
            @"^arn:aws[a-z-]*:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}(\.fifo)?$"),
        ["application"] = Check.Matching("the ARN of a mobile device's endpoint",
            @"^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:endpoint/\S+$"),
        ["lambda"] = Check.Matching("the ARN of a function",
            "^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9_$-]+)?$"),
    }.ToFrozenDictionary();

    private static readonly Check Protocols = Check.OneOf("http", "https", "email", "email-json", "sms", "sqs", "application", "lambda");

    public string Protocol { get; } = f.Text("protocol", "How it is sent.", "email", Protocols);

    public RefOrText? Endpoint { get; } = f.RefOrText("endpoint",
        "Where to: an address, a phone number or an ARN, as the protocol asks for. A queue or function must itself let the topic in.",
        required: true);

    public string? FilterPolicy { get; } =
        f.Text("filter_policy", "Which messages are sent, by their attributes: a filter policy of SNS, as JSON text.");

    /// <summary>Whoever gets the messages must agree before the first is sent.</summary>
    internal bool NeedsConfirmation => Protocol is "http" or "https" or "email" or "email-json";

    /// <summary>Whoever of some has to agree.</summary>
    internal static ImmutableArray<AskedAddress> Asked(IEnumerable<Subscription> all) =>
        [.. from s in all where s.NeedsConfirmation && s.Endpoint?.Text is not null select new AskedAddress(s.Protocol, s.Endpoint!.Text!)];

    protected internal override void Rules(Fields f)
    {
        if (Endpoint?.Text is { } text && Endpoints.TryGetValue(Protocol, out var wanted) && !wanted.Holds(text))
            f.Broken("endpoint", $"the protocol {Protocol} sends to {wanted.Words}, not to \"{text}\"");
        if (Endpoint?.Ref is not null && NeedsConfirmation)
            f.Broken("endpoint", $"the protocol {Protocol} sends to an address, not to a reference");
        if (FilterPolicy is not null && Filter() is not MapValue)
            f.Broken("filter_policy", "\"filter_policy\" must be a JSON object without null", "'{\"event\": [\"order\"]}'");
    }

    /// <summary>The endpoint as a template has it; of a reference to an object that is its ARN.</summary>
    internal Value? EndpointIn(StackBuilder stack, BuildContext build)
    {
        if (Endpoint?.Ref is not { } reference)
            return Value.Of(Endpoint?.Text);
        var arn = build.Index.Find(reference.Path) is null ? reference : reference.Output("arn");
        return stack.Input($"Endpoint{Names.Md5(arn.Text)}", arn);
    }

    /// <summary>The filter policy; null where there is none, or none that is JSON.</summary>
    internal Value? Filter()
    {
        try
        {
            using var json = JsonDocument.Parse(FilterPolicy ?? "null");
            return ValueJson.Read(json.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
