using Paco.Clouds;
using Paco.Syntax;

namespace Paco.Stacks;

/// <summary>A log group that something of the project writes to, or what AWS runs for it. <c>paco logs</c> reads it.</summary>
/// <param name="Node">What makes the group, or what writes to it.</param>
/// <param name="Ref">The object it is about.</param>
/// <param name="GroupName">Its name in CloudWatch Logs, in the account and region of the node; never secret.</param>
public sealed record WrittenLog(NodeId Node, ObjectPath Ref, Source GroupName)
{
    public Place Place => Node.Place;
}
