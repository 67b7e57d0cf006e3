using System.Text;
using Paco.Syntax;

namespace Paco.Cli;

/// <summary>What is known of a bug of ours, in a file to report it with. It may hold names of the project, so it is private.</summary>
internal static class CrashFile
{
    private const int Tries = 100;

    /// <summary>Writes a new file into a folder that others may write to; the answer is its path, or null where there is none.</summary>
    public static string? Write(string folder, string text)
    {
        for (var i = 0; i < Tries; i++)
        {
            var path = Path.Combine(folder, $"paco-error-{Environment.ProcessId}{(i == 0 ? "" : $"-{i}")}.txt");
            try
            {
                using var file = PrivateFile.Create(path);
                file.Write(Encoding.UTF8.GetBytes(text));
                return path;
            }
            catch (IOException) when (FileStatus.OfLink(path) is not null)
            {
                // Something stands there already: nothing of somebody else's is written to.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
        return null;
    }
}
