using System.Net;
using System.Text.RegularExpressions;

namespace AiaiaiDashboard.Integration.Tests.Security;

/// <summary>A browser as far as HTTP goes: keeps cookies, follows no redirect by itself.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient http;
    private readonly string origin;

    public Visitor(string address)
    {
        origin = address;
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = new Uri(address) };
    }

    public CookieContainer Cookies { get; } = new();

    public Task<HttpResponseMessage> GetAsync(string path) => http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));

    public async Task<int> StatusOfAsync(string path)
    {
        using HttpResponseMessage response = await GetAsync(path);
        return (int)response.StatusCode;
    }

    /// <summary>Sends a form as a page of this server does.</summary>
    public Task<HttpResponseMessage> PostFormAsync(string path, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))),
        };
        request.Headers.Add("Origin", origin);
        return http.SendAsync(request);
    }

    /// <summary>The proof that a form comes from this server, out of a page with such a form.</summary>
    public async Task<(string Name, string Value)> FormTokenAsync(string path)
    {
        Match field = FormToken().Match(await http.GetStringAsync(new Uri(path, UriKind.Relative)));
        Assert.True(field.Success, $"{path} has no form with a token.");
        return ("__RequestVerificationToken", field.Groups["value"].Value);
    }

    public void Dispose() => http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex FormToken();
}
