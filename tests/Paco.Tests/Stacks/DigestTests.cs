using System.Security.Cryptography;
using System.Text;
using Paco.Stacks;

namespace Paco.Tests.Stacks;

/// <summary>Digests that are worked out here are those that everybody else works out.</summary>
public sealed class DigestTests
{
    // The test suite of RFC 1321, A.5.
    [Theory]
    [InlineData("", "d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("a", "0cc175b9c0f1b6a831c399e269772661")]
    [InlineData("abc", "900150983cd24fb0d6963f7d28e17f72")]
    [InlineData("message digest", "f96b697d7cb7938d525a2f31aaf161d0")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890", "57edf4a22be3c955ac49da2e2107b67a")]
    public void MD5_is_that_of_the_RFC(string text, string digest) =>
        Assert.Equal(digest, Convert.ToHexStringLower(Md5.Of(Encoding.ASCII.GetBytes(text))));

    // The examples of FIPS 180-4: one block, and two.
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void SHA_256_is_that_of_the_standard(string text, string digest) =>
        Assert.Equal(digest, Convert.ToHexStringLower(Sha256.Of(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void Of_any_length_they_are_the_framework_s()
    {
        var random = new Random(1321);
        Assert.All(Enumerable.Range(0, 400), length =>
        {
            var bytes = new byte[length + (length > 300 ? random.Next(100_000) : 0)];
            random.NextBytes(bytes);
#pragma warning disable CA5351 // It is what is compared with.
            Assert.Equal(MD5.HashData(bytes), Md5.Of(bytes));
#pragma warning restore CA5351
            Assert.Equal(SHA256.HashData(bytes), Sha256.Of(bytes));
        });
    }
}
