using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Wire;

/// <summary>One AWS service as the sandbox knows it.</summary>
internal interface IService
{
    /// <summary>The name in the credential scope (<c>cloudformation</c>).</summary>
    string Name { get; }

    /// <summary>The operation a request asks for (<c>CreateStack</c>); known or not.</summary>
    string Operation(WireRequest request);

    /// <summary>Does it. Throws <see cref="AwsError"/> for a refusal, which undoes what the call has written so far.</summary>
    WireResponse Answer(Call call);

    /// <summary>An error in the service's protocol.</summary>
    WireResponse Refuse(WireRequest request, AwsError error, string requestId);
}

/// <summary>One request on its way, with who sent it, where to, and when.</summary>
internal sealed record Call(WireRequest Request, string Operation, CallingPrincipal Caller, string Region, DateTimeOffset Now,
    string RequestId,
    Store Store, SandboxContext World)
{
    public string Account => Caller.Account;
}

/// <summary>Who calls: an account, and the ARN and id STS tells.</summary>
internal sealed record CallingPrincipal(string Account, string Arn, string UserId);
