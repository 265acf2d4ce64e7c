using System.Text;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Tests.Storage;

/// <summary>Escapes that stand for half a character: a mistake of the file like any other, wherever they stand.</summary>
public sealed class HalfCharacterTests : IDisposable
{
    private readonly DataDirectory data = new(Directory.CreateTempSubdirectory("aiaiai-half-").FullName);

    public void Dispose() => Directory.Delete(data.Root, recursive: true);

    [Theory]
    [InlineData("""{"a":"\ud800"}""", 6)]
    [InlineData("""{"\udc00":1}""", 2)]
    [InlineData("""{"a":"\ud83d\ude00 \uD83D"}""", 19)]
    [InlineData("""{"a":"\ud83d\\ude00"}""", 6)]
    [InlineData("""{"a":"\ud83d\u0041"}""", 6)]
    [InlineData("""{"a":"\ud83d\ude00"}""", -1)]
    [InlineData("""{"a":"\\ud800"}""", -1)]
    [InlineData("""{"a":"\\\\\n\u00e9 ud800"}""", -1)]
    [InlineData("""{"a":"\ud8""", -1)]
    [InlineData("\\", -1)]
    [InlineData("", -1)]
    public void HalfCharacter_Document_IsFound(string json, int place) => Assert.Equal(place, JsonText.HalfCharacter(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"timeZone":"\ud800"}""")]
    [InlineData("{\n\"lastSync\":\"\\ud800\"}")]
    public void Read_Document_IsAProblemThatNamesThePlace(string json)
    {
        Directory.CreateDirectory(data.PathOf("config"));
        File.WriteAllText(data.PathOf(DataFiles.SyncStatus), json);
        File.WriteAllText(data.PathOf(DataFiles.Projects), "[" + json + "]");
        File.WriteAllText(data.PathOf(DataFiles.Sync), json);
        var store = new DocumentStore(data);
        List<FileProblem> problems = [];

        problems.AddRange(store.Read(SyncDocuments.Status).Problems);
        problems.AddRange(store.Read(ProjectDocuments.Projects).Problems);
        problems.AddRange(DashboardConfig.Load(store, DashboardConfig.Default).Problems);

        Assert.Equal([DataFiles.Sync, DataFiles.Projects, DataFiles.SyncStatus], problems.Select(p => p.File).Order(StringComparer.Ordinal));
        Assert.All(problems, p => Assert.Contains("half a character", p.ToString(), StringComparison.Ordinal));
        Assert.Contains(json.Contains('\n', StringComparison.Ordinal) ? "line 2" : "line 1", problems[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WithOverrides_HalfACharacter_IsAMistake()
    {
        PriceTableException mistake = Assert.Throws<PriceTableException>(() => PriceTable.WithOverrides("""{"\ud800":{"input":1,"output":1}}"""u8, "config/pricing.json"));

        Assert.Contains("half a character", mistake.Message, StringComparison.Ordinal);
    }
}
