using System.Text;

namespace Paco.Cli;

/// <summary>A line typed where nobody sees it, not even how long it is.</summary>
internal static class HiddenLine
{
    private const char EndOfInput = '\u0004';
    private const char EraseLine = '\u0015';

    /// <summary>What was typed up to Enter; null for Ctrl-D before anything else.</summary>
    /// <param name="next">Waits for a key and does not show it.</param>
    public static string? Read(Func<ConsoleKeyInfo> next)
    {
        var line = new StringBuilder();
        while (true)
        {
            var key = next();
            switch (key.Key, key.KeyChar)
            {
                case (ConsoleKey.Enter, _) or (_, '\r' or '\n'):
                    return line.ToString();
                case (_, EndOfInput) when line.Length == 0:
                    return null;
                case (ConsoleKey.Backspace, _) or (_, '\u007F'):
                    line.Length = Math.Max(0, line.Length - 1);
                    break;
                case (_, EraseLine):
                    line.Clear();
                    break;
                case (_, var typed) when !char.IsControl(typed):
                    line.Append(typed);
                    break;
            }
        }
    }
}
