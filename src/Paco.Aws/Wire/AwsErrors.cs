using System.Net;
using System.Text.Json;
using System.Xml;
using Paco.Clouds;

namespace Paco.Aws.Wire;

/// <summary>Reads a refusal in any of AWS's protocols, and says what kind it is.</summary>
internal static class AwsErrors
{
    public static CloudException Read(WireRequest request, WireResponse response, AwsKeys keys)
    {
        var (code, message) = FromXml(response.Body) ?? FromJson(response) ?? WithoutBody(request, response) ?? ("", "");
        if (code.Length == 0)
        {
            (code, message) = ($"Http{(int)response.Status}", ForeignAnswer.Describe(request, response, keys));
            var kind = ForeignAnswer.IsCut(response) ? CloudErrorKind.Unreadable : KindOf(code, message, response.Status);
            return new CloudException(kind, code, message, request.Name);
        }

        message = WithClock(ForeignAnswer.Without(request, keys, message), code, response);
        return new CloudException(KindOf(code, message, response.Status), code, message, request.Name);
    }

    /// <summary>A success that is not what the protocol promises: one that was cut, or a proxy's sign-in page.</summary>
    public static CloudException Unreadable(WireRequest request, WireResponse response, AwsKeys keys, Exception inner)
    {
        var words = $"{ForeignAnswer.Describe(request, response, keys)} ({ForeignAnswer.Flaw(request, inner)})";
        return new CloudException(CloudErrorKind.Unreadable, "UnreadableResponse", words, request.Name,
            request.AnswersSecret ? null : inner);
    }

    /// <summary>Which way the clock is off, where AWS refuses a signature for its time.</summary>
    private static string WithClock(string message, string code, WireResponse response)
    {
        var error = new CloudException(CloudErrorKind.AccessDenied, code, message, "");
        return PlaceFailures.Of(error) == PlaceFailure.Clock && response.ClockAhead is { } ahead
            ? $"{message} (this machine's clock is {ahead.Duration().TotalMinutes:0} min {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} AWS's)"
            : message;
    }

    private static (string, string)? FromXml(byte[] body)
    {
        if (!body.AsSpan().TrimStart(" \r\n\t\uFEFF"u8).StartsWith("<"u8))
        {
            return null;
        }

        try
        {
            var root = WireXml.Parse(body);
            var error = root.DescendantsAndSelf().FirstOrDefault(e => e.Name.LocalName is "Error" && e.Text("Code") is not null);
            return (error?.Text("Code"), root.Name.LocalName) switch
            {
                ({ } code, _) => (code, error!.Text("Message") ?? code),
                (null, "InvalidChangeBatch") =>
                    ("InvalidChangeBatch", string.Join("; ", root.Descendants().Where(e => !e.HasElements).Select(e => e.Value))),
                _ => null,
            };
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static (string, string)? FromJson(WireResponse response)
    {
        try
        {
            using var document = JsonDocument.Parse(response.Body);
            var root = document.RootElement;
            var type = response.AmzHeaders.GetValueOrDefault("x-amzn-ErrorType") ?? root.Text("__type") ?? root.Text("code");
            var words = root.Text("message") ?? root.Text("Message") ?? root.Text("error_description");
            return type is null ? null : (ShortCode(type), words ?? ShortCode(type));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Between <c>com.amazonaws.ssm#ParameterNotFound:http://…</c> and its name.</summary>
    private static string ShortCode(string type) => type.Split('#')[^1].Split(':')[0];

    /// <summary>The answer to a HEAD has no body to carry words; S3 gives 400 there for a token past its time.</summary>
    private static (string, string)? WithoutBody(WireRequest request, WireResponse response) =>
        (response.Body.Length, request.Method == HttpMethod.Head, response.Status) switch
        {
            ( > 0, _, _) => null,
            (_, true, HttpStatusCode.NotFound) => ("NotFound", "not found"),
            (_, true, HttpStatusCode.Forbidden) => ("AccessDenied", "access denied"),
            (_, true, HttpStatusCode.BadRequest) => ("ExpiredToken", "bad request, as for a token past its time"),
            _ => null,
        };

    internal static CloudErrorKind KindOf(string code, string message, HttpStatusCode status) => code switch
    {
        "Throttling" or "ThrottlingException" or "ThrottledException" or "RequestThrottled" or "RequestThrottledException"
            or "RequestLimitExceeded" or "TooManyRequestsException" or "SlowDown" or "BandwidthLimitExceeded"
            or "PriorRequestNotComplete" or "EC2ThrottledException" or "ConcurrentModificationException"
            or "OperationAborted" => CloudErrorKind.Throttled,
        "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired" => CloudErrorKind.ExpiredToken,
        "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" or "UnrecognizedClientException" or "InvalidClientTokenId"
            or "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "InvalidSignatureException" or "IncompleteSignature"
            or "IncompleteSignatureException" or "MissingAuthenticationToken" or "MissingAuthenticationTokenException" or "AuthFailure"
            or "OptInRequired" or "RegionDisabledException" or "InvalidToken" or "RequestExpired" or "RequestTimeTooSkewed"
            or "NotAuthorized" or "AllAccessDisabled" => CloudErrorKind.AccessDenied,
        "AlreadyExistsException" or "BucketAlreadyExists" or "BucketAlreadyOwnedByYou" or "AlreadyInOrganizationException"
            or "InvalidKeyPair.Duplicate" or "DuplicateAccountException" => CloudErrorKind.AlreadyExists,
        "InvalidAction" or "UnknownOperationException" or "NotImplemented" or "UnsupportedOperation"
            or "UnsupportedAPIEndpointException" => CloudErrorKind.Unsupported,
        "NoSuchBucket" or "NoSuchKey" or "NoSuchVersion" or "NoSuchHostedZone" or "NoSuchEntity" or "NotFound" or "ParameterNotFound"
            or "ParameterVersionNotFound" or "AWSOrganizationsNotInUseException" => CloudErrorKind.NotFound,
        "InternalFailure" or "InternalError" or "InternalServerError" or "ServiceUnavailable" or "ServiceException"
            or "RequestTimeout" => CloudErrorKind.Server,
        "ValidationError" => IsMissingStack(message) ? CloudErrorKind.NotFound : CloudErrorKind.Refused,
        _ when code.EndsWith(".NotFound", StringComparison.Ordinal) || code.EndsWith("NotFoundException", StringComparison.Ordinal) =>
            CloudErrorKind.NotFound,
        _ => OfStatus(status),
    };

    /// <summary>"Stack with id x does not exist", "Stack [x] does not exist": CloudFormation has no code of its own for it.</summary>
    private static bool IsMissingStack(string message) =>
        message.StartsWith("Stack", StringComparison.Ordinal) && message.Contains("does not exist", StringComparison.Ordinal);

    private static CloudErrorKind OfStatus(HttpStatusCode status) => (int)status switch
    {
        429 => CloudErrorKind.Throttled,
        401 or 403 or 407 => CloudErrorKind.AccessDenied,
        501 => CloudErrorKind.Unsupported,
        >= 500 => CloudErrorKind.Server,
        _ => CloudErrorKind.Refused,
    };
}
