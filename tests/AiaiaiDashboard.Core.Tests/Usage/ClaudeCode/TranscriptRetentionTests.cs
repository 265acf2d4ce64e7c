using AiaiaiDashboard.Core.Usage.ClaudeCode;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;

public sealed class TranscriptRetentionTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("aiaiai-retention-").FullName;

    [Theory]
    [InlineData("""{"cleanupPeriodDays": 99999}""", 99999)]
    [InlineData("""{"model":"opus", /* mine */ "cleanupPeriodDays": 7,}""", 7)]
    [InlineData("""{"cleanupPeriodDays": "7"}""", null)]
    [InlineData("""{"cleanupPeriodDays": -1}""", null)]
    [InlineData("""[1]""", null)]
    [InlineData("{", null)]
    public void Find_SettingsFile_GivesItsValueOrNothing(string json, int? expected)
    {
        File.WriteAllText(Path.Combine(root, "settings.json"), json);

        Assert.Equal(expected, TranscriptRetention.Find(Path.Combine(root, "projects")));
    }

    [Fact]
    public void Describe_NoSetting_NamesTheDefaultAndThatHistoryStays() =>
        Assert.Equal(
            "Claude Code deletes transcripts after 30 days (its default, no cleanupPeriodDays is set). What was counted stays here.",
            TranscriptRetention.Describe([Path.Combine(root, "projects")]));

    public void Dispose() => Directory.Delete(root, recursive: true);
}
