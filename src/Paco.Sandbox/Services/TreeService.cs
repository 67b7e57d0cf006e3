using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>
/// A service that answers in whichever protocol it is asked, of the three that AWS has for it: Query, JSON 1.0 and RPC v2 with CBOR. What
/// is asked and answered is one tree in all of them.
/// </summary>
/// <param name="name">As signatures name it.</param>
/// <param name="target">The service in <c>X-Amz-Target</c> and in RPC v2's path.</param>
/// <param name="xmlns">The namespace of its XML.</param>
/// <param name="times">Members whose numbers are times.</param>
/// <param name="maps">Members that are maps.</param>
internal abstract class TreeService(string name, string target, string xmlns, IReadOnlySet<string> times, IReadOnlySet<string> maps)
    : IService
{
    private const string CborType = "application/cbor";

    /// <summary>As much as AWS takes of one request of metrics, unpacked.</summary>
    private const int MaxUnpacked = 1024 * 1024;

    private enum Dialect
    {
        Query,
        Json,
        Cbor,
    }

    public string Name => name;

    public string Operation(WireRequest request) => DialectOf(request) switch
    {
        Dialect.Json => request.Header("x-amz-target")!.Split('.')[^1],
        Dialect.Cbor => request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)
            is ["service", var service, "operation", var operation] && service == target ? operation : "",
        _ => new QueryForm(Unpacked(request)).Action,
    };

    public WireResponse Answer(Call call)
    {
        var request = Unpacked(call.Request);
        var (dialect, id) = (DialectOf(request), call.RequestId);
        var result = Do(call, Body(dialect, request));
        return dialect switch
        {
            Dialect.Json => Answers.Json("1.0", id, result),
            Dialect.Cbor => CborAnswer(200, result ?? [], id),
            _ => Answers.Query(xmlns, call.Operation, id,
                result is null ? null : new XElement("Result", QueryTree.Write(result, times, maps))),
        };
    }

    public WireResponse Refuse(WireRequest request, AwsError error, string requestId)
    {
        // What Query calls by one name is a shape of another in the newer protocols, which tell both.
        var shape = new AwsError(ShapeOf(error.Code), error.Message, error.Status);
        var both = $"{error.Code};{(error.Status >= 500 ? "Receiver" : "Sender")}";
        return DialectOf(request) switch
        {
            Dialect.Json => Answers.JsonError("1.0", shape, requestId).With("x-amzn-query-error", both),
            Dialect.Cbor => CborAnswer(error.Status, new() { ["__type"] = shape.Code, ["message"] = error.Message }, requestId)
                .With("x-amzn-query-error", both),
            _ => Answers.QueryError(xmlns, error, requestId),
        };
    }

    /// <summary>Does the operation; null for one that answers nothing.</summary>
    protected abstract JsonObject? Do(Call call, JsonObject body);

    /// <summary>What a model calls the error that has this code.</summary>
    protected virtual string ShapeOf(string code) => code;

    private static Dialect DialectOf(WireRequest request) =>
        request.Header("smithy-protocol") == "rpc-v2-cbor" ? Dialect.Cbor
        : request.Header("x-amz-target") is not null ? Dialect.Json
        : Dialect.Query;

    private static JsonObject Body(Dialect dialect, WireRequest request)
    {
        try
        {
            return dialect switch
            {
                Dialect.Query => QueryTree.Read(request),
                _ when request.Body.Length == 0 => [],
                Dialect.Json => Json.Read(request.BodyText) as JsonObject,
                _ => Cbor.Read(request.Body) as JsonObject,
            } ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new AwsError("SerializationException", "The body is not an object");
        }
    }

    private WireResponse CborAnswer(int status, JsonObject body, string id) =>
        new WireResponse(status, CborType, Cbor.Write(body, times)).With("smithy-protocol", "rpc-v2-cbor").With("x-amzn-RequestId", id);

    // Clients pack what is long.
    private static WireRequest Unpacked(WireRequest request)
    {
        if (request.Header("content-encoding") != "gzip")
        {
            return request;
        }

        using var packed = new GZipStream(new MemoryStream(request.Body), CompressionMode.Decompress);
        var body = new byte[MaxUnpacked + 1];
        try
        {
            var length = packed.ReadAtLeast(body, body.Length, throwOnEndOfStream: false);
            return length <= MaxUnpacked ? request with { Body = body[..length] }
                : throw new AwsError("RequestEntityTooLarge", "The request is larger than 1 MB.", 413);
        }
        catch (InvalidDataException)
        {
            throw new AwsError("SerializationException", "The body is not packed as it says");
        }
    }
}
