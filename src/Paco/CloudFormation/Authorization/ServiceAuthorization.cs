using System.Collections.Immutable;

namespace Paco.CloudFormation.Authorization;

/// <summary>One service's actions, kinds of resource and condition keys.</summary>
/// <remarks>
/// Its parts: 1 where AWS has given it up; its kinds, each with its name and its ARN, in which <c>*</c> is anything and <c>+</c> anything
/// without a slash; its keys; its actions in the order of their names in small letters, each with its name and where the numbers of its
/// kinds and keys begin.
/// </remarks>
internal sealed class ServiceAuthorization
{
    public ServiceAuthorization(PackedFile packed, PackedReader part)
    {
        IsGone = part.Number() == 1;
        Kinds = Read(part.Place(), ref part, static (ref part) => new ResourceKind(part.Text(), part.Text()));
        Keys = part.Texts();
        Actions = new ActionTable(this, packed, Read(part.Place(), ref part, static (ref part) => (part.Place(), part.Place())));
    }

    private delegate T Reading<out T>(ref PackedReader part);

    /// <summary>AWS has given the service up; policies may still name it.</summary>
    public bool IsGone { get; }

    /// <summary>Every action, by its name without the service.</summary>
    public ActionTable Actions { get; }

    public ImmutableArray<ResourceKind> Kinds { get; }

    /// <summary>Condition keys as policies write them: <c>s3:ExistingObjectTag/${key}</c>.</summary>
    public ImmutableArray<string> Keys { get; }

    private static ImmutableArray<T> Read<T>(int count, ref PackedReader part, Reading<T> read)
    {
        var all = ImmutableArray.CreateBuilder<T>(count);
        for (var i = 0; i < count; i++)
            all.Add(read(ref part));
        return all.MoveToImmutable();
    }
}

/// <summary>A kind of resource that policies name: <c>object</c>, <c>arn:*:s3:::+/*</c>.</summary>
internal sealed record ResourceKind(string Name, string Arn);

/// <summary>An action. Of the hundreds a service has, a policy names a few: only what those take is looked up.</summary>
internal sealed class AuthorizedAction(ServiceAuthorization service, PackedFile packed, string name, int place)
{
    private Taking? _taken;

    public string Name => name;

    /// <summary>What it can be allowed on; where there is none, nothing but <c>*</c>.</summary>
    public ImmutableArray<ResourceKind> Kinds => Takes.Kinds;

    /// <summary>The service's own condition keys that its calls set.</summary>
    public ImmutableArray<string> Keys => Takes.Keys;

    private Taking Takes => _taken ??=
        packed.Read(place, part => new Taking(Numbered(ref part, service.Kinds), Numbered(ref part, service.Keys)));

    private static ImmutableArray<T> Numbered<T>(ref PackedReader part, ImmutableArray<T> of)
    {
        var numbered = ImmutableArray.CreateBuilder<T>(part.Place());
        for (var i = 0; i < numbered.Capacity; i++)
            numbered.Add(of[part.Place()]);
        return numbered.MoveToImmutable();
    }

    private sealed record Taking(ImmutableArray<ResourceKind> Kinds, ImmutableArray<string> Keys);
}
