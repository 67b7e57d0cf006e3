using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;

namespace Paco.Stacks;

/// <summary>
/// Where a value comes from that is not known while building: what it needs, how it is had, how it is written. Each kind is one
/// class, and nobody else tells them apart.
/// </summary>
public abstract record Source
{
    /// <summary>Nodes that must be done before the value can be had.</summary>
    public virtual IEnumerable<NodeId> Needs => Outputs.Select(o => o.Node);

    /// <summary>The outputs it is made of: where one of them changes, so does the value.</summary>
    public virtual IEnumerable<OutputSource> Outputs => [];

    /// <summary>The value is shown nowhere.</summary>
    public virtual bool IsSecret => false;

    /// <summary>Where in the project's files a secret value is written; nowhere where that is not one place.</summary>
    public virtual Location Written => default;

    /// <summary>
    /// What a deployed template remembers of where the value was had from, or null; <see cref="Keeps"/> is asked with it.
    /// </summary>
    public virtual string? Origin => null;

    /// <summary>True where a value, once deployed, stays whatever the source would say now.</summary>
    /// <param name="origin">The <see cref="Origin"/> it was deployed with, or null.</param>
    public virtual bool Keeps(string? origin) => false;

    /// <summary>The same with every reference in it joined to what offers it; null where one leads nowhere.</summary>
    public virtual Source? Linked(Func<Ref, Source?> find) => this;

    /// <summary>What stands for it in the middle of a stack's template; null where that takes a parameter.</summary>
    public virtual Value? Within(Stack stack) => null;

    /// <summary>The value; null where those who are asked do not know it (yet).</summary>
    public abstract ValueTask<string?> Value(IValues values);

    /// <summary>As people read it, without what is secret.</summary>
    public abstract override string ToString();

    /// <summary>Writes fields that say where the value comes from: into <c>stacks.json</c>.</summary>
    public abstract void Write(Utf8JsonWriter json);
}

/// <summary>
/// Who knows values: the plan what is deployed and what AWS answers, the applier what has been made meanwhile. Nothing (<c>null</c>)
/// is a value that is not known.
/// </summary>
public interface IValues
{
    ValueTask<string?> Output(OutputSource output);

    ValueTask<string?> Secret(Secret secret) => default;

    /// <summary>A secret that is made when it is sent: until then something that stands for it.</summary>
    ValueTask<string?> Made(MadeSecretSource made) => default;

    /// <summary>The value of a public Systems Manager parameter.</summary>
    ValueTask<string?> Image(string parameterName) => default;

    /// <summary>The ARN of a certificate that exists already.</summary>
    ValueTask<string?> Certificate(string domainName) => default;

    /// <param name="mayBeMissing">An account without an id is no problem: its id is empty text then.</param>
    ValueTask<string?> AccountId(string account, bool mayBeMissing) => ValueTask.FromResult(mayBeMissing ? "" : null);
}

/// <summary>Known from the project's files alone.</summary>
public sealed record LiteralSource(string Text) : Source
{
    /// <summary>The node that makes what the value names, or null: who uses it waits for that.</summary>
    public NodeId? MadeBy { get; init; }

    public override IEnumerable<NodeId> Needs => MadeBy is { } node ? [node] : [];

    public override Value? Within(Stack stack) => MadeBy is null ? CloudFormation.Value.Of(Text) : null;

    public override ValueTask<string?> Value(IValues values) => ValueTask.FromResult<string?>(Text);

    public override void Write(Utf8JsonWriter json) => json.WriteString("value", Text);

    public override string ToString() => Text;
}

/// <summary>Known from the project's files, and not to be shown.</summary>
public sealed record SecretSource(Secret Secret) : Source
{
    public override bool IsSecret => true;

    public override Location Written => Secret.Written;

    public override ValueTask<string?> Value(IValues values) => values.Secret(Secret);

    public override void Write(Utf8JsonWriter json) => json.WriteBoolean("noEcho", true);

    public override string ToString() => Secret.ToString();
}

/// <summary>What another object offers, by name; gone after linking.</summary>
public sealed record RefSource(Ref Reference) : Source
{
    public override Source? Linked(Func<Ref, Source?> find) => find(Reference);

    public override ValueTask<string?> Value(IValues values) => throw Unlinked();

    public override void Write(Utf8JsonWriter json) => throw Unlinked();

    public override string ToString() => Reference.ToString();

    private InvalidOperationException Unlinked() => new($"{Reference.Path} was not linked");
}

/// <summary>The output of another stack, or of an action, known once that node is done.</summary>
public sealed record OutputSource(NodeId Node, string Key) : Source
{
    public override IEnumerable<OutputSource> Outputs => [this];

    public override Value? Within(Stack stack) => stack.Id == Node ? stack.Template.Outputs.FirstOrDefault(o => o.Key == Key)?.Value : null;

    public override ValueTask<string?> Value(IValues values) => values.Output(this);

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("from");
        json.WriteString("node", Node.Key);
        json.WriteString("output", Key);
        json.WriteEndObject();
    }

    public override string ToString() => $"{Node.Name}.{Key}";
}

/// <summary>Several values as one comma-joined parameter, or joined by something else.</summary>
public sealed record ListSource(ImmutableArray<Source> Items) : Source
{
    /// <summary>Text between two values.</summary>
    public string Separator { get; init; } = ",";

    public override IEnumerable<NodeId> Needs => Items.SelectMany(i => i.Needs);

    public override IEnumerable<OutputSource> Outputs => Items.SelectMany(i => i.Outputs);

    public override bool IsSecret => Items.Any(i => i.IsSecret);

    public override Location Written => Items.Where(i => i.IsSecret).ToList() is [var only] ? only.Written : default;

    public override Source Linked(Func<Ref, Source?> find) => this with { Items = [.. Items.Select(i => i.Linked(find)).OfType<Source>()] };

    public override async ValueTask<string?> Value(IValues values)
    {
        var texts = new List<string>(Items.Length);
        foreach (var item in Items)
        {
            if (await item.Value(values) is not { } text)
                return null;
            texts.Add(text);
        }
        return string.Join(Separator, texts);
    }

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("list");
        foreach (var item in Items)
        {
            json.WriteStartObject();
            item.Write(json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public override string ToString() => string.Join(Separator == "," ? ", " : Separator, Items);
}

/// <summary>
/// A public Systems Manager parameter (the newest machine image), looked up per account and region. Once deployed the value is kept
/// until another parameter is named: a new image would replace instances that nobody asked to replace.
/// </summary>
public sealed record ImageSource(string ParameterName) : Source
{
    public override string Origin => ParameterName;

    public override bool Keeps(string? origin) => origin == ParameterName;

    public override ValueTask<string?> Value(IValues values) => values.Image(ParameterName);

    public override void Write(Utf8JsonWriter json) => json.WriteString("image", ParameterName);

    public override string ToString() => $"image {ParameterName}";
}

/// <summary>Used when the stack is made; from then on the deployed value stays, whatever becomes of <paramref name="Initial"/>.</summary>
public sealed record KeepDeployedSource(Source Initial) : Source
{
    public override IEnumerable<NodeId> Needs => Initial.Needs;

    public override IEnumerable<OutputSource> Outputs => [];

    public override bool IsSecret => Initial.IsSecret;

    public override Location Written => Initial.Written;

    public override bool Keeps(string? origin) => true;

    public override Source? Linked(Func<Ref, Source?> find) => Initial.Linked(find) is { } initial ? new KeepDeployedSource(initial) : null;

    public override ValueTask<string?> Value(IValues values) => Initial.Value(values);

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteBoolean("keepDeployed", true);
        Initial.Write(json);
    }

    public override string ToString() => $"{Initial} (kept once deployed)";
}

/// <summary>
/// A password that nobody writes: made by chance when a stack that has none is sent, and with a person before that. Once deployed it stays.
/// </summary>
/// <param name="Title">What it is for, as people read it.</param>
/// <param name="FileName">The file it goes into where it goes into one.</param>
public sealed record MadeSecretSource(string Title, string FileName) : Source
{
    private const int Length = 24;
    private const string Signs = "!%*+-=?@_";

    // Without those that are taken for each other.
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789" + Signs;

    public override bool IsSecret => true;

    public override bool Keeps(string? origin) => true;

    public override ValueTask<string?> Value(IValues values) => values.Made(this);

    /// <summary>A new one: 24 signs, of every kind that an account's password policy may ask for.</summary>
    public static Secret Make()
    {
        string text;
        do
        {
            text = RandomNumberGenerator.GetString(Letters, Length);
        }
        while (!IsOne(text));
        return new Secret(text);
    }

    /// <summary>True for what looks as if it came from here.</summary>
    public static bool IsOne(string text) => text.Length == Length && text.All(c => Letters.Contains(c, StringComparison.Ordinal))
        && text.Any(char.IsAsciiLetterUpper) && text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiDigit)
        && text.Any(c => Signs.Contains(c, StringComparison.Ordinal));

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteBoolean("noEcho", true);
        json.WriteString("made", Title);
    }

    public override string ToString() => $"{Title} (made once)";
}

/// <summary>A certificate that exists already, found by its domain name in the consumer's account and region while planning.</summary>
public sealed record CertificateSource(string DomainName) : Source
{
    public override ValueTask<string?> Value(IValues values) => values.Certificate(DomainName);

    public override void Write(Utf8JsonWriter json) => json.WriteString("certificate", DomainName);

    public override string ToString() => $"certificate of {DomainName}";
}

/// <summary>The id of one of the project's accounts; known once the account exists.</summary>
/// <param name="MayBeMissing">An account without an id yields empty text instead of a problem.</param>
public sealed record AccountIdSource(string Account, bool MayBeMissing = false) : Source
{
    public override ValueTask<string?> Value(IValues values) => values.AccountId(Account, MayBeMissing);

    public override void Write(Utf8JsonWriter json) => json.WriteString("accountIdOf", Account);

    public override string ToString() => $"id of {Account}";
}
