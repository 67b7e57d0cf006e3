using System.Xml.Linq;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>A service of the Query protocol.</summary>
internal abstract class QueryService(string name, string xmlns) : IService
{
    public string Name => name;

    public string Operation(WireRequest request) => new QueryForm(request).Action;

    public WireResponse Answer(Call call) => Answers.Query(xmlns, call.Operation, call.RequestId, Do(call, new QueryForm(call.Request)));

    public WireResponse Refuse(WireRequest request, AwsError error, string requestId) => Answers.QueryError(xmlns, error, requestId);

    /// <summary>Does the operation; the result's name is set by the protocol, null for an operation without one.</summary>
    protected abstract XElement? Do(Call call, QueryForm form);
}
