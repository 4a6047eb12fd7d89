using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>What takes the function of the operator that ends a loop, to be compiled for just that function.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FunctionTaker
{
    private protected FunctionTaker()
    {
    }
}
