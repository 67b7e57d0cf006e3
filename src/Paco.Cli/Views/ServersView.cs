using System.Collections.Immutable;
using System.Text.Json;
using Paco.Planning;

namespace Paco.Cli.Views;

/// <summary>The servers there are: which, where, at which address, and the lines that lead to them.</summary>
internal sealed class ServersView(Screen screen)
{
    public void Show(ImmutableArray<Server> servers)
    {
        foreach (var ofGroup in servers.GroupBy(s => s.Group))
        {
            var title = screen.Styled($"{ofGroup.First().Title} servers", TextStyle.Bold);
            screen.Composed($"{title}  {screen.Styled(ofGroup.Key.Node.Place.ToString(), TextStyle.Dim)}");
            foreach (var server in ofGroup)
                Show(server);
        }
    }

    private void Show(Server server)
    {
        var address = server.PrivateAddress ?? "no address";
        screen.Line($"  {address,-15}  {server.Id}  {server.AvailabilityZone}  {server.State}");
        foreach (var way in server.Ways)
            screen.Lines($"    {way.Command}");
    }

    public static void Json(Utf8JsonWriter json, ImmutableArray<Server> servers)
    {
        json.WriteStartArray("servers");
        foreach (var server in servers)
        {
            json.WriteStartObject();
            json.NodeInFull(server.Group.Node, server.Title, server.Group.Ref);
            json.WriteString("id", server.Id);
            json.WriteString("availabilityZone", server.AvailabilityZone);
            json.WriteString("state", server.State);
            json.Optional("privateAddress", server.PrivateAddress);
            json.Optional("publicAddress", server.PublicAddress);
            json.WriteStartArray("ways");
            foreach (var way in server.Ways)
            {
                json.WriteStartObject();
                json.WriteString("by", JsonWords.Of(way.Kind));
                json.Optional("through", way.Through?.Ref.Text);
                json.WriteString("command", way.Command);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
