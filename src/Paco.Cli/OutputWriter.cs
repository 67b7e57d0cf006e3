using System.Text;
using Paco.Cli.Views;

namespace Paco.Cli;

/// <summary>
/// A stream of the process that somebody may have closed, or whose disk is full. What cannot be written is let go, once and for all: a run
/// does not stop half way because nobody reads how far it is. Lines end in the same byte on every system.
/// </summary>
internal sealed class OutputWriter : TextWriter
{
    private readonly TextWriter _inner;
    private bool _isLost;

    // Why there is less than there should be; null where all was written, or nobody reads any more.
    private string? _failure;

    private OutputWriter(TextWriter inner) => (_inner, inner.NewLine, NewLine) = (inner, "\n", "\n");

    /// <summary>A stream of the process, which may be closed before it is asked for.</summary>
    public static OutputWriter Of(Func<TextWriter> stream)
    {
        try
        {
            return new OutputWriter(stream());
        }
        catch (Exception e) when (IsClosed(e))
        {
            return new OutputWriter(Null);
        }
    }

    public override Encoding Encoding => _inner.Encoding;

    /// <summary>What a process ends with that would end with a code, had all been written.</summary>
    public int Ended(int code, TextWriter error)
    {
        if (_failure is null)
            return code;
        error.WriteLine($"error: not all of the output could be written: {Screen.Clean(_failure)}");
        return code == ExitCode.Success ? ExitCode.Failure : code;
    }

    public override void Write(char value) => Try(() => _inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => _inner.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => _inner.Write(value));

    public override void WriteLine(string? value) => Try(() => _inner.WriteLine(value));

    public override void Flush() => Try(_inner.Flush);

    private void Try(Action write)
    {
        if (_isLost)
            return;
        try
        {
            write();
        }
        catch (Exception e) when (IsClosed(e))
        {
            _isLost = true;
        }
        catch (IOException e)
        {
            (_isLost, _failure) = (true, e.Message);
        }
    }

    /// <summary>
    /// Whoever called wants no output (a closed descriptor, which .NET takes for a denied permission), or has read enough: EPIPE, or on
    /// Windows ERROR_BROKEN_PIPE and ERROR_NO_DATA.
    /// </summary>
    internal static bool IsClosed(Exception e) => e is UnauthorizedAccessException
        || (e is IOException && (unchecked((uint)e.HResult) is 32 or 0x8007006D or 0x800700E8
            || e.Message.Contains("Broken pipe", StringComparison.OrdinalIgnoreCase)));
}
