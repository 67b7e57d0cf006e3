using System.Text;
using Paco.Cli.Views;

namespace Paco.Cli;

/// <summary>
/// A stream of the process that somebody may have closed, or whose disk is full. What cannot be written is let go, once and for all: a run
/// does not stop half way because nobody reads how far it is.
/// </summary>
internal sealed class OutputWriter(TextWriter inner) : TextWriter
{
    private bool _isLost;

    public override Encoding Encoding => inner.Encoding;

    /// <summary>Why there is less than there should be; null where all was written, or nobody reads any more.</summary>
    private string? Failure { get; set; }

    /// <summary>What a process ends with that would end with a code, had all been written.</summary>
    public int Ended(int code, TextWriter error)
    {
        if (Failure is null)
            return code;
        error.WriteLine($"error: not all of the output could be written: {Screen.Clean(Failure)}");
        return code == ExitCode.Success ? ExitCode.Failure : code;
    }

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        if (_isLost)
            return;
        try
        {
            write();
        }
        catch (UnauthorizedAccessException)
        {
            // The descriptor is closed: whoever called wants no output.
            _isLost = true;
        }
        catch (IOException e)
        {
            (_isLost, Failure) = (true, e.Message);
        }
    }
}
