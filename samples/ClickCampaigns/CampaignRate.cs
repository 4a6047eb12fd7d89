namespace CodegenStreaming.Samples;

/// <summary>What is printed of a campaign.</summary>
public readonly record struct CampaignRate(string Campaign, int Clicks, int Views)
{
    public double Rate => Views == 0 ? 0 : (double)Clicks / Views;

    public override string ToString() => $"{Campaign}: {Clicks} clicks, {Views} views, {100 * Rate:0.0} %";
}
