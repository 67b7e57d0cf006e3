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
    private long _arrived;
    private (long UpTo, SandboxFileException Cause)? _failed;
    private long _refusals;
    private bool _isClosed;

    /// <summary>Throws <see cref="LostConnectionException"/> where the caller is to get no answer, <see cref="SandboxFileException"/> for a
    /// broken file.</summary>
    public WireResponse Answer(WireRequest request)
    {
        var arrived = Interlocked.Increment(ref _arrived);
        lock (_gate)
        {
            // Those that waited while another waited for the file in vain do not wait as long again, one after the other.
            if (_failed is var (upTo, cause) && arrived <= upTo)
            {
                throw cause;
            }

            if (world.Faults.Stopped || _isClosed)
            {
                throw new LostConnectionException();
            }

            var id = new DeterministicIds($"request {++_requests}").Uuid();
            return Credential.Of(request) is not { } credential ? Foreign(request, AwsError.Unsigned(), id)
                : Services.TryGetValue(credential.Service, out var service) ? Answer(service, credential, request, id)
                : Foreign(request, AwsError.NotEmulated($"the service {credential.Service}"), id);
        }
    }

    /// <summary>Lets the store go when the request that is in it has left; those that come later get no answer.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            store.Dispose();
        }
    }

    /// <summary>A request that is not even looked at, refused in the form of the service it is for.</summary>
    public WireResponse Refuse(WireRequest head, AwsError error)
    {
        var id = new DeterministicIds($"refusal {Interlocked.Increment(ref _refusals)}").Uuid();
        return Credential.Of(head) is { } credential && Services.TryGetValue(credential.Service, out var service)
            ? service.Refuse(head, error, id)
            : Foreign(head, error, id);
    }

    /// <summary>An error in the protocol the request looks like.</summary>
    private static WireResponse Foreign(WireRequest request, AwsError error, string id) =>
        request.Header("content-type")?.Contains("json", StringComparison.Ordinal) == true ? Answers.JsonError("1.1", error, id)
            : Answers.QueryError("", error, id);

    /// <summary>Something that no request asks for, in a transaction of its own. Throws <see cref="SandboxFileException"/>.</summary>
    public T Within<T>(Func<Store, T> work)
    {
        lock (_gate)
        {
            try
            {
                store.Begin();
                new Engine(world, store).Advance(world.Now());
                var done = work(store);
                store.Commit();
                return done;
            }
            catch (Exception e) when (e is SqliteException or InvalidDataException)
            {
                throw Database.Unusable(file, e);
            }
            finally
            {
                store.Abandon();
            }
        }
    }

    private WireResponse Answer(IService service, Credential credential, WireRequest request, string id)
    {
        try
        {
            store.Begin();
            var (response, fate) = Within(service, credential, request, id);
            store.Commit();
            return fate == AnswerFate.IsLost || world.Faults.Stopped ? throw new LostConnectionException()
                : fate == AnswerFate.IsCut ? response with { Body = response.Body[..(response.Body.Length / 2)] }
                : response;
        }
        catch (Exception e) when (e is SqliteException or InvalidDataException)
        {
            var cause = Database.Unusable(file, e);
            _failed = (Interlocked.Read(ref _arrived), cause);
            throw cause;
        }
        finally
        {
            store.Abandon();
        }
    }

    private (WireResponse Response, AnswerFate Fate) Within(IService service, Credential credential, WireRequest request, string id)
    {
        var (fate, operation) = (AnswerFate.Arrives, "");
        try
        {
            operation = service.Operation(request);
            var now = world.Now();
            new Engine(world, store).Advance(now);
            if (world.Faults.Stopped)
            {
                return (Answers.QueryError("", new AwsError("InternalFailure", "stopped", 500), id), AnswerFate.IsLost);
            }

            var caller = Sessions.Find(store, world, credential, now);
            fate = world.Faults.BeforeCall($"{service.Name}:{operation}", caller.Account, credential.Region,
                () => Sessions.Expire(store, credential.AccessKeyId));
            var call = new Call(request, operation, caller, credential.Region, now, id, store, world);
            return (store.Whole(() => service.Answer(call)), fate);
        }
        catch (AwsError error)
        {
            return (service.Refuse(request, error, id), fate);
        }
        catch (ResourceFailure failure)
        {
            return (service.Refuse(request, AwsError.Validation(failure.Message), id), fate);
        }
        catch (Exception e) when (OperationEngine.IsOurs(e))
        {
            var text = $"The sandbox failed at {service.Name}:{operation}; this is a bug of the sandbox: {e.Message}";
            return (service.Refuse(request, new AwsError("InternalFailure", text, 500), id), fate);
        }
    }
}
