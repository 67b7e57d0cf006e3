using System.Runtime.InteropServices;
using System.Text;

// It is the process's console that is spoken to.
#pragma warning disable RS0030

namespace Paco.Cli;

/// <summary>
/// What a console of Windows has to be told before it is a terminal as others are. Where it cannot be told, a view writes as to a file:
/// codes for colours would stand there as text.
/// </summary>
internal static class WindowsConsole
{
    private const int Output = -11;
    private const int Errors = -12;
    private const uint UnderstandsCodes = 0x0004;

    /// <summary>Text is UTF-8 in both directions, and codes are understood. The answer is whether they are.</summary>
    public static bool Prepare()
    {
        if (!OperatingSystem.IsWindows())
            return true;
        Console.InputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return (Console.IsOutputRedirected || Understands(Output)) && (Console.IsErrorRedirected || Understands(Errors));
    }

    private static bool Understands(int stream)
    {
        var handle = GetStdHandle(stream);
        return GetConsoleMode(handle, out var mode)
            && ((mode & UnderstandsCodes) != 0 || SetConsoleMode(handle, mode | UnderstandsCodes));
    }

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint GetStdHandle(int stream);

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetConsoleMode(nint handle, out uint mode);

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetConsoleMode(nint handle, uint mode);
}
