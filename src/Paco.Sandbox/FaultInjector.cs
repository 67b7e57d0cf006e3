using System.Collections.Immutable;
using System.IO.Enumeration;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox;

/// <summary>Counts calls and events and says when a fault strikes. Used under the cloud's lock.</summary>
internal sealed class FaultInjector(ImmutableArray<Fault> faults)
{
    private readonly int[] _counts = new int[faults.Length];
    private int _events;

    /// <summary>True once a <see cref="Fault.StopAt"/> has struck.</summary>
    public bool Stopped { get; private set; }

    /// <summary>What strikes before a call does its work, and what becomes of its answer afterwards.</summary>
    public AnswerFate BeforeCall(string operation, string account, string region, Action expireSession)
    {
        var place = $"@{account}/{region}";
        bool Strikes(string glob) => FileSystemName.MatchesSimpleExpression(
            glob, glob.Contains('@', StringComparison.Ordinal) ? operation + place : operation, ignoreCase: false);

        var fate = AnswerFate.Arrives;
        for (var i = 0; i < faults.Length; i++)
        {
            switch (faults[i])
            {
                case Fault.Throttle throttle when Strikes(throttle.OperationGlob):
                    if (++_counts[i] % throttle.EveryNth == 0)
                    {
                        throw new AwsError("Throttling", "Rate exceeded");
                    }

                    break;
                case Fault.DropConnection drop when Strikes(drop.OperationGlob) && ++_counts[i] == drop.Nth:
                    fate = drop.AfterEffect ? AnswerFate.IsLost : throw new LostConnectionException();
                    break;
                case Fault.CutAnswer cut when Strikes(cut.OperationGlob) && ++_counts[i] == cut.Nth:
                    fate = AnswerFate.IsCut;
                    break;
                case Fault.Refuse refuse when Strikes(refuse.OperationGlob):
                    throw new AwsError(refuse.Code, Words(refuse.Code, operation), refuse.Code == "Throttling" ? 400 : 403);
                case Fault.ExpireToken expire when ++_counts[i] == expire.Nth:
                    expireSession();
                    throw new AwsError("ExpiredToken", "The security token included in the request is expired", 403);
            }
        }

        return fate;
    }

    /// <summary>The reason a resource must fail, or null.</summary>
    public string? FailureOf(string stack, string logicalId, ResourceAction action)
    {
        for (var i = 0; i < faults.Length; i++)
        {
            if (faults[i] is Fault.FailResource fail && _counts[i] < fail.Times && (fail.On is null || fail.On == action)
                && Matches(fail.StackGlob, stack) && Matches(fail.LogicalId, logicalId))
            {
                _counts[i]++;
                return fail.Reason;
            }
        }

        return null;
    }

    public void CountEvent()
    {
        _events++;
        Stopped |= faults.Any(fault => fault is Fault.StopAt stop && stop.Event == _events);
    }

    // As AWS says them.
    private static string Words(string code, string operation) => code switch
    {
        "OptInRequired" => "You are not subscribed to this service. Please go to http://aws.amazon.com to subscribe.",
        "RegionDisabledException" => "STS is not activated in this region for this account. Your account administrator can activate it.",
        "UnrecognizedClientException" or "InvalidClientTokenId" => "The security token included in the request is invalid.",
        "ExpiredToken" or "ExpiredTokenException" => "The security token included in the request is expired",
        "AuthFailure" => "AWS was not able to validate the provided access credentials",
        "RequestExpired" => "Request has expired.",
        "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" => $"User is not authorized to perform: {operation}",
        _ => "The request was refused.",
    };

    private static bool Matches(string glob, string text) => FileSystemName.MatchesSimpleExpression(glob, text, ignoreCase: false);
}

/// <summary>What becomes of an answer.</summary>
internal enum AnswerFate
{
    Arrives,
    IsLost,
    IsCut,
}
