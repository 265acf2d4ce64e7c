using System.Text;
using System.Text.Json;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Storage;
using FluentValidation.Results;

namespace AiaiaiDashboard.Core.Tests.Projects;

public sealed class ProjectRecordTests
{
    [Fact]
    public void Json_OriginalShapes_SurviveARoundTrip()
    {
        // Free-text and empty dates, fields of other versions, missing fields: as the original dashboard writes them.
        const string Text = """
            [
              {
                "id": "rag",
                "name": "RAG Evaluator",
                "client": "",
                "status": "active",
                "progress": 41.5,
                "startDate": "15 de enero",
                "deadline": "",
                "stack": [
                  "Python",
                  "Año ✓"
                ],
                "lastCommit": "%Y->- (HEAD -> main)",
                "tasksTotal": 12,
                "tasksDone": 5,
                "description": "a <b> & c",
                "healthScore": 87.25,
                "velocity": {
                  "week": [
                    1,
                    null
                  ]
                }
              },
              {
                "id": "bare"
              }
            ]
            """;
        ProjectList list = JsonSerializer.Deserialize(Text, ProjectDocuments.Projects.Json)!;

        Assert.Equal(Text.ReplaceLineEndings("\n") + "\n", Encoding.UTF8.GetString(DocumentJson.Serialize(list, ProjectDocuments.Projects.Json)));
        Assert.True(ProjectDocuments.Projects.Validator!.Validate(list).IsValid);
        Assert.Null(list[0].StartDay);
        Assert.Null(list[0].DeadlineDay);
        Assert.Null(list[0].LastCommitDay);
        Assert.Equal(("bare", "active", false), (list[1].DisplayName, list[1].EffectiveStatus, list[1].IsHidden));
    }

    [Theory]
    [InlineData("2026-11-23", "2026-11-23")]
    [InlineData(" 2026-11-23 ", "2026-11-23")]
    [InlineData("2026-11-23T10:00:00Z", "2026-11-23")]
    [InlineData("2026-11-23 10:00", "2026-11-23")]
    [InlineData("2026-02-30", null)]
    [InlineData("11/23/2026", "2026-11-23")]
    [InlineData("11/12/2026", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void ParseDay_Text_GivesTheDayOrNull(string? text, string? day) =>
        Assert.Equal(day, ProjectRecord.ParseDay(text) is { } parsed ? ProjectRecord.FormatDay(parsed) : null);

    [Theory]
    [InlineData("""[{"name":"x"}]""", "$[0].id")]
    [InlineData("""[{"id":"a"},{"id":" "}]""", "$[1].id")]
    [InlineData("""[{"id":"a"},{"id":"a"}]""", "$[1].id")]
    [InlineData("""[{"id":"a\u0000"}]""", "$[0].id")]
    [InlineData("""[{"id":"a","status":"archived"}]""", "$[0].status")]
    [InlineData("""[{"id":"a","progress":101}]""", "$[0].progress")]
    [InlineData("""[{"id":"a","progress":-1}]""", "$[0].progress")]
    [InlineData("""[{"id":"a","tasksTotal":-1}]""", "$[0].tasksTotal")]
    [InlineData("""[{"id":"a","tasksDone":-1}]""", "$[0].tasksDone")]
    [InlineData("[null]", "$[0]")]
    public void Validate_WhatNoPageCanShow_NamesTheField(string text, string place)
    {
        ProjectList list = JsonSerializer.Deserialize(text, ProjectDocuments.Projects.Json)!;

        ValidationFailure failure = Assert.Single(ProjectDocuments.Projects.Validator!.Validate(list).Errors);
        Assert.Equal(place, failure.PropertyName);
    }
}
