using System.Collections.Immutable;
using System.CommandLine;
using System.Runtime.InteropServices;

namespace Paco.Cli;

/// <summary>
/// On Linux .NET takes its cryptography from the system's OpenSSL, and ends the process at the first hash where there is none, with half a
/// sentence. So a command looks first. Elsewhere the system itself has it.
/// </summary>
internal sealed class OpenSsl(Func<string, bool> isFile, Func<string, bool> loads)
{
    private const string Current = "libssl.so.3";

    // Where distributions have it, so that a command which hashes nothing does not load it.
    private static readonly ImmutableArray<string> Folders =
    [
        "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib", "/lib",
    ];

    /// <summary>The names that .NET tries, but for one that CLR_OPENSSL_VERSION_OVERRIDE says.</summary>
    private static readonly ImmutableArray<string> Names = [Current, "libssl.so.1.1", "libssl.so.11", "libssl.so.1.1.1", "libssl.so"];

    public static OpenSsl OfSystem { get; } = new(File.Exists, name => NativeLibrary.TryLoad(name, out _));

    /// <param name="version">The version that .NET was told to take, where it was.</param>
    public bool IsMissing(string? version) =>
        !Folders.Any(folder => isFile($"{folder}/{Current}"))
        && !Names.Any(loads)
        && !(version is { Length: > 0 } && loads($"libssl.so.{version}"));

    /// <summary>False for a command that only says what it knows, some of them at every key.</summary>
    public static bool IsUsedBy(Command command) => command.Name is not ("help" or "completion" or "complete");

    /// <summary>Stops a command that would not come far.</summary>
    public static void Require(Terminal terminal)
    {
        if (OperatingSystem.IsLinux() && OfSystem.IsMissing(terminal.Environment("CLR_OPENSSL_VERSION_OVERRIDE")))
        {
            throw new CommandError("OpenSSL is not installed (libssl.so.3), and everything that signs or hashes needs it",
                "Debian and Ubuntu have it as libssl3, Fedora as openssl-libs; for AWS also ca-certificates");
        }
    }
}
