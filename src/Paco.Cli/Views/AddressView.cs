using System.Collections.Immutable;
using System.Text.Json;
using Paco.Planning;

namespace Paco.Cli.Views;

/// <summary>How people reach what there is: of what, what it is, and the value whole, since it is there to be copied.</summary>
internal sealed class AddressView(Screen screen)
{
    private const int LongestTitle = 40;

    public void Show(ImmutableArray<KnownAddress> addresses)
    {
        if (addresses.IsEmpty)
            return;
        var title = addresses.Select(a => a.Title.Length).Where(n => n <= LongestTitle).DefaultIfEmpty(0).Max();
        var name = addresses.Max(a => a.Address.Name.Length);
        foreach (var address in addresses)
        {
            var label = $"{address.Title.PadRight(title)}  {address.Address.Name.PadRight(name)}";
            if (label.Length + 4 + address.Value.Length <= screen.Width)
            {
                screen.Line($"  {label}  {address.Value}");
                continue;
            }
            screen.Line($"  {label.TrimEnd()}");
            screen.Lines($"    {address.Value}");
        }
    }

    public static void Json(Utf8JsonWriter json, ImmutableArray<KnownAddress> addresses)
    {
        json.WriteStartArray("addresses");
        foreach (var (address, title, value) in addresses)
        {
            json.WriteStartObject();
            json.NodeInFull(address.Node, title, address.Ref);
            json.WriteString("what", address.Name);
            json.WriteString("value", value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
