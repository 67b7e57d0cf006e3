namespace Paco.Sandbox.Templates.Transforms;

/// <summary>A transform that could not be carried out; the message is what comes after <c>failed with:</c>.</summary>
internal sealed class TransformFailure(string transform, string message) : Exception($"Transform {transform} failed with: {message}");
