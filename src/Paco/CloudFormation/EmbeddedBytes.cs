using System.Buffers;
using System.Text;

namespace Paco.CloudFormation;

/// <summary>
/// The bytes of an embedded resource where they lie: in the program's own file, which the system has mapped into memory. Nothing is copied,
/// and what nobody reads is never fetched from the disk.
/// </summary>
/// <remarks>
/// The one place with a pointer. An assembly's resources stay where they are for as long as the process lives, so that it is never freed.
/// </remarks>
internal sealed unsafe class EmbeddedBytes : MemoryManager<byte>
{
    private readonly byte* _start;
    private readonly int _length;

    private EmbeddedBytes(UnmanagedMemoryStream stream)
    {
        _start = stream.PositionPointer;
        _length = checked((int)stream.Length);
    }

    public static ReadOnlyMemory<byte> Of(string resource)
    {
        var stream = typeof(EmbeddedBytes).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly carries no {resource}.");
        return stream is UnmanagedMemoryStream mapped ? new EmbeddedBytes(mapped).Memory : Copy(stream);
    }

    /// <summary>The same as text.</summary>
    public static string Text(string resource) => Encoding.UTF8.GetString(Of(resource).Span);

    public override Span<byte> GetSpan() => new(_start, _length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }

    private static ReadOnlyMemory<byte> Copy(Stream stream)
    {
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
