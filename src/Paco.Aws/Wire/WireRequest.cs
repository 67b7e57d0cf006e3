using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Paco.Aws.Signing;
using Paco.Diagnostics;

namespace Paco.Aws.Wire;

/// <summary>One call before it is addressed and signed.</summary>
internal sealed record WireRequest
{
    public required AwsService Service { get; init; }

    public required string Operation { get; init; }

    public HttpMethod Method { get; init; } = HttpMethod.Post;

    /// <summary>Percent-encoded, beginning with a slash; below the bucket where there is one.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Not encoded.</summary>
    public ImmutableArray<Pair> Query { get; init; } = [];

    /// <summary>Besides Host, the date, the token and the content's own, which are added when signing.</summary>
    public ImmutableArray<Pair> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    public string? ContentType { get; init; }

    /// <summary>S3 only.</summary>
    public string? Bucket { get; init; }

    /// <summary>True where doing it twice is the same as once: reads, writes that name their result, calls with a token.</summary>
    public bool Repeatable { get; init; }

    /// <summary>Its answer holds keys, or what may be some: nothing of it is ever quoted.</summary>
    public bool AnswersSecret { get; init; }

    /// <summary>It is proved by what it holds, and signed by nobody: the calls that end with keys begin without.</summary>
    public bool IsUnsigned { get; init; }

    /// <summary>Values that it carries: an answer that repeats one of them is not quoted either.</summary>
    public ImmutableArray<Secret> Holds { get; init; } = [];

    /// <summary><c>cloudformation:CreateStack</c>, as IAM names it.</summary>
    public string Name => $"{Service.PermissionPrefix}:{Operation}";

    /// <summary>A call of AWS's JSON 1.1 protocol.</summary>
    public static WireRequest Json(AwsService service, string targetPrefix, string operation, JsonObject body, bool repeatable,
        string version = "1.1") => new()
    {
        Service = service,
        Operation = operation,
        Headers = [new("x-amz-target", $"{targetPrefix}.{operation}")],
        Body = Encoding.UTF8.GetBytes(body.ToJsonString()),
        ContentType = $"application/x-amz-json-{version}",
        Repeatable = repeatable,
    };
}

/// <summary>One call of AWS's Query protocol (and EC2's dialect of it): a form of an action, a version and flattened members.</summary>
internal sealed class QueryForm(AwsService service, string version, string action)
{
    private readonly List<Pair> _members = [new("Action", action), new("Version", version)];
    private readonly List<Secret> _held = [];

    /// <summary>A member with a value; null is left out.</summary>
    public QueryForm Add(string name, string? value)
    {
        if (value is not null)
        {
            _members.Add(new(name, value));
        }

        return this;
    }

    /// <summary>A member that nobody is to see; null is left out.</summary>
    public QueryForm Add(string name, Secret? value)
    {
        if (value is not null)
        {
            _held.Add(value);
        }

        return Add(name, value?.Reveal());
    }

    public QueryForm Add(string name, bool value) => Add(name, value ? "true" : "false");

    /// <summary>A list in the Query protocol's way: <c>Capabilities.member.1=…</c>.</summary>
    public QueryForm AddList<T>(string name, IEnumerable<T> items, Action<QueryForm, string, T> add)
    {
        var index = 0;
        foreach (var item in items)
        {
            add(this, $"{name}.member.{++index}", item);
        }

        return this;
    }

    public WireRequest ToRequest(bool repeatable, bool answersSecret = false) => new()
    {
        Service = service,
        Operation = action,
        Body = Encoding.UTF8.GetBytes(SigV4.QueryString(_members)),
        ContentType = "application/x-www-form-urlencoded; charset=utf-8",
        Repeatable = repeatable,
        AnswersSecret = answersSecret,
        Holds = [.. _held],
    };
}

/// <summary>An answer, whole in memory.</summary>
internal sealed record WireResponse(HttpStatusCode Status, string? ContentType, IReadOnlyDictionary<string, string> AmzHeaders, byte[] Body)
{
    /// <summary>S3's own word for what it stored; null where there is none.</summary>
    public string? ETag { get; init; }

    /// <summary>How far this machine's clock is ahead of the sender's.</summary>
    public TimeSpan? ClockAhead { get; init; }

    public bool IsSuccess => (int)Status is >= 200 and < 300;
}
