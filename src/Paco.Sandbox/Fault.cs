namespace Paco.Sandbox;

/// <summary>
/// Something the cloud does wrong on purpose. Globs know <c>*</c> and <c>?</c>; operations read <c>cloudformation:CreateStack</c>.
/// Calls are counted from the moment the cloud is opened.
/// </summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>A resource fails, as often as <paramref name="Times"/> says.</summary>
    /// <param name="StackGlob">Stack names.</param>
    /// <param name="LogicalId">The resource's logical id, or a glob.</param>
    /// <param name="Reason">The words of the failed event.</param>
    /// <param name="On">Only when it is made, changed or deleted; null for whichever comes.</param>
    public sealed record FailResource(string StackGlob, string LogicalId, string Reason, int Times = 1, ResourceAction? On = null) : Fault;

    /// <summary>Every nth matching call answers <c>Throttling</c> (<c>Rate exceeded</c>) and does nothing.</summary>
    public sealed record Throttle(string OperationGlob, int EveryNth) : Fault;

    /// <summary>The nth matching call loses its connection.</summary>
    /// <param name="AfterEffect">True: the call does its work and only the answer is lost.</param>
    public sealed record DropConnection(string OperationGlob, int Nth, bool AfterEffect = false) : Fault;

    /// <summary>The nth call finds its token expired. A key that AssumeRole handed out stays expired.</summary>
    public sealed record ExpireToken(int Nth) : Fault;

    /// <summary>
    /// When the nth stack event since opening is recorded, the cloud stops as if its program were killed: that call and all
    /// later ones lose their connection, <see cref="LocalCloud.Stopped"/> is cancelled, and operations stand where they are until the
    /// file is opened again.
    /// </summary>
    public sealed record StopAt(int Event) : Fault;
}
