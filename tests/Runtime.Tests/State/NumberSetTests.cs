using CodegenStreaming.State;

namespace CodegenStreaming.Tests.State;

public sealed class NumberSetTests
{
    [Fact]
    public void Numbers_EqualASortedSets_AcrossPagesAndTheGapsBetweenThem() => Randomly.Test(20, random =>
    {
        var (numbers, expected) = (new NumberSet(), new SortedSet<int>());
        for (var step = 0; step < 2000; step++)
        {
            var number = random.Next(random.Next(3) switch { 0 => 100, 1 => 70_000, _ => 1_000_000 });
            if (random.Next(3) == 0)
            {
                numbers.Remove(number);
                expected.Remove(number);
            }
            else
            {
                Assert.Equal(expected.Add(number), numbers.Add(number));
            }

            Assert.Equal(expected.Contains(number), numbers.Contains(number));
        }

        Assert.Equal(expected, numbers.Read());
    });
}
