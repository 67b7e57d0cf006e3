using System.Collections.Immutable;
using System.Text;

namespace Paco.Package;

/// <summary>Whose work is in what is handed out, under which terms; with every text those terms ask to be passed on.</summary>
internal static class Notices
{
    private const string Line = "\n------------------------------------------------------------------------\n\n";

    public static string Of(string what, ImmutableArray<LinkedPackage> packages, ImmutableArray<EmbeddedData> data)
    {
        var text = new StringBuilder($"Third-party notices of Paco, {what}\n\n");
        text.Append("Paco itself is under the MIT licence, in the file LICENSE. It is made with what follows.\n");
        foreach (var package in packages)
            text.Append(Line).Append(Entry(package));
        foreach (var item in data)
            text.Append(Line).Append($"{item.Name} {item.Version} (data)\n{item.Copyright}\nLicence: {item.Licence}\n");
        var licences = packages.Select(p => p.Licence).OfType<string>().Concat(data.Select(d => d.Licence));
        foreach (var licence in licences.Distinct().Order(StringComparer.Ordinal))
            text.Append(Line).Append($"The licence {licence}\n\n{Licence(licence)}");
        return text.ToString();
    }

    private static string Entry(LinkedPackage package)
    {
        var entry = new StringBuilder($"{package.Id} {package.Version}\n{package.Copyright}\n");
        if ((package.Page ?? package.Sources) is { } page)
            entry.Append(page).Append('\n');
        entry.Append(package.Licence is { } licence ? $"Licence: {licence}\n" : $"Licence:\n\n{package.LicenceText.Trim()}\n");
        if (package.OwnNotices is { Length: > 0 } notices)
            entry.Append($"\nIts own notices:\n\n{notices}\n");
        return entry.ToString();
    }

    private static string Licence(string name)
    {
        using var stream = typeof(Notices).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"a package is under {name}, whose text is not in eng/Package/licences");
        return new StreamReader(stream).ReadToEnd();
    }
}
