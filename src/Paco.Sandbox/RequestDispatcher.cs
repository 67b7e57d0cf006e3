using Microsoft.Data.Sqlite;
using Paco.Sandbox.Made;
using Paco.Sandbox.Services;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox;

/// <summary>From a request to its answer: who sent it, which service it is for, one transaction, and the faults in between.</summary>
internal sealed class RequestDispatcher(SandboxContext world, Store store, string file)
{
    private static readonly Dictionary<string, IService> Services = ServiceList.All.ToDictionary(s => s.Name, StringComparer.Ordinal);

    private readonly Lock _gate = new();
    private long _requests;

    /// <summary>Throws <see cref="LostConnectionException"/> where the caller is to get no answer, <see cref="SandboxFileException"/> for a
    /// broken file.</summary>
    public WireResponse Answer(WireRequest request)
    {
        lock (_gate)
        {
            if (world.Faults.Stopped)
            {
                throw new LostConnectionException();
            }

            var id = new DeterministicIds($"request {++_requests}").Uuid();
            if (Credential.Of(request) is not { } credential)
            {
                return Unsigned(request, id);
            }

            return Services.TryGetValue(credential.Service, out var service)
                ? Answer(service, credential, request, id)
                : Foreign(request, AwsError.NotEmulated($"the service {credential.Service}"), id);
        }
    }

    private static WireResponse Unsigned(WireRequest request, string id)
    {
        var error = new AwsError("MissingAuthenticationToken", "Request is missing Authentication Token", 403);
        return Foreign(request, error, id);
    }

    /// <summary>An error in the protocol the request looks like.</summary>
    private static WireResponse Foreign(WireRequest request, AwsError error, string id) =>
        request.Header("content-type")?.Contains("json", StringComparison.Ordinal) == true ? Answers.JsonError("1.1", error, id)
            : Answers.QueryError("", error, id);

    private WireResponse Answer(IService service, Credential credential, WireRequest request, string id)
    {
        try
        {
            var operation = service.Operation(request);
            store.Begin();
            var (response, lost) = Within(service, operation, credential, request, id);
            store.Commit();
            return lost || world.Faults.Stopped ? throw new LostConnectionException() : response;
        }
        catch (SqliteException e)
        {
            throw Database.Unusable(file, e);
        }
        finally
        {
            store.Abandon();
        }
    }

    private (WireResponse Response, bool Lost) Within(IService service, string operation, Credential credential, WireRequest request,
        string id)
    {
        var lost = false;
        try
        {
            var now = world.Now();
            new Engine(world, store).Advance(now);
            if (world.Faults.Stopped)
            {
                return (Answers.QueryError("", new AwsError("InternalFailure", "stopped", 500), id), true);
            }

            lost = world.Faults.BeforeCall($"{service.Name}:{operation}", () => Sessions.Expire(store, credential.AccessKeyId));
            var caller = Sessions.Find(store, world, credential, now);
            var call = new Call(request, operation, caller, credential.Region, now, id, store, world);
            return (store.Whole(() => service.Answer(call)), lost);
        }
        catch (AwsError error)
        {
            return (service.Refuse(request, error, id), lost);
        }
        catch (ResourceFailure failure)
        {
            return (service.Refuse(request, AwsError.Validation(failure.Message), id), lost);
        }
        catch (Exception e) when (OperationEngine.IsOurs(e))
        {
            var text = $"The sandbox failed at {service.Name}:{service.Operation(request)}; this is a bug of the sandbox: {e.Message}";
            return (service.Refuse(request, new AwsError("InternalFailure", text, 500), id), lost);
        }
    }
}
