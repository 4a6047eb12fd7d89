using Microsoft.Extensions.Configuration;

namespace CodegenStreaming.Tests.Batches;

/// <summary>Settings come from configuration and from the environment, as the guide's programs take theirs.</summary>
public sealed class OptionsBindingTests
{
    [Fact]
    public async Task Options_BindFromTheEnvironment()
    {
        const string Prefix = "CODEGEN_STREAMING_TEST_";
        Environment.SetEnvironmentVariable(Prefix + "Streaming__Master", "local[3]");
        Environment.SetEnvironmentVariable(Prefix + "Streaming__BatchInterval", "00:00:02");
        Environment.SetEnvironmentVariable(Prefix + "Streaming__BlockInterval", "00:00:00.050");
        Environment.SetEnvironmentVariable(Prefix + "Streaming__MaxPendingBytes", "1048576");
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables(Prefix).Build();

        var options = configuration.GetSection("Streaming").Get<StreamingOptions>()!;

        Assert.Equal("local[3]", options.Master);
        Assert.Equal(TimeSpan.FromSeconds(2), options.BatchInterval);
        Assert.Equal(TimeSpan.FromMilliseconds(50), options.BlockInterval);
        Assert.Equal(1048576, options.MaxPendingBytes);
        Assert.Null(options.DefaultParallelism);
        await using var context = new StreamingContext(options);
        Assert.Equal("local[3]", context.Options.Master);
    }
}
