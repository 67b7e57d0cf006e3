using Paco.Aws;
using Paco.Cli.Commands;
using Paco.Cli.Views;

namespace Paco.Cli;

/// <summary>Signing in with somebody at the terminal. Questions go where they are read, also where the output goes elsewhere.</summary>
internal sealed class TerminalDialog : ISignInDialog
{
    private readonly Terminal _terminal;

    private TerminalDialog(Terminal terminal) =>
        _terminal = terminal.IsOutTerminal ? terminal : terminal with { IsForPrograms = true };

    /// <summary>Null where nobody types: then nobody can be asked.</summary>
    public static TerminalDialog? Of(Terminal terminal) => terminal.IsInTerminal ? new TerminalDialog(terminal) : null;

    /// <summary>While a run draws on the screen no question is read there.</summary>
    public bool IsListening => _terminal.Interrupts?.Drawing is null;

    public string AskMfaCode(MfaQuestion question)
    {
        if (question.Before is { } before)
            _terminal.Screen.Line(before, TextStyle.Yellow);
        return Prompt.Ask(_terminal, $"MFA code of {question.Serial}", null,
            code => code.Length == 6 && code.All(char.IsAsciiDigit) ? null : "six digits, as the device shows them");
    }

    public IDisposable ShowDevice(DeviceSignIn device)
    {
        var screen = _terminal.Screen;
        screen.Composed($"{screen.Styled("Sign in to", TextStyle.Bold)} {screen.Styled(device.Name, TextStyle.Bold)}");
        screen.Line($"  address  {device.Address}");
        screen.Composed($"  code     {screen.Styled(device.UserCode, TextStyle.Bold)}");
        screen.Line(Browser.Open(_terminal, device.AddressWithCode)
            ? "  A browser was opened there: compare the code, and allow it."
            : $"  Open it in any browser; with the code filled in: {device.AddressWithCode}");
        screen.Line($"Waiting until it is allowed, {device.GoodFor.TotalMinutes:0} min at most. Ctrl-C leaves.", TextStyle.Dim);
        screen.Flush();
        return _terminal.Interrupts?.Asking() ?? NothingToEnd.Only;
    }

    private sealed class NothingToEnd : IDisposable
    {
        public static readonly NothingToEnd Only = new();

        public void Dispose()
        {
        }
    }
}
