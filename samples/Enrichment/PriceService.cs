using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CodegenStreaming.Samples;

/// <summary>An HTTP service on loopback that knows prices. It is slow, refuses one request in ten, and does not answer one in a hundred.</summary>
internal sealed class PriceService : IDisposable
{
    public static readonly string[] Articles = ["apples", "bread", "cheese", "dates", "eggs"];

    private readonly HttpListener _listener = new();
    private readonly Random _random = new(1);
    private int _refused;

    public PriceService()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>How many requests were not answered as they should.</summary>
    public int Refused => _refused;

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var request = await _listener.GetContextAsync();
                _ = AnswerAsync(request, _random.Next(100), _random.Next(5, 50));
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The program is ending.
        }
    }

    private async Task AnswerAsync(HttpListenerContext request, int luck, int milliseconds)
    {
        try
        {
            await Task.Delay(luck == 0 ? TimeSpan.FromSeconds(30) : TimeSpan.FromMilliseconds(milliseconds));
            if (luck <= 10)
            {
                Interlocked.Increment(ref _refused);
                request.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
            }

            var price = 0.5m * (1 + Array.IndexOf(Articles, request.Request.Url!.Segments[^1]));
            await request.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(price.ToString(CultureInfo.InvariantCulture)));
            request.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The client has given up, or the program is ending.
        }
    }
}
