using System.Text.Json.Nodes;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Alarms;

/// <summary>What an alarm does in a state: nothing is sent here, and its history says what would have been.</summary>
internal sealed class AlarmActions(Store store, LiveResource alarm)
{
    private static readonly Dictionary<string, string> Lists = new()
    {
        [AlarmState.Alarm] = "AlarmActions",
        [AlarmState.Ok] = "OKActions",
        [AlarmState.InsufficientData] = "InsufficientDataActions",
    };

    public void Due(AlarmState state)
    {
        if (Json.Scalar(alarm.Properties["ActionsEnabled"]) == "false" || IsSuppressed)
        {
            return;
        }

        foreach (var action in (alarm.Properties[Lists[state.Value]] as JsonArray ?? []).Select(Json.Scalar))
        {
            var (summary, failure) = IsGone(action)
                ? ($"Failed to execute action {action}", "the topic does not exist")
                : ($"Action {action} was due: the sandbox sends nothing", null);
            AlarmTable.Remember(store, alarm, state.Updated, "Action", summary, new()
            {
                ["actionState"] = failure is null ? "Recorded" : "Failed",
                ["stateUpdateTimestamp"] = state.Updated.ToUnixTimeMilliseconds(),
                ["notificationResource"] = action,
                ["error"] = failure,
            });
        }
    }

    private bool IsSuppressed => Json.Scalar(alarm.Properties["ActionsSuppressor"]) is { Length: > 0 } suppressor
        && new AlarmClock(store, alarm.Account, alarm.Region).Find(suppressor) is { } other
        && AlarmTable.StateOf(store, other).Value == AlarmState.Alarm;

    private bool IsGone(string action) => action.Split(':') is ["arn", _, "sns", _, _, _]
        && store.Anywhere(TopicSubscriptions.Topic, action) is null;
}
