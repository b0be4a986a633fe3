using Backprop.Generator.IR;

namespace Backprop.Fuzz.Faults;

/// <summary>A deliberate fault of the generator: after a pass, the body is made wrong.</summary>
internal sealed partial record Fault(string Name, string Pass, Func<Block, Block> Spoil)
{
    /// <summary>Goes on with the spoilt body after the fault's pass.</summary>
    public Block Amend(string pass, Block body) => pass == Pass ? Spoil(body) : body;
}
