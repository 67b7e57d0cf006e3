// Makes what is handed out of what was built, and says what is in it. eng/package calls it:
//   archive REPOSITORY NATIVE OUT    the archive of the program that ./native built, its bill of materials, and SHA256SUMS
//   notices REPOSITORY DEPS OUT      the notices of the packages beside the tool, by its Paco.Cli.deps.json
using Paco.Package;

// A program of the house: its lines are for whoever runs it.
#pragma warning disable RS0030

try
{
    var (kind, repository, from, to) = (args[0], args[1], args[2], args[3]);
    switch (kind)
    {
        case "archive":
            Archive.Make(repository, new NativeBuild(from), to).ForEach(Console.WriteLine);
            break;
        case "notices":
            File.WriteAllText(to, Notices.Of("the tool of .NET", LinkedPackage.OfDependencies(from), EmbeddedData.Of(repository)));
            break;
        default:
            throw new InvalidDataException($"there is nothing called {kind} to make");
    }
    return 0;
}
catch (Exception e) when (e is InvalidDataException or IOException)
{
    Console.Error.WriteLine($"eng/package: {e.Message}");
    return 1;
}
