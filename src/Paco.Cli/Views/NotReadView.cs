using System.Text.Json;
using Paco.Project;

namespace Paco.Cli.Views;

/// <summary>What a scope did not need, so that nobody takes a good answer for one about the whole project.</summary>
internal static class NotReadView
{
    public static void Show(Screen screen, Session session)
    {
        if (session.NotRead is { IsEmpty: false } notRead)
            screen.Line($"Not read: {Words(notRead)} ({session.Terminal.Command} validate without a scope checks all).", TextStyle.Dim);
    }

    /// <summary>The member <c>notRead</c>: network environments and environments by their paths; none where there is no project.</summary>
    public static void Json(Utf8JsonWriter json, NotRead? notRead)
    {
        json.Texts("notRead", notRead?.NetworkEnvironments.Concat(notRead.Environments).Select(path => path.Text) ?? []);
    }

    private static string Words(NotRead notRead) =>
        string.Join(", ", new[] { Files(notRead), Environments(notRead) }.OfType<string>());

    private static string? Files(NotRead notRead) => notRead.NetworkEnvironments.Length is > 0 and var count
        ? $"{count:N0} of {PlanView.Plural(notRead.AllNetworkEnvironments, "network environment")}"
        : null;

    private static string? Environments(NotRead notRead)
    {
        if (notRead.Environments is not { Length: > 0 and var count } left)
            return null;
        var files = left.Select(path => path.Parent.Last).Distinct().ToList();
        return $"{count:N0} of {PlanView.Plural(notRead.AllEnvironments, "environment")} of {(files is [var only] ? only : $"{files.Count:N0} others")}";
    }
}
