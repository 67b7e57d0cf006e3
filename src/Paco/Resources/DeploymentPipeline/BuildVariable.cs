using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>A variable that a build's commands find in their environment.</summary>
public sealed class BuildVariable(Fields f) : Model(f)
{
    private const string SecretField = "secret";
    private const string ParameterField = "parameter";
    private const string KeyField = "json_key";

    private static readonly Check VariableName =
        Check.Matching("letters, digits and _, beginning with a letter or _, and not with CODEBUILD_",
            "^(?!CODEBUILD_)[A-Za-z_][A-Za-z0-9_]*$");

    public string Variable { get; } = f.RequiredText("name", "Its name. Those that begin with `CODEBUILD_` are CodeBuild's.", VariableName);

    public RefOrText? Text { get; } =
        f.RefOrText("value", "What it holds, for everybody to see who may see the project: text, or an output of another object.");

    public Ref? Secret { get; } = f.Ref(SecretField, "Instead: the secret whose value it has. The project's role may read it.", "Secret");

    public string? JsonKey { get; } = f.Text(KeyField, "The key of the secret's JSON object whose value it has.");

    public string? Parameter { get; } = f.Text(ParameterField,
        "Instead: the name of the parameter of Systems Manager whose value it has. The project's role may read it.",
        Check.Matching("the name of a parameter, such as /shop/token", "^[A-Za-z0-9_./-]+$"));

    protected internal override void Rules(Fields f)
    {
        var given = new[] { "value", SecretField, ParameterField }.Where(f.Has).ToList();
        if (given.Count > 1)
            f.Broken(given[1], $"a variable has one of \"value\", \"{SecretField}\" and \"{ParameterField}\"");
        else if (given.Count == 0)
            f.Lacks("name", $"the variable {Variable} needs \"value\", \"{SecretField}\" or \"{ParameterField}\"");
        if (JsonKey is not null && Secret is null)
            f.Broken(KeyField, $"\"{KeyField}\" is about a \"{SecretField}\"");
    }

    internal MapValue ToValue(StackBuilder stack, Func<Ref, Value> secretArn) => new()
    {
        ["Name"] = Variable,
        ["Type"] = Value.Of(Secret is not null ? "SECRETS_MANAGER" : Parameter is not null ? "PARAMETER_STORE" : null),
        ["Value"] = Secret is { } secret ? JsonKey is { } key ? Fn.Concat(secretArn(secret), $":{key}") : secretArn(secret)
            : Parameter ?? (Text is { } text ? stack.RefOrText($"Variable{Names.LogicalId(Variable)}", text) : ""),
    };
}
