using System.Text;
using Paco.Stacks;

namespace Paco.Cli;

/// <summary>Writes what is shown once into files of their own instead, readable by their owner alone from the first byte.</summary>
internal sealed class SecretFiles(string directory)
{
    public string Write(Reveal reveal)
    {
        var path = Path.Combine(directory, reveal.FileName);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(reveal.Value.Reveal()));
        return path;
    }

    /// <summary>Makes sure, before anything is made, that the secrets will find a place.</summary>
    public static SecretFiles Prepare(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            var probe = Path.Combine(directory, $".paco-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new SecretFiles(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandError($"{directory} cannot be written: {e.Message}", "nothing was changed");
        }
    }
}
