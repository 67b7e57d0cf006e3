using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Resources.Asg;

/// <summary>What cfn-init does on a new instance. It becomes metadata of the launch template.</summary>
public sealed class CfnInit(Fields f) : Model(f)
{
    public ImmutableArray<Variable> Parameters { get; } = Variable.ReadAll(f,
        f.Structure("parameters", "Values for the `${…}` in files: text, numbers, references."), "parameters", AsgParameters.Own);

    public ImmutableArray<ConfigSet> ConfigSets { get; } =
        ConfigSet.ReadAll(f, f.Raw("config_sets", "Sets of configurations by name, each a list in the order they run."));

    public Configurations Configurations { get; } =
        f.Always("configurations", "Packages, files, commands and services by name.", x => new Configurations(x));

    protected internal override void Rules(Fields f)
    {
        foreach (var item in ConfigSets.SelectMany(s => s.Items))
            CheckItem(f, item);
        string[] parameters = [.. Parameters.Select(p => p.Name)];
        foreach (var file in Configurations.All.SelectMany(c => c.Files))
            file.CheckNames(f, parameters);
    }

    /// <summary>Declares the parameters, all of them, so that files can name them.</summary>
    internal void Declare(StackBuilder stack)
    {
        foreach (var parameter in Parameters)
            stack.Input(parameter.Name, parameter.Source, parameter.Type);
    }

    internal MapValue ToValue()
    {
        var sets = MapValue.Of(ConfigSets, s => s.Name,
            s => Value.List(s.Items.Select(i => i.IsSet ? new MapValue { ["ConfigSet"] = i.Name } : (Value)i.Name)));
        var configurations = MapValue.Of(Configurations.All, c => c.Name, c => c.ToValue());
        return new MapValue { ["AWS::CloudFormation::Init"] = MapValue.Of(configurations.Prepend(new("configSets", sets))) };
    }

    private void CheckItem(Fields f, ConfigSetItem item)
    {
        var known = item.IsSet ? ConfigSets.Select(s => s.Name) : Configurations.All.Select(c => c.Name);
        if (!known.Contains(item.Name))
        {
            f.Report(BindingCodes.BrokenRule, item.Location, $"there is no {(item.IsSet ? "set" : "configuration")} \"{item.Name}\"",
                Spelling.DidYouMean(item.Name, known));
        }
    }
}

/// <summary>The configurations by name.</summary>
public sealed class Configurations(Fields f) : Model(f)
{
    public ImmutableArray<Configuration> All { get; } = f.Rest("A configuration.", x => new Configuration(x));
}

/// <summary>Configurations in the order they run, under a name that <c>launch_options.cfn_init_config_sets</c> gives.</summary>
public sealed record ConfigSet(string Name, ImmutableArray<ConfigSetItem> Items)
{
    internal static ImmutableArray<ConfigSet> ReadAll(Fields f, Node? node) =>
        [.. Variable.EntriesOf(f, node, "config_sets").Select(e => new ConfigSet(e.Key, ReadItems(f, e)))];

    private static ImmutableArray<ConfigSetItem> ReadItems(Fields f, Entry entry)
    {
        if (entry.Value is ListNode list)
            return [.. list.Items.Select(item => ReadItem(f, item)).OfType<ConfigSetItem>()];
        f.Report(BindingCodes.WrongType, entry.Value.Location,
            $"the set \"{entry.Key}\" takes a list of configurations, got {entry.Value.Kind}");
        return [];
    }

    private static ConfigSetItem? ReadItem(Fields f, Node node)
    {
        switch (node)
        {
            case ScalarNode { Tag: null, IsNull: false } scalar:
                return new ConfigSetItem(scalar.Value, node.Location, IsSet: false);
            case MapNode { Entries: [{ Key: "ConfigSet", Value: ScalarNode set }] }:
                return new ConfigSetItem(set.Value, set.Location, IsSet: true);
            default:
                f.Report(BindingCodes.WrongType, node.Location, $"expected the name of a configuration, got {node.Kind}");
                return null;
        }
    }
}

/// <summary>A configuration, or another set.</summary>
public sealed record ConfigSetItem(string Name, Location Location, bool IsSet);
