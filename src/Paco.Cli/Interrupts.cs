using System.Runtime.InteropServices;
using Paco.Applying;

// A signal finds no command to ask: what is said about it goes to the process.
#pragma warning disable RS0030

namespace Paco.Cli;

/// <summary>Ctrl-C: the first starts nothing new and waits, the second leaves. Ending signals leave at once.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _first = new();
    private readonly CancellationTokenSource _second = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private volatile bool _isAsking;
    private volatile bool _isRunning;

    public CancellationToken First => _first.Token;

    public bool WasHit => _first.IsCancellationRequested;

    /// <summary>What a command that was stopped ends with: by a person, or by a signal that ends programs.</summary>
    public int ExitCode { get; private set; } = Cli.ExitCode.Interrupted;

    public static Interrupts Listen()
    {
        var interrupts = new Interrupts();
        interrupts._registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, interrupts.OnInterrupt));
        interrupts._registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, interrupts.OnEnd));
        return interrupts;
    }

    /// <summary>Told of the first Ctrl-C instead of the terminal, while something draws there.</summary>
    public Action? Drawing { get; set; }

    /// <summary>A question is on the screen until this is disposed: nothing runs, so signals end the program as any other.</summary>
    public IDisposable Asking() => new Question(this);

    /// <summary>For work that goes on at AWS by itself. Before anybody asks for this, a command only looks.</summary>
    public Cancellation ToStopping()
    {
        _isRunning = true;
        return new Cancellation(_first.Token, _second.Token);
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt()
    {
        if (WasHit)
        {
            _second.Cancel();
        }
        else if (Drawing is { } drawing)
        {
            drawing();
        }
        else
        {
            Console.Error.WriteLine(_isRunning
                ? "\nStopping: nothing new is started, waiting for what runs. Ctrl-C again leaves at once; AWS then goes on by itself."
                : "\nStopping.");
        }
        _first.Cancel();
    }

    /// <summary>Nobody waits for anything any more: Ctrl-D at a question, or an ending signal.</summary>
    public void Leave()
    {
        _first.Cancel();
        _second.Cancel();
    }

    private void OnInterrupt(PosixSignalContext context)
    {
        if (LetsEnd())
            return;
        context.Cancel = true;
        Interrupt();
    }

    private void OnEnd(PosixSignalContext context)
    {
        if (LetsEnd())
            return;
        context.Cancel = true;
        ExitCode = Cli.ExitCode.Terminated;
        Leave();
    }

    // The next prompt of the shell begins on a line of its own.
    private bool LetsEnd()
    {
        if (_isAsking)
            Console.Error.WriteLine();
        return _isAsking;
    }

    private sealed class Question : IDisposable
    {
        private readonly Interrupts _interrupts;

        public Question(Interrupts interrupts)
        {
            _interrupts = interrupts;
            interrupts._isAsking = true;
        }

        public void Dispose() => _interrupts._isAsking = false;
    }
}
