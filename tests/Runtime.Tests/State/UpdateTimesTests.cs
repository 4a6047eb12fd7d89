using CodegenStreaming.State;

namespace CodegenStreaming.Tests.State;

public sealed class UpdateTimesTests
{
    [Fact]
    public void Statement110_EntriesOfEarlierTimes_AreFound_StrictlyEarlierOnes()
    {
        var times = new UpdateTimes();
        times.Add(1000, 1);
        times.Add(2000, 2);
        times.Add(1000, 3);
        Assert.False(times.HasBefore(1000));
        Assert.True(times.HasBefore(1001));
        Assert.Equal((0, 1, 1, 2), (times.CountBefore(1000), times.CountBefore(1001), times.CountBefore(2000), times.CountBefore(2001)));
        Assert.Equal([1, 3], times.Numbers(0).ToArray());
    }

    [Fact]
    public void RandomTimes_EqualTheModel() => Randomly.Test(20, random =>
    {
        var times = new UpdateTimes();
        var model = new SortedDictionary<long, List<int>>();
        for (var now = 100; now < 400; now++)
        {
            for (var added = random.Next(10); added > 0; added--)
            {
                var time = random.Next(3) == 0 ? now - random.Next(20) : now;
                times.Add(time, added);
                (model.TryGetValue(time, out var numbers) ? numbers : model[time] = []).Add(added);
            }

            var threshold = now - 20;
            var expired = model.Where(list => list.Key < threshold).ToList();
            Assert.Equal(expired.Count > 0, times.HasBefore(threshold));
            Assert.Equal(expired.Count, times.CountBefore(threshold));
            Assert.All(expired.Select((list, index) => (list.Value, index)), list => Assert.Equal(list.Value, times.Numbers(list.index).ToArray()));
            if (random.Next(3) == 0)
            {
                times.DropFirst(expired.Count);
                expired.ForEach(list => model.Remove(list.Key));
            }
        }

        times.Clear();
        Assert.False(times.HasBefore(long.MaxValue));
    });
}
