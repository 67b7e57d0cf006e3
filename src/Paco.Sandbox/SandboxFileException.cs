namespace Paco.Sandbox;

/// <summary>The file named for the sandbox cannot be one, or cannot be used. The message names the file and the way out.</summary>
public sealed class SandboxFileException(string message, Exception? inner = null) : Exception(message, inner);
