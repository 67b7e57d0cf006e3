using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Paco.Aws.Wire;
using Paco.Diagnostics;

// The one program that somebody's profile names, and none of ours.
#pragma warning disable RS0030

namespace Paco.Aws.SignIn;

/// <summary>
/// Keys that a program prints, which a profile names as <c>credential_process</c>. Source: AWS SDKs and Tools Reference Guide, "Process
/// credential provider".
/// </summary>
internal sealed class ProcessKeys(string profile, string command, TimeProvider clock) : CredentialSource
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public override string Name => $"the profile {profile}";

    public override async Task<AwsKeys> Fetch(CancellationToken cancel)
    {
        var start = Shell(command, OperatingSystem.IsWindows());
        try
        {
            using var process = Process.Start(start)!;
            using var patience = new CancellationTokenSource(Patience, clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
            await using var killed = both.Token.UnsafeRegister(_ => Kill(process), null);
            var printed = await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return process.ExitCode == 0 ? Read(printed)
                : throw Conversation.Blocked($"The credential_process of the profile {profile} ended with exit code {process.ExitCode}.");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw Conversation.Blocked($"The credential_process of the profile {profile} cannot be started: {e.Message}");
        }
    }

    /// <summary>
    /// A command as its shell reads it. That of Windows knows no quotes within an argument: it takes the outermost two off and the rest as
    /// it is. What it says besides the keys goes to the person: it may ask for something.
    /// </summary>
    internal static ProcessStartInfo Shell(string command, bool isWindows)
    {
        var start = isWindows
            ? new ProcessStartInfo("cmd.exe", $"/d /s /c \"{command}\"")
            : new ProcessStartInfo("/bin/sh", ["-c", command]);
        start.RedirectStandardOutput = true;
        return start;
    }

    private AwsKeys Read(string printed)
    {
        try
        {
            using var document = JsonDocument.Parse(printed);
            var root = document.RootElement;
            return new AwsKeys(
                root.Need("AccessKeyId"),
                new Secret(root.Need("SecretAccessKey")),
                root.Text("SessionToken") is { } token ? new Secret(token) : null,
                root.Text("Expiration") is { } until
                    ? DateTimeOffset.Parse(until, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
                    : null);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw Conversation.Blocked(
                $"The credential_process of the profile {profile} printed no keys in the form it should (Version, AccessKeyId, SecretAccessKey); what it printed is not shown.");
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
