namespace Backprop;

/// <summary>
/// Philox 4x32 with 10 rounds: a counter-based generator. A block of random bits is a pure function of counter and key, so numbers do
/// not depend on threads or on the order in which they are asked for.
/// Salmon, Moraes, Dror and Shaw, <em>Parallel Random Numbers: As Easy as 1, 2, 3</em>, 2011.
/// </summary>
public static class Philox
{
    private const uint MultiplierA = 0xD2511F53, MultiplierB = 0xCD9E8D57;
    private const uint WeylA = 0x9E3779B9, WeylB = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>The 128 random bits that belong to a counter under a key, as four words.</summary>
    /// <param name="counter">Four words, the lowest first.</param>
    /// <param name="key">Two words, the lowest first.</param>
    public static (uint A, uint B, uint C, uint D) Block((uint A, uint B, uint C, uint D) counter, (uint A, uint B) key)
    {
        (uint a, uint b, uint c, uint d) = counter;
        (uint k0, uint k1) = key;
        for (int round = 0; round < Rounds; round++)
        {
            ulong p = (ulong)MultiplierA * a, q = (ulong)MultiplierB * c;
            (a, b, c, d) = ((uint)(q >> 32) ^ b ^ k0, (uint)q, (uint)(p >> 32) ^ d ^ k1, (uint)p);
            k0 += WeylA;
            k1 += WeylB;
        }
        return (a, b, c, d);
    }
}
