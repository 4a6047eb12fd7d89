using CodegenStreaming.Execution;

namespace CodegenStreaming.Tests.Execution;

public sealed class PartitionHashTests
{
    [Fact]
    public void Integers_HashAlike_WhateverTheirWidth()
    {
        Assert.Equal(PartitionHash.Of(42), PartitionHash.Of(42L));
        Assert.Equal(PartitionHash.Of(42), PartitionHash.Of((short)42));
        Assert.Equal(PartitionHash.Of(42), PartitionHash.Of((byte)42));
    }
}
