using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Integration.Tests.Http;
using AiaiaiDashboard.Security;

namespace AiaiaiDashboard.Integration.Tests.Security;

/// <summary>The whole way through a provider and back.</summary>
public sealed class OpenIdConnectTests
{
    [Theory]
    [InlineData("ann@example.com", true, true)]
    [InlineData("ANN@example.com", true, true)]
    [InlineData("u1", false, true)]
    [InlineData("*", false, true)]
    [InlineData("ann@example.com", false, false)] // a mail address the provider has not verified proves nothing
    [InlineData("bob@example.com", true, false)]
    public async Task SignIn_ByProvider_LetsInWhoIsOnTheList(string allowed, bool verified, bool enters)
    {
        await using FakeProvider provider = await FakeProvider.StartAsync();
        provider.Claims["email_verified"] = verified;
        await using RunningApp app = await RunningApp.StartAsync(change: o => o with
        {
            Access = new AccessOptions
            {
                Mode = LoginMode.OpenIdConnect,
                ClientSecret = "client secret",
                Provider = new OpenIdConnectProvider { Authority = provider.Address, ClientId = "dashboard", AllowedUsers = [allowed] },
            },
        });
        using var visitor = new Visitor(app.Server.Address);

        string end = await FollowAsync(visitor, "/login/openid?return=%2Ftokens");

        Assert.Equal(enters ? "/tokens" : "/login?failed=user", end);
        Assert.Equal(enters ? 200 : 302, await visitor.StatusOfAsync("/tokens"));
    }

    [Fact]
    public async Task Callback_Forged_LetsNobodyIn()
    {
        await using FakeProvider provider = await FakeProvider.StartAsync();
        await using RunningApp app = await RunningApp.StartAsync(change: o => o with
        {
            Access = new AccessOptions
            {
                Mode = LoginMode.OpenIdConnect,
                Provider = new OpenIdConnectProvider { Authority = provider.Address, ClientId = "dashboard", AllowedUsers = ["*"] },
            },
        });
        using var visitor = new Visitor(app.Server.Address);

        using HttpResponseMessage response = await visitor.GetAsync("/login/openid/callback?code=c&state=made-up");

        Assert.Equal("/login?failed=provider", response.Headers.Location?.OriginalString);
        Assert.Equal(302, await visitor.StatusOfAsync("/"));
    }

    private static async Task<string> FollowAsync(Visitor visitor, string path)
    {
        for (int i = 0; i < 6; i++)
        {
            using HttpResponseMessage response = await visitor.GetAsync(path);
            if (response.Headers.Location is not { } next)
            {
                return path;
            }

            path = next.OriginalString;
        }

        throw new InvalidOperationException($"Redirected without end, at last to {path}");
    }
}
