namespace Golden
{
    using System.Globalization;

    public static partial class Outer
    {
        private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

        internal partial record struct Middle<T>
        {
            [StreamingPipeline]
            private sealed partial class Nested(ResultLog log)
            {
                public void Define(StreamingContext streaming) =>
                    streaming.Input<int>("input")
                        .Map(number => number.ToString(Culture))
                        .Map(text => (text, default(T)))
                        .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
            }
        }
    }
}
