using System.Collections.Immutable;
using System.Text;

namespace Paco.CloudFormation.Authorization;

/// <summary>One service's actions, kinds of resource and condition keys.</summary>
/// <remarks>
/// Its text has a line each: <c>r KIND ARN</c>, in whose ARN <c>*</c> is anything and <c>+</c> anything without a slash; <c>k KEY</c>;
/// <c>a ACTION KINDS KEYS</c>, with the numbers of the kinds and keys above; <c>gone</c> alone.
/// </remarks>
internal sealed class ServiceAuthorization
{
    private readonly List<ResourceKind> _kinds = [];
    private readonly List<string> _keys = [];
    private readonly Dictionary<string, AuthorizedAction> _actions = new(StringComparer.OrdinalIgnoreCase);

    private ServiceAuthorization()
    {
    }

    /// <summary>AWS has given the service up; policies may still name it.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Every action, by its name without the service; in whatever case it is asked for.</summary>
    public IReadOnlyDictionary<string, AuthorizedAction> Actions => _actions;

    public IReadOnlyList<ResourceKind> Kinds => _kinds;

    /// <summary>Condition keys as policies write them: <c>s3:ExistingObjectTag/${key}</c>.</summary>
    public IReadOnlyList<string> Keys => _keys;

    public static ServiceAuthorization Read(ReadOnlySpan<byte> text)
    {
        var service = new ServiceAuthorization();
        foreach (var line in Encoding.UTF8.GetString(text).Split('\n'))
            service.Add(line.Split(' '));
        return service;
    }

    private void Add(string[] words)
    {
        switch (words)
        {
            case ["r", var name, var arn]:
                _kinds.Add(new ResourceKind(name, arn));
                break;
            case ["k", var key]:
                _keys.Add(key);
                break;
            case ["a", var name, var kinds, var keys]:
                _actions[name] = new AuthorizedAction(this, name, kinds, keys);
                break;
            case ["gone"]:
                IsGone = true;
                break;
            default:
                throw new FormatException();
        }
    }
}

/// <summary>A kind of resource that policies name: <c>object</c>, <c>arn:*:s3:::+/*</c>.</summary>
internal sealed record ResourceKind(string Name, string Arn);

/// <summary>An action. Of the hundreds a service has, a policy names a few: only their numbers are looked up.</summary>
internal sealed class AuthorizedAction(ServiceAuthorization service, string name, string kinds, string keys)
{
    public string Name => name;

    /// <summary>What it can be allowed on; where there is none, nothing but <c>*</c>.</summary>
    public ImmutableArray<ResourceKind> Kinds => Numbered(kinds, service.Kinds);

    /// <summary>The service's own condition keys that its calls set.</summary>
    public ImmutableArray<string> Keys => Numbered(keys, service.Keys);

    private static ImmutableArray<T> Numbered<T>(string numbers, IReadOnlyList<T> of) =>
        numbers.Length == 0 ? [] : [.. numbers.Split(',').Select(n => of[int.Parse(n, null)])];
}
