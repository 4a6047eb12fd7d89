using CodegenStreaming.Batches;

namespace CodegenStreaming.Tests.Batches;

public sealed class PendingMemoryTests
{
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Reservation_WaitsForRoom_InTheOrderOfAsking()
    {
        var memory = new PendingMemory(100);
        await memory.ReserveAsync(80, None);
        var large = memory.ReserveAsync(60, None).AsTask();
        var small = memory.ReserveAsync(10, None).AsTask();
        Assert.True(memory.IsFull);
        Assert.False(large.IsCompleted || small.IsCompleted);

        memory.Release(80);

        await Task.WhenAll(large, small);
        Assert.Equal(70, memory.Used);
        Assert.False(memory.IsFull);
    }

    [Fact]
    public async Task OneReservation_IsGranted_HoweverLarge_WhenNothingIsPending()
    {
        var memory = new PendingMemory(100);
        await memory.ReserveAsync(1000, None);
        var next = memory.ReserveAsync(1, None).AsTask();
        Assert.False(next.IsCompleted);

        memory.Release(1000);
        await next;
        Assert.Equal(1, memory.Used);
    }

    [Fact]
    public async Task CancelledReservation_TakesNoRoom_AndHoldsUpNobody()
    {
        var memory = new PendingMemory(100);
        await memory.ReserveAsync(60, None);
        using var giveUp = new CancellationTokenSource();
        var large = memory.ReserveAsync(80, giveUp.Token).AsTask();
        var small = memory.ReserveAsync(30, None).AsTask();
        Assert.False(small.IsCompleted);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        await small;
        Assert.Equal(90, memory.Used);
    }
}
