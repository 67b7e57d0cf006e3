using Paco.CloudFormation.Schemas;

namespace Paco.Tests.CloudFormation.Schemas;

/// <summary>The packed schemas as a bad download or an editor leaves them.</summary>
public sealed class DamagedSchemasTests
{
    private static readonly string[] Types =
        ["AWS::S3::Bucket", "AWS::EC2::VPC", "AWS::RDS::DBInstance", "AWS::XRay::TransactionSearchConfig"];

    private static readonly byte[] Packed = File.ReadAllBytes(
        Path.Combine(Repository.Root, "src", "Paco", "CloudFormation", "Schemas", "resource-schemas.bin"));

    [Fact]
    public void What_was_packed_is_whole() => Assert.Null(Trouble(Packed));

    [Fact]
    public void Cut_short_anywhere_they_are_said_to_be_damaged()
    {
        Assert.All(Enumerable.Range(0, 200), step => Assert.NotNull(Trouble(Packed[..(int)((long)Packed.Length * step * step / 45_000)])));
    }

    [Fact]
    public void With_any_byte_changed_they_are_read_or_said_to_be_damaged()
    {
        var random = new Random(7);
        var damaged = Enumerable.Range(0, 600).Count(turn =>
        {
            var bytes = (byte[])Packed.Clone();
            bytes[random.Next(turn % 2 == 0 ? 40_000 : bytes.Length)] ^= (byte)(1 << random.Next(8));
            return Trouble(bytes) is not null;
        });
        Assert.NotEqual(0, damaged);
    }

    // What is said; other exceptions than the one expected fail the test.
    private static string? Trouble(byte[] bytes)
    {
        try
        {
            var schemas = new ResourceSchemas(bytes);
            foreach (var type in Types)
                _ = schemas.Find(type) is { } schema ? AllShapes.Of(schema) : [];
            return null;
        }
        catch (InvalidDataException e)
        {
            Assert.Contains("damaged", e.Message, StringComparison.Ordinal);
            return e.Message;
        }
    }
}
