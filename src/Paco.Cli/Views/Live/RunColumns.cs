namespace Paco.Cli.Views.Live;

/// <summary>Where the columns of a run stand: the same for all its lines, whatever moves at the moment.</summary>
internal sealed class RunColumns
{
    private const int ForTimesAndMarks = 33;
    private const int Roomy = 99;
    private const int Narrow = 60;

    private readonly int _title;
    private readonly int _place;

    /// <param name="width">Columns that may be written in; one less than the terminal has, lest a full line wraps.</param>
    public RunColumns(RunOutline outline, int width, DateTimeOffset began)
    {
        var nodes = outline.Nodes.Where(n => n.HasWork).ToList();
        (Width, Began) = (width, began);
        // One place for all is no news, and its columns make names readable.
        var saysPlace = width >= (nodes.Select(n => n.Where).Distinct().Count() > 1 ? Narrow : Roomy);
        _place = !saysPlace ? 0 : nodes.Select(n => Columns.Of(n.Where) + 1).DefaultIfEmpty().Max();
        var longest = nodes.Select(n => Columns.Of(n.Title)).DefaultIfEmpty().Max();
        _title = Math.Min(Math.Max(longest, 16), Math.Max(16, width - 4 - _place - (width < Narrow ? 16 : ForTimesAndMarks)));
    }

    public int Width { get; }

    /// <summary>When the run began.</summary>
    public DateTimeOffset Began { get; }

    /// <summary>Columns before the times.</summary>
    public int ToTimes => 4 + _title + _place;

    /// <summary>A node's title, as wide as all. Of what is too long the end is kept: it tells siblings apart.</summary>
    public string Title(RunNode node) => Title(node, _title);

    public static string Title(RunNode node, int width) => Columns.Pad(Columns.CutFront(Columns.OneLine(node.Title), width), width);

    /// <summary>Its account and region, where there is room.</summary>
    public string Place(RunNode node) => _place == 0 ? "" : Columns.Pad($" {node.Where}", _place);
}
