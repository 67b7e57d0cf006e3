using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Paco.Architecture.Tests;

/// <summary>A place in a source that uses a symbol: which one, and the files it is declared in.</summary>
internal sealed record SymbolUse(SyntaxTree Tree, int Line, ISymbol Symbol, IReadOnlyList<SyntaxTree> Declared);

/// <summary>
/// Every use of a symbol of the project in one of its files, as the compiler resolves it. It is not looked at how something is written,
/// so no spelling hides a use; nor need it be written at all: an inferred type counts, and a method that <c>foreach</c> finds.
/// </summary>
internal sealed class SymbolUses(SemanticModel model)
{
    private readonly List<SymbolUse> _uses = [];
    private readonly List<string> _unknown = [];
    private int _line;

    /// <summary>Types that could not be resolved: their uses would be missed.</summary>
    public IReadOnlyList<string> Unknown => _unknown;

    public static SymbolUses In(CSharpCompilation compilation, SyntaxTree tree) => new(compilation.GetSemanticModel(tree));

    public IReadOnlyList<SymbolUse> All()
    {
        foreach (var node in model.SyntaxTree.GetRoot().DescendantNodes())
        {
            _line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            foreach (var symbol in Symbols(node))
                Add(symbol);
        }
        return _uses;
    }

    private IEnumerable<ISymbol?> Symbols(SyntaxNode node)
    {
        var named = model.GetSymbolInfo(node);
        var type = model.GetTypeInfo(node);
        return [named.Symbol, .. named.CandidateSymbols, type.Type, type.ConvertedType, .. Unwritten(node)];
    }

    /// <summary>What C# calls without a name for it.</summary>
    private ISymbol?[] Unwritten(SyntaxNode node) => node switch
    {
        CommonForEachStatementSyntax each when model.GetForEachStatementInfo(each) is var info =>
            [info.GetEnumeratorMethod, info.MoveNextMethod, info.CurrentProperty, info.DisposeMethod, info.ElementType],
        AwaitExpressionSyntax await => [model.GetAwaitExpressionInfo(await).GetAwaiterMethod],
        AssignmentExpressionSyntax assignment => [model.GetDeconstructionInfo(assignment).Method],
        QueryClauseSyntax clause when model.GetQueryClauseInfo(clause) is var info => [info.CastInfo.Symbol, info.OperationInfo.Symbol],
        ExpressionSyntax { Parent: InitializerExpressionSyntax { RawKind: (int)SyntaxKind.CollectionInitializerExpression } } element =>
            [model.GetCollectionInitializerSymbolInfo(element).Symbol],
        _ => [],
    };

    private void Add(ISymbol? symbol)
    {
        if (symbol is IErrorTypeSymbol { Name.Length: > 0 })
            _unknown.Add($"{model.SyntaxTree.FilePath}:{_line}: {symbol}");
        foreach (var part in Parts(symbol))
            Add(part);
        var declared = symbol?.OriginalDefinition.DeclaringSyntaxReferences.Select(d => d.SyntaxTree).Where(t => t.FilePath.Length > 0)
            .Distinct().ToList();
        if (declared is { Count: > 0 })
            _uses.Add(new(model.SyntaxTree, _line, symbol!, declared));
    }

    private static IEnumerable<ISymbol?> Parts(ISymbol? symbol) => symbol switch
    {
        IArrayTypeSymbol array => [array.ElementType],
        INamedTypeSymbol type => [.. type.TypeArguments, type.ContainingType],
        IMethodSymbol method => [.. method.TypeArguments, method.ReducedFrom, method.ContainingType],
        IPropertySymbol or IFieldSymbol or IEventSymbol => [symbol.ContainingType],
        _ => [],
    };
}
