namespace Paco.Sandbox.Made;

/// <summary>A service's refusal as CloudFormation tells it of a resource.</summary>
internal static class ServiceRefusal
{
    public static ResourceFailure Of(ResourceRequest m, string service, string message) => new(
        $"Resource handler returned message: \"{message} (Service: {service}, Status Code: 400, Request ID: {m.Seed.Uuid("request")})\" "
        + $"(RequestToken: {m.Seed.Uuid("token")}, HandlerErrorCode: InvalidRequest)");

    /// <summary>The same of a type that is older than CloudFormation's registry.</summary>
    /// <param name="code">The service's own code of the error.</param>
    public static ResourceFailure Older(ResourceRequest m, string service, string code, string message) => new(
        $"{message} (Service: {service}; Status Code: 400; Error Code: {code}; Request ID: {m.Seed.Uuid("request")}; Proxy: null)");
}
