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

    /// <summary>What strikes before a call does its work; true where its answer is to be lost afterwards.</summary>
    public bool BeforeCall(string operation, Action expireSession)
    {
        var loseAnswer = false;
        for (var i = 0; i < faults.Length; i++)
        {
            switch (faults[i])
            {
                case Fault.Throttle throttle when Matches(throttle.OperationGlob, operation):
                    if (++_counts[i] % throttle.EveryNth == 0)
                    {
                        throw new AwsError("Throttling", "Rate exceeded");
                    }

                    break;
                case Fault.DropConnection drop when Matches(drop.OperationGlob, operation) && ++_counts[i] == drop.Nth:
                    loseAnswer = drop.AfterEffect ? true : throw new LostConnectionException();
                    break;
                case Fault.ExpireToken expire when ++_counts[i] == expire.Nth:
                    expireSession();
                    throw new AwsError("ExpiredToken", "The security token included in the request is expired", 403);
            }
        }

        return loseAnswer;
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

    private static bool Matches(string glob, string text) => FileSystemName.MatchesSimpleExpression(glob, text, ignoreCase: false);
}
