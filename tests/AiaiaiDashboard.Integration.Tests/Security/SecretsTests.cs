using System.Net;
using System.Text;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Integration.Tests.Http;
using AiaiaiDashboard.Security;
using AiaiaiDashboard.Tests.Shared;

namespace AiaiaiDashboard.Integration.Tests.Security;

/// <summary>A full run with secrets in every place where there are any, and a search for them in everything that comes out.</summary>
public sealed class SecretsTests
{
    private static readonly string[] Pages = ["/", "/projects", "/projects/alpha", "/projects/engine", "/kanban", "/tokens", "/quality", "/analytics", "/alerts", "/settings", "/no-such-page", "/login"];

    private static readonly string[] Routes =
    [
        "/api/sync", "/api/projects", "/api/projects/alpha", "/api/usage?by=day,model,session", "/api/analytics", "/api/alerts", "/api/settings/alerts", "/api/export/usage.csv",
        "/api/usage?by=nonsense", "/api/no-such-route", "/metrics", "/healthz", "/openapi/v1.json",
    ];

    [Fact]
    public async Task FullRun_SecretsPlantedEverywhere_NoneComesOut()
    {
        var secrets = new Dictionary<string, string>
        {
            ["ANTHROPIC_ADMIN_KEY"] = "sk-ant-admin01-planted-0001",
            ["GITHUB_TOKEN"] = "ghp_planted_0008",
            [AccessOptions.ApiKeyVariable] = "planted-api-key-0123456789abcdef-0002",
            [AccessOptions.SecondaryApiKeyVariable] = "planted-api-key-0123456789abcdef-0003",
            [AccessOptions.PasswordHashVariable] = PasswordHashes.Make("planted password 0004"),
            [AccessOptions.ClientSecretVariable] = "planted-client-secret-0005",
        };
        await using EchoServer echo = await EchoServer.StartAsync();
        string root = Directory.CreateTempSubdirectory("aiaiai-secrets-").FullName;
        try
        {
            Transcript(root);
            var searched = new StringBuilder();
            List<string> planted = [.. secrets.Values, "planted password 0004", "planted-prompt-0006", "planted-answer-0007", "planted-remote-0009"];
            await using (RunningApp app = await StartAsync(root, secrets, echo.Address))
            {
                planted.AddRange([app.Server.Key.Text, app.Server.FirstLink!.Split('=')[1]]);
                using var visitor = new Visitor(app.Server.Address);
                using (HttpResponseMessage signedIn = await visitor.GetAsync(app.Server.FirstLink))
                {
                    planted.Add(signedIn.Headers.GetValues("Set-Cookie").Single().Split('=', 2)[1].Split(';')[0]);
                }

                using (var sync = new HttpRequestMessage(HttpMethod.Post, "/api/sync"))
                {
                    sync.Headers.Add(LocalKey.HeaderName, secrets[AccessOptions.ApiKeyVariable]);
                    using HttpResponseMessage answer = await app.Http.SendAsync(sync);
                    Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                    searched.AppendLine(await answer.Content.ReadAsStringAsync());
                }

                foreach (string path in (string[])[.. Pages, .. Routes])
                {
                    using HttpResponseMessage answer = await visitor.GetAsync(path);
                    searched.AppendLine(answer.ToString()).AppendLine(await answer.Content.ReadAsStringAsync());
                }

                Assert.Equal(2, echo.Askers.Count);
                Assert.Contains("ada/engine", searched.ToString(), StringComparison.Ordinal);
                searched.AppendLine(app.Server.Workspaces.Own.Sync.Status.ToString());
                Search(app.Data, searched);
            }

            string found = string.Join('\n', planted.Where(s => searched.ToString().Contains(s, StringComparison.Ordinal)));
            Assert.Equal("", found);
            // The search itself finds what is there.
            Assert.Contains("alpha", searched.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static Task<RunningApp> StartAsync(string root, Dictionary<string, string> secrets, string address) => RunningApp.StartAsync(
        prepare: app => app.Write(DataFiles.Sources, JsonSerializer.Serialize(new { anthropicAdmin = new { enabled = true }, projects = new { roots = (string[])[OnGitHub(root)] } })),
        change: options => options with
        {
            Access = new AccessOptions
            {
                Mode = LoginMode.Link,
                ApiKeys = [secrets[AccessOptions.ApiKeyVariable], secrets[AccessOptions.SecondaryApiKeyVariable]],
                PasswordHash = secrets[AccessOptions.PasswordHashVariable],
                ClientSecret = secrets[AccessOptions.ClientSecretVariable],
            },
            Environment = name => name switch
            {
                "HOME" => root,
                "AIAIAI_ANTHROPIC_ADMIN_URL" or "AIAIAI_GITHUB_URL" => address,
                _ => secrets.GetValueOrDefault(name),
            },
        });

    // A repository whose remote holds a password.
    private static string OnGitHub(string root)
    {
        string path = Path.Combine(root, "work", "engine");
        Directory.CreateDirectory(path);
        LibGit2Sharp.Repository.Init(path);
        using var repository = new LibGit2Sharp.Repository(path);
        repository.Network.Remotes.Add("origin", "https://ada:planted-remote-0009@github.com/ada/engine.git");
        return Path.Combine(root, "work");
    }

    // What was asked and answered is in there too, as Claude Code writes it.
    private static void Transcript(string root)
    {
        string folder = Path.Combine(root, ".claude", "projects", "-alpha");
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, "11111111-1111-4111-8111-111111111111.jsonl"),
            """{"type":"user","message":{"role":"user","content":"planted-prompt-0006"},"cwd":"/srv/alpha","timestamp":"2026-11-24T10:00:00.000Z"}""" + "\n"
            + TranscriptLines.Assistant("msg_1", "req_1").Model("claude-opus-5").Cwd("/srv/alpha").At("2026-11-24T10:00:01.000Z").Message("content", """[{"type":"text","text":"planted-answer-0007"}]""") + "\n"
            + """{"type":"assistant","message":{"content":"planted-answer-0007""" + "\n");
    }

    private static void Search(DataDirectory data, StringBuilder searched)
    {
        foreach (string file in Directory.GetFiles(data.Root, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(data.Root, file);
            // The local key is there for processes of the same user, and the key ring is what its name says; both are the owner's alone.
            if (name != DataFiles.Lock && !name.StartsWith("keys", StringComparison.Ordinal))
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var reader = new StreamReader(stream, Encoding.Latin1);
                searched.AppendLine(name).AppendLine(reader.ReadToEnd());
            }
        }
    }
}
