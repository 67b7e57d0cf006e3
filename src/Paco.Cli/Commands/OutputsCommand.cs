using System.Collections.Immutable;
using Paco.Cli.Views;
using Paco.Diagnostics;
using Paco.Planning;

namespace Paco.Cli.Commands;

/// <summary><c>paco outputs [SCOPE [NAME]]</c>: the addresses of what is deployed, and its servers. Reads, changes nothing.</summary>
internal static class OutputsCommand
{
    private const string PrivateAddress = "private-address";

    public static async Task<int> Run(Terminal terminal, CloudArguments arguments, string? name, CancellationToken cancel)
    {
        var session = arguments.OpenSession(terminal, mayBeGone: true);
        await using var choice = await CloudChoice.Open(session, arguments, cancel);
        var inventory = await ListCommand.Read(session, choice, everywhere: false, cancel);
        var outputs = await inventory.Outputs(session.Graph, choice.Cloud, cancel);
        var addresses = inventory.Addresses;
        var (servers, unasked) = name is null or PrivateAddress ? await inventory.Servers(session.Graph, choice.Cloud, cancel) : ([], []);
        if (name is not null)
            (outputs, addresses) = Named(outputs, addresses, servers, name);
        var findings = name is null ? unasked.AddRange(await inventory.Findings(session.Graph, choice.Cloud, cancel)) : unasked;
        if (terminal.IsForPrograms)
            terminal.Write(output => ListJson.Write(output, inventory.Scope, outputs, addresses, servers, findings, session.NotRead));
        else if (name is null)
            new OutputsView(terminal.Screen).Show(inventory.Scope, outputs, addresses, servers, findings);
        else
            terminal.Screen.Line(Only(outputs, addresses, servers, name));
        return ExitCode.Success;
    }

    // By its key, or by the end of what references call it: alb.dnsname. An address by what it is: load-balancer; a server's too.
    private static (ImmutableArray<InventoryOutput>, ImmutableArray<KnownAddress>) Named(ImmutableArray<InventoryOutput> all,
        ImmutableArray<KnownAddress> addresses, ImmutableArray<Server> servers, string name)
    {
        ImmutableArray<InventoryOutput> found = [.. all.Where(o => o.Name == name || o.Refs.Any(r => IsMeant(r.Text, name)))];
        ImmutableArray<KnownAddress> reached = [.. addresses.Where(a => Words(a) == name)];
        return found.IsEmpty && reached.IsEmpty && servers.IsEmpty
            ? throw new CommandError($"nothing that is deployed here has an output {name}",
                Spelling.DidYouMean(name, all.SelectMany(Names).Concat(addresses.Select(Words)).Append(PrivateAddress))
                    ?? "paco outputs SCOPE shows what there is")
            : (found, reached);
    }

    private static string Words(KnownAddress address) => address.Address.Name.Replace(' ', '-').ToLowerInvariant();

    private static bool IsMeant(string reference, string name) =>
        reference == name || reference.EndsWith($".{name}", StringComparison.Ordinal);

    private static IEnumerable<string> Names(InventoryOutput output) =>
        output.Refs.Select(r => string.Join('.', r.Parts.TakeLast(2))).Concat(output.Refs.Select(r => r.Last)).Prepend(output.Name);

    // Scripts take one value or none: of several nobody knows which was meant.
    private static string Only(ImmutableArray<InventoryOutput> outputs, ImmutableArray<KnownAddress> addresses,
        ImmutableArray<Server> servers, string name) =>
        outputs.Select(o => o.Value).Concat(addresses.Select(a => a.Value)).Concat(servers.Select(s => s.PrivateAddress ?? "")).Distinct()
            .ToList() switch
        {
            [{ } value] => value,
            [null] => throw new CommandError($"{name} is secret, and is not shown", "the AWS console or the AWS CLI shows it"),
            var several => throw new CommandError($"{several.Count} values are called {name}", "name one with a longer scope or name: "
                + string.Join(", ", outputs.Select(Longer).Concat(addresses.Select(a => $"{a.Address.Ref} {name}"))
                    .Concat(servers.Select(s => $"{s.Group.Ref} {name}")).Distinct().Take(8))),
        };

    private static string Longer(InventoryOutput output) =>
        output.Refs is [var first, ..] ? first.Text : $"{output.Stack.Ref} {output.Name}";
}
