using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;

namespace Paco.Resources.Asg;

/// <summary>
/// What one configuration sets up. cfn-init works through it in this order: packages, groups, users, sources, files, commands, services.
/// </summary>
public sealed class Configuration(Fields f) : Model(f)
{
    public CfnPackages? Packages { get; } = f.Object("packages", "Packages to install.", x => new CfnPackages(x));

    public ImmutableArray<CfnGroup> Groups { get; } = f.Map("groups", "Groups to make.", x => new CfnGroup(x), anyKey: true);

    public ImmutableArray<CfnUser> Users { get; } = f.Map("users", "Users to make.", x => new CfnUser(x), anyKey: true);

    public ImmutableArray<KeyValuePair<string, string>> Sources { get; } =
        f.TextMap("sources", "Folders, each with the address of an archive to unpack there.");

    public ImmutableArray<CfnFile> Files { get; } = f.Map("files", "Files by their paths.", x => new CfnFile(x), anyKey: true);

    public ImmutableArray<CfnCommand> Commands { get; } =
        f.Map("commands", "Commands, run in the order of their names.", x => new CfnCommand(x), anyKey: true);

    public CfnServices? Services { get; } = f.Object("services", "Services to start, and what restarts them.", x => new CfnServices(x));

    protected internal override void Rules(Fields f)
    {
        foreach (var user in Users.Where(u => Groups.Any(g => g.Name == u.Name)))
        {
            f.Report(BindingCodes.BrokenRule, user.Location, $"\"{user.Name}\" is a user and a group of this configuration",
                "cfn-init makes a group of the same name for every user");
        }
        foreach (var (service, command) in (Services?.All ?? []).SelectMany(s => s.Commands.Select(c => (s, c))))
        {
            if (!Commands.Any(c => c.Name == command))
            {
                f.Report(BindingCodes.UnusualValue, service.Location,
                    $"\"{service.Name}\" would restart after the command \"{command}\", which this configuration does not have",
                    Spelling.DidYouMean(command, Commands.Select(c => c.Name)));
            }
        }
    }

    internal MapValue ToValue() => new()
    {
        ["packages"] = Packages?.ToValue(),
        ["groups"] = Named(Groups, g => new MapValue { ["gid"] = Value.Of(g.Gid) }),
        ["users"] = Named(Users, u => u.ToValue()),
        ["sources"] = Named(Sources, s => s.Key, s => s.Value),
        ["files"] = Named(Files, x => x.ToValue()),
        ["commands"] = Named(Commands, c => c.ToValue()),
        ["services"] = Services?.ToValue(),
    };

    internal static MapValue? Named<T>(IEnumerable<T> models, Func<T, Value> value)
        where T : Model => Named(models, m => m.Name, value);

    private static MapValue? Named<T>(IEnumerable<T> items, Func<T, string> name, Func<T, Value> value) =>
        MapValue.Of(items, name, value).OrNothing;
}
