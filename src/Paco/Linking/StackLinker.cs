using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Linking;

/// <summary>Puts what references lead to into one stack's template: a value of its own, a Ref, or a parameter.</summary>
internal sealed class StackLinker
{
    private readonly Stack _stack;
    private readonly Func<Ref, Source?> _find;
    private readonly List<Parameter> _parameters;

    // Made once, not at each of thousands of values.
    private readonly Func<Value, Value> _link;

    /// <param name="find">What a reference of the stack leads to; null for what leads nowhere, which is reported.</param>
    public StackLinker(Stack stack, Func<Ref, Source?> find)
    {
        (_stack, _find, _link) = (stack, find, Link);
        _parameters = [.. from parameter in stack.Parameters
                          let source = parameter.Source.Linked(find)
                          where source is not null
                          select parameter with { Source = source }];
    }

    public Stack Linked()
    {
        var declared = _parameters.Count;
        var template = _stack.Template with { Resources = [.. _stack.Template.Resources.Select(Link)] };
        return _stack with
        {
            Parameters = [.. _parameters],
            Template = template with { Parameters = [.. template.Parameters, .. _parameters.Skip(declared).Select(p => p.Declaration)] },
        };
    }

    // Most of a template refers to nothing: that is handed on as it is.
    private Resource Link(Resource resource)
    {
        var (properties, metadata) = (resource.Properties.Change(_link), resource.Metadata?.Change(_link));
        return ReferenceEquals(properties, resource.Properties) && ReferenceEquals(metadata, resource.Metadata)
            ? resource
            : resource with { Properties = properties, Metadata = metadata };
    }

    private Value Link(Value value) => value switch
    {
        InputValue input => LinkInput(input.Reference),
        FunctionValue function => Link(function.Argument) is var argument && ReferenceEquals(argument, function.Argument)
            ? function
            : function with { Argument = argument },
        ListValue list => list.Change(_link),
        MapValue map => map.Change(_link),
        _ => value,
    };

    private Value LinkInput(Ref reference)
    {
        reference = Linker.Placeholders(reference, _stack.Id, _stack.Ref);
        if (_find(reference) is not { } source)
            return "";
        if (source.Within(_stack) is { } value)
            return value;
        var name = $"Input{Names.Camel(reference.Path.Parts[^2..])}{Names.ShortHash(reference.Path)}";
        if (!_parameters.Exists(p => p.Name == name))
            _parameters.Add(new Parameter(name, "String", source));
        return SharedValues.Ref(name);
    }
}
