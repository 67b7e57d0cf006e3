using System.Text.Json;
using System.Xml.Linq;

namespace Paco.Cli.Tests.Conformance;

/// <summary>Whether a refusal has the form of its protocol, and a code that AWS would answer to that operation.</summary>
internal static class Refusal
{
    /// <summary>What any operation may be refused with. Source: "Common errors" of AWS's API references.</summary>
    private static readonly string[] Common =
    [
        "AccessDenied", "AccessDeniedException", "ExpiredToken", "ExpiredTokenException", "InternalFailure", "InvalidAction",
        "InvalidClientTokenId", "MalformedQueryString", "MissingAuthenticationToken", "MissingParameter", "OptInRequired",
        "SerializationException", "ServiceUnavailable", "Throttling", "ThrottlingException", "UnrecognizedClientException",
        "ValidationError", "ValidationException",
    ];

    /// <summary>Codes that only the services' own pages list ("Error codes for the Amazon EC2 API", "Amazon S3 error responses").</summary>
    private static readonly Dictionary<string, string[]> Unmodelled = new()
    {
        ["ec2"] =
        [
            "InvalidKeyPair.NotFound", "InvalidKeyPair.Duplicate", "InvalidInstanceID.NotFound", "InvalidInstanceID.Malformed",
            "InvalidParameterValue", "UnauthorizedOperation", "RequestLimitExceeded",
        ],
        ["s3"] =
        [
            "AuthorizationHeaderMalformed", "BadDigest", "BucketNotEmpty", "IllegalLocationConstraintException", "InvalidBucketName",
            "MalformedPolicy", "MalformedXML", "MethodNotAllowed", "NoSuchBucket", "NoSuchBucketPolicy", "NoSuchKey", "NoSuchVersion",
            "SlowDown",
        ],
    };

    public static IEnumerable<string> Deviations(Operation operation, Exchange e)
    {
        // The answer to HEAD has no body to say why in.
        if (e.Method == "HEAD")
            return e.Answer.Length == 0 ? [] : ["a body in the answer to HEAD"];
        var (code, message, form) = operation.Service.ProtocolOf(e) is "json" or "rest-json" ? Json(e) : Xml(operation.Service, e);
        return form is not null ? [form]
            : code.Length == 0 ? ["without a code"]
            : message is null ? [$"{code}: without a message"]
            : Code(operation, code, e.Status);
    }

    private static IEnumerable<string> Code(Operation operation, string code, int status)
    {
        var modelled = operation.Errors.FirstOrDefault(error => error.ErrorCode == code);
        if (modelled is not null && (modelled.ErrorStatus ?? status) != status && operation.Service.Protocol != "json")
            return [$"{code}: status {status} instead of {modelled.ErrorStatus}"];
        if (modelled is not null)
            return [];
        var known = Common.Contains(code) || (Unmodelled.GetValueOrDefault(operation.Service.Name)?.Contains(code) ?? false);
        return known ? [] : [$"{code}: {(operation.Service.HasError(code) ? "not of this operation" : "not of this service")}"];
    }

    private static (string Code, string? Message, string? Form) Json(Exchange e)
    {
        try
        {
            var root = JsonDocument.Parse(e.Answer).RootElement;
            // A service that once spoke Query alone tells its old code beside the shape.
            var code = e.AnswerHeaders.TryGetValue("x-amzn-query-error", out var old) ? old.Split(';')[0]
                : root.TryGetProperty("__type", out var type) ? type.GetString()!.Split('#')[^1] : "";
            var isTold = root.TryGetProperty("message", out var message) || root.TryGetProperty("Message", out message);
            return (code, isTold ? message.GetString() : null, null);
        }
        catch (JsonException)
        {
            return ("", null, "no JSON");
        }
    }

    private static (string Code, string? Message, string? Form) Xml(ServiceModel service, Exchange e)
    {
        var root = XElement.Parse(e.AnswerText);
        var path = service.Protocol == "ec2" ? "Response/Errors/Error" : service.Name == "s3" ? "Error" : "ErrorResponse/Error";
        var error = root;
        foreach (var name in path.Split('/').Skip(1))
            error = error?.Elements().FirstOrDefault(x => x.Name.LocalName == name);
        return root.Name.LocalName != path.Split('/')[0] || error is null ? ("", null, $"not in {path}: {root.Name.LocalName}")
            : (Text(error, "Code") ?? "", Text(error, "Message"), null);
    }

    private static string? Text(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;
}
