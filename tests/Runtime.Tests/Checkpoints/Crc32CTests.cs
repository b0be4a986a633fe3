namespace Backprop.Tests;

public class Crc32CTests
{
    [Fact]
    public void It_gives_the_published_values()
    {
        // RFC 3720, appendix B.4, and the customary check value of "123456789".
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Of(Enumerable.Repeat((byte)0xFF, 32).ToArray()));
        Assert.Equal(0x46DD794Eu, Crc32C.Of(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));
        Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));
    }

    [Fact]
    public void Pieces_give_the_whole()
    {
        byte[] bytes = Enumerable.Range(0, 50).Select(i => (byte)(i * 7)).ToArray();
        for (int cut = 0; cut <= bytes.Length; cut++)
            Assert.Equal(Crc32C.Of(bytes), ~Crc32C.Update(Crc32C.Update(~0u, bytes.AsSpan(0, cut)), bytes.AsSpan(cut)));
    }
}
