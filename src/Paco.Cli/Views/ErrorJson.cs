using System.Text.Json;

namespace Paco.Cli.Views;

/// <summary>Why a command did not go on.</summary>
internal enum ErrorKind
{
    /// <summary>The command line is not understood.</summary>
    CommandLine,

    /// <summary>A sentence of ours: a scope that is not there, a permission that was not given.</summary>
    Refused,

    /// <summary>The cloud's answer.</summary>
    Cloud,

    /// <summary>A file that cannot be read or written.</summary>
    Files,

    /// <summary>Ctrl-C, before anything was changed.</summary>
    Stopped,

    /// <summary>A bug of ours.</summary>
    Internal,
}

/// <summary>The same sentence that people read, as a document for the program that asked.</summary>
internal static class ErrorJson
{
    public static void Write(Stream output, ErrorKind kind, string message, string? hint)
    {
        using var json = new Utf8JsonWriter(output, JsonFields.OneLine);
        json.Begin("error");
        json.WriteString("kind", JsonWords.Of(kind));
        json.WriteString("message", message);
        json.Optional("hint", hint);
        json.WriteEndObject();
    }
}
