using System.Net;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Integration.Tests.Cli;
using AiaiaiDashboard.Security;
using Microsoft.Extensions.Time.Testing;

namespace AiaiaiDashboard.Integration.Tests.Security;

public sealed class AccessOptionsTests
{
    private static readonly ListenAddresses Loopback = ListenAddresses.Parse("http://127.0.0.1:5080").Addresses!;
    private static readonly ListenAddresses Network = ListenAddresses.Parse("http://0.0.0.0:5080").Addresses!;
    private static readonly ListenAddresses Proxied = ListenAddresses.Parse("http://127.0.0.1:5080", ["https://dash.example.com"]).Addresses!;

    [Fact]
    public void Read_NothingConfigured_AsksWhereOthersCanConnect()
    {
        Assert.Equal(LoginMode.None, Read(Loopback, new SecurityConfig()).Access?.Mode);
        Assert.Equal(LoginMode.Link, Read(Network, new SecurityConfig()).Access?.Mode);
        Assert.Equal(LoginMode.Link, Read(Proxied, new SecurityConfig()).Access?.Mode);
        Assert.Equal(LoginMode.Link, Read(Loopback, new SecurityConfig { Login = "link" }).Access?.Mode);
    }

    [Fact]
    public void Read_NoLoginWhereOthersCanConnect_IsRefused()
    {
        Assert.Contains("$.login", Assert.Single(Read(Network, new SecurityConfig { Login = "none" }).Errors), StringComparison.Ordinal);
        Assert.Contains("$.login", Assert.Single(Read(Proxied, new SecurityConfig { Login = "none" }).Errors), StringComparison.Ordinal);
        Assert.Empty(Read(Loopback, new SecurityConfig { Login = "none" }).Errors);
    }

    [Fact]
    public void Read_SecretsMissingOrWeak_NamesEachVariableAndNeverItsValue()
    {
        (AccessOptions? access, IReadOnlyList<string> errors) = Read(
            Loopback, new SecurityConfig { Login = "password" }, (AccessOptions.PasswordHashVariable, "hunter2hunter2"), (AccessOptions.ApiKeyVariable, "short-key"), (AccessOptions.SecondaryApiKeyVariable, "with space 0123456789abcdef0123456789abcdef"));

        Assert.Null(access);
        Assert.Equal(
            [AccessOptions.PasswordHashVariable, AccessOptions.ApiKeyVariable, AccessOptions.SecondaryApiKeyVariable],
            errors.Select(e => e.Split(' ')[0]));
        Assert.DoesNotContain(errors, e => e.Contains("hunter2", StringComparison.Ordinal) || e.Contains("short-key", StringComparison.Ordinal) || e.Contains("with space 0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"login":"maybe"}""", "$.login")]
    [InlineData("""{"sessionDays":0}""", "$.sessionDays")]
    [InlineData("""{"publicAddresses":["dash.example.com"]}""", "$.publicAddresses[0]")]
    [InlineData("""{"publicAddresses":["https://dash.example.com/path"]}""", "$.publicAddresses[0]")]
    [InlineData("""{"publicAddresses":[null]}""", "$.publicAddresses[0]")]
    [InlineData("""{"login":"openIdConnect"}""", "$.openIdConnect")]
    [InlineData("""{"openIdConnect":{"authority":"http://id.example.com","clientId":"x","allowedUsers":["a"]}}""", "$.openIdConnect.authority")]
    [InlineData("""{"openIdConnect":{"authority":"https://id.example.com","allowedUsers":["a"]}}""", "$.openIdConnect.clientId")]
    [InlineData("""{"openIdConnect":{"authority":"https://id.example.com","clientId":"x"}}""", "$.openIdConnect.allowedUsers")]
    public async Task Serve_SecurityFileBreaksARule_Exits2AndNamesThePlace(string json, string place)
    {
        string root = Directory.CreateTempSubdirectory("aiaiai-security-").FullName;
        try
        {
            var data = new DataDirectory(Path.Combine(root, "data"));
            Directory.CreateDirectory(data.PathOf("config"));
            await File.WriteAllTextAsync(data.PathOf(DataFiles.Security), json);

            CommandResult result = await Executable.RunAsync(root, "serve", "--urls", "http://127.0.0.1:0");

            Assert.Equal(2, result.ExitCode);
            Assert.Contains($"config/security.json, {place}", result.Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void PasswordHash_Made_MatchesItsPasswordOnly()
    {
        string hash = PasswordHashes.Make("correct horse battery");

        Assert.True(PasswordHashes.IsOne(hash));
        Assert.True(PasswordHashes.Matches(hash, "correct horse battery"));
        Assert.False(PasswordHashes.Matches(hash, "correct horse batter"));
        Assert.False(PasswordHashes.Matches(hash, ""));
        Assert.False(PasswordHashes.Matches(hash, null));
        Assert.False(PasswordHashes.IsOne("correct horse battery"));
        Assert.False(PasswordHashes.IsOne(""));
    }

    [Fact]
    public void LoginAttempts_ManyFrom_OneNetworkWaitsAndOthersDoNot()
    {
        var time = new FakeTimeProvider();
        var attempts = new LoginAttempts(time);
        for (int i = 0; i < LoginAttempts.MaxPerAddress; i++)
        {
            attempts.Failed(IPAddress.Parse($"2001:db8:1:2::{i}"));
        }

        Assert.NotNull(attempts.Wait(IPAddress.Parse("2001:db8:1:2:ffff::1")));
        Assert.Null(attempts.Wait(IPAddress.Parse("2001:db8:1:3::1")));
        Assert.Null(attempts.Wait(IPAddress.Parse("192.0.2.1")));
        time.Advance(LoginAttempts.Window);
        Assert.Null(attempts.Wait(IPAddress.Parse("2001:db8:1:2::1")));
    }

    [Fact]
    public void LoginAttempts_ManyFromEverywhere_EverybodyWaits()
    {
        var attempts = new LoginAttempts(new FakeTimeProvider());
        for (int i = 0; i < LoginAttempts.MaxInAll + 1000; i++)
        {
            attempts.Failed(new IPAddress([10, 0, (byte)(i / 250), (byte)(i % 250)]));
        }

        Assert.NotNull(attempts.Wait(IPAddress.Parse("192.0.2.1")));
    }

    private static (AccessOptions? Access, IReadOnlyList<string> Errors) Read(ListenAddresses addresses, SecurityConfig config, params (string Name, string Value)[] variables) =>
        AccessOptions.Read(config, addresses, name => variables.FirstOrDefault(v => v.Name == name).Value);
}
