using Paco.Applying;
using Paco.Syntax;

namespace Paco.Cli;

/// <summary>Writes what a run found out (an account's id) into the project's files, keeping the rest of the file as it is.</summary>
internal sealed class FoundFields(string home, bool isSandbox)
{
    public void On(ApplyEvent happened)
    {
        // What exists only in the sandbox must not be taken for AWS later.
        if (isSandbox || happened is not FieldFound { Field: var field })
            return;
        var path = Path.Combine(home, field.File);
        var temporary = path + ".new";
        File.WriteAllText(temporary, YamlText.WithTopLevel(File.ReadAllText(path), field.Field, field.Value));
        File.Move(temporary, path, overwrite: true);
    }
}
