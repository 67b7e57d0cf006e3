namespace Paco.Syntax;

/// <summary>Where a path really leads, with every link on the way followed as the system follows them.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <param name="path">An absolute path; what is not there stands for itself.</param>
    public static string Of(string path)
    {
        var (real, left, links) = (Path.GetPathRoot(path)!, new Stack<string>(), 0);
        Push(path);
        while (left.TryPop(out var part))
        {
            var next = Path.Combine(real, part);
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
            }
            else if (links < MostLinks && new FileInfo(next).LinkTarget is { } target)
            {
                links++;
                real = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : real;
                Push(target);
            }
            else
            {
                real = next;
            }
        }
        return real;

        void Push(string written)
        {
            foreach (var part in written[Path.GetPathRoot(written)!.Length..].Split(Path.DirectorySeparatorChar).Reverse())
            {
                if (part is not ("" or "."))
                    left.Push(part);
            }
        }
    }
}
