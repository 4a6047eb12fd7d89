namespace CodegenStreaming.Execution.Windows;

/// <summary>A node that later batches depend on by itself, whoever reads it.</summary>
internal interface IKeptStream
{
    BatchKeeper Keeper { get; }
}
