namespace Paco.Sandbox.Made;

/// <summary>A service's refusal as CloudFormation tells it of a resource.</summary>
internal static class ServiceRefusal
{
    public static ResourceFailure Of(ResourceRequest m, string service, string message) => new(
        $"Resource handler returned message: \"{message} (Service: {service}, Status Code: 400, Request ID: {m.Seed.Uuid("request")})\" "
        + $"(RequestToken: {m.Seed.Uuid("token")}, HandlerErrorCode: InvalidRequest)");

    /// <summary>There is one with its name or id already.</summary>
    public static ResourceFailure Exists(ResourceRequest m, string id) =>
        Taken(m, $"Resource of type '{m.Type}' with identifier '{id}' already exists.");

    /// <summary>Another has what it would get, in the service's own words.</summary>
    public static ResourceFailure Taken(ResourceRequest m, string message) => new(
        $"Resource handler returned message: \"{message}\" (RequestToken: {m.Seed.Uuid("token")}, HandlerErrorCode: AlreadyExists)");

    /// <summary>The same of a type that is older than CloudFormation's registry.</summary>
    /// <param name="code">The service's own code of the error.</param>
    public static ResourceFailure Older(ResourceRequest m, string service, string code, string message) => new(
        $"{message} (Service: {service}; Status Code: 400; Error Code: {code}; Request ID: {m.Seed.Uuid("request")}; Proxy: null)");
}
