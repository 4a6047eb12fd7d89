using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CodegenStreaming.Conformance;

/// <summary>
/// An HTTP service on loopback that squares numbers: after some turns of the pool, for each fifth number only at the second request, and for each
/// fiftieth without an answer at first.
/// </summary>
internal sealed class FlakyService : IDisposable
{
    private readonly HttpListener _listener;
    private readonly string _address;
    private readonly Lock _lock = new();
    private readonly HashSet<int> _seen = [];
    private readonly List<HttpListenerContext> _unanswered = [];

    public FlakyService()
    {
        (_listener, _address) = Listen();
        _ = ServeAsync();
    }

    public int Requests { get; private set; }

    public int Failures { get; private set; }

    public int Silences { get; private set; }

    public Uri AddressOf(int number) => new(string.Create(CultureInfo.InvariantCulture, $"{_address}{number}"));

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext request)
    {
        var number = int.Parse(request.Request.Url!.Segments[^1], CultureInfo.InvariantCulture);
        lock (_lock)
        {
            Requests++;
            var isFirst = _seen.Add(number);
            if (isFirst && number % 50 == 7)
            {
                Silences++;
                _unanswered.Add(request);
                return;
            }

            if (isFirst && number % 5 == 0)
            {
                Failures++;
                request.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
                request.Response.Close();
                return;
            }
        }

        for (var turn = 0; turn < number % 7; turn++)
        {
            await Task.Yield();
        }

        if (number < 0)
        {
            request.Response.StatusCode = (int)HttpStatusCode.NotFound;
        }

        try
        {
            await request.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number * number}")));
            request.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The client has given up, or the test is over.
        }
    }

    private static (HttpListener Listener, string Address) Listen()
    {
        while (true)
        {
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
            free.Stop();
            var listener = new HttpListener();
            listener.Prefixes.Add(address);
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException)
            {
                // Somebody else has taken the port in between.
            }
        }
    }
}
