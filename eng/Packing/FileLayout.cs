using System.Text;

namespace Paco.Eng.Packing;

/// <summary>
/// Lays a file out as src/Paco/CloudFormation/PackedFile.cs reads it: header, index, parts. The same things make the same bytes.
/// </summary>
internal static class FileLayout
{
    private const int HeaderLength = 20;
    private const int IndexEntryLength = 8;

    /// <param name="word">Twelve letters that tell what it holds.</param>
    public static byte[] Of<T>(string word, SortedDictionary<string, T> things, Func<T, PackedParts, byte[]> pack)
    {
        var parts = new PackedParts(HeaderLength + IndexEntryLength * things.Count);
        int[] index = [.. things.SelectMany(thing => new[] { parts.Text(thing.Key), parts.Place(pack(thing.Value, parts)) })];
        return [.. Encoding.ASCII.GetBytes(word), .. PartWriter.Fixed([parts.End, things.Count, .. index]), .. parts.ToArray()];
    }
}
