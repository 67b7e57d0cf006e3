using FsCheck;
using FsCheck.Fluent;
using Paco.Diagnostics;

namespace Paco.Tests.BadInput;

/// <summary>The nearest word, for any words.</summary>
public sealed class SpellingTests
{
    private static readonly Arbitrary<string> Words =
        Gen.Elements("abcdeAB_1".ToCharArray()).ListOf().Select(cs => string.Concat(cs.Take(12))).ToArbitrary();

    [Fact]
    public void Among_words_of_one_length_nearness_is_mutual() =>
        Holds(Prop.ForAll(Words, Words, (a, b) =>
        {
            if (a.Length == b.Length)
                Assert.Equal(Spelling.Nearest(a, [b]) is not null, Spelling.Nearest(b, [a]) is not null);
        }));

    [Fact]
    public void The_word_itself_is_the_nearest() =>
        Holds(Prop.ForAll(Words, Words, (a, b) => Assert.Equal(a.Length == 0 ? null : a, Spelling.Nearest(a, [b + "zzz", a, b + "y"]))));

    [Fact]
    public void One_slip_in_a_word_of_three_letters_or_more_is_forgiven() =>
        Holds(Prop.ForAll(Words, Gen.Choose(0, 100).ToArbitrary(), (word, at) =>
        {
            if (word.Length < 3)
                return;
            at %= word.Length - 1;
            var swapped = word[..at] + word[at + 1] + word[at] + word[(at + 2)..];
            Assert.All([word.Remove(at, 1), word.Insert(at, "q"), swapped], slip => Assert.Equal(word, Spelling.Nearest(slip, [word])));
        }));

    [Fact]
    public void A_beginning_is_forgiven_where_only_one_word_has_it()
    {
        Assert.Equal("backup_retention_period", Spelling.Nearest("backup", ["port", "backup_retention_period"]));
        Assert.Null(Spelling.Nearest("backup", ["backup_retention_period", "backup_window_start_utc"]));
        Assert.Null(Spelling.Nearest("bac", ["port", "backup_retention_period"]));
    }

    [Fact]
    public void Case_is_no_difference() =>
        Holds(Prop.ForAll(Words, a => Assert.Equal(a.Length == 0 ? null : a, Spelling.Nearest(a.ToUpperInvariant(), [a]))));

    [Theory]
    [InlineData("instnace_type", "instance_type")]
    [InlineData("enalbed", "enabled")]
    [InlineData("cidrs", "cidr")]
    public void Slips_of_everyday_are_found(string word, string meant) =>
        Assert.Equal(meant, Spelling.Nearest(word, ["title", "cidr", "enabled", "instance_type", "instance_ami", "order"]));

    [Fact]
    public void Long_words_are_not_compared() => Assert.Null(Spelling.Nearest(new string('a', 5000), [new string('a', 4999)]));

    private static void Holds(Property property) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(31, 1), property);
}
