using System.Text;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Tests.Storage;

public sealed class DocumentStoreTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly DocumentStore store;

    public DocumentStoreTests() => store = new DocumentStore(folder.Data);

    public void Dispose() => folder.Dispose();

    // A page goes on answering while the disk is slow.
    [Fact]
    public async Task UpdateAsync_FromAPage_ReturnsBeforeTheChangeIsMade()
    {
        using var written = new ManualResetEventSlim();
        SynchronizationContext? before = SynchronizationContext.Current;
        Task<Note> update;
        SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
        try
        {
            update = store.UpdateAsync(
                Note.Derived,
                _ =>
                {
                    written.Wait();
                    return new Note { Version = 5 };
                });
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        Assert.False(update.IsCompleted);
        written.Set();
        Assert.Equal(5, (await update).Version);
    }

    [Fact]
    public Task WriteAsync_NotFromAPageAndNothingQueued_IsDoneWhenItReturns() => Task.Run(() =>
    {
        Assert.True(store.WriteAsync(Note.Derived, new Note { Version = 6 }).IsCompletedSuccessfully);
        Assert.Equal(6, store.Read(Note.Derived).Value!.Version);
    });

    [Fact]
    public Task UpdateAsync_FailingOrCancelledInPlace_FailsItsCallerAlone() => Task.Run(async () =>
    {
        Task<Note> failed = store.UpdateAsync<Note>(Note.Derived, _ => throw new InvalidOperationException("no"));
        Task cancelled = store.WriteAsync(Note.Derived, new Note { Version = 1 }, new CancellationToken(canceled: true));

        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(() => failed)).Message);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.True(await store.WriteAsync(Note.Derived, new Note { Version = 7 }));
    });

    [Fact]
    public void Read_MissingFile_IsNoProblemAndCreatesNothing()
    {
        DocumentRead<Note> read = store.Read(Note.Person);

        Assert.Equal(new DocumentRead<Note>(null, false, null).ToString(), read.ToString());
        Assert.Empty(folder.Files());
    }

    [Fact]
    public async Task WriteAsync_NewDocument_IsReadableTextInOurLayout()
    {
        await store.WriteAsync(Note.Person, new Note { Text = "Größe <b> & 'quotes' \u2028", Numbers = [1, 2] });

        string text = folder.Text("config/note.json");

        Assert.StartsWith("{\n  \"text\": \"Größe <b> & 'quotes'", text, StringComparison.Ordinal);
        Assert.EndsWith("\n  ]\n}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        Assert.Equal(["config/note.json"], folder.Files());
    }

    [Fact]
    public async Task Read_PropertiesMissing_KeepTheirInitialValues()
    {
        folder.Write("config/note.json", """{"version":3}""");

        Note? note = store.Read(Note.Person).Value;

        Assert.Equal(("initial", 3, 200m), (note!.Text, note.Version, note.Amount));
        await store.WriteAsync(Note.Person, note with { Amount = null });
        Assert.Null(store.Read(Note.Person).Value!.Amount);
    }

    [Fact]
    public async Task UpdateAsync_UnknownProperties_Survive()
    {
        folder.Write("config/note.json", """{"zeta":{"deep":[1,null,"x"]},"text":"a","alpha":1.50}""");

        await store.UpdateAsync(Note.Person, note => note! with { Version = 9 });

        string text = folder.Text("config/note.json");
        Assert.Contains("\"alpha\": 1.50", text, StringComparison.Ordinal);
        Assert.Contains("\"deep\": [\n      1,\n      null,\n      \"x\"\n    ]", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_SameContent_LeavesTheFileAlone()
    {
        var note = new Note { Text = "a" };
        Assert.True(await store.WriteAsync(Note.Person, note));
        string path = folder.Data.PathOf("config/note.json");
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);

        Assert.False(await store.WriteAsync(Note.Person, note));

        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(path));
        Assert.Equal(["config/note.json"], folder.Files());
    }

    [Fact]
    public async Task WriteAsync_SameContentInAPersonsOwnLayout_LeavesTheFileAlone()
    {
        const string own = "\uFEFF{ \"version\": 4,\r\n\t\"numbers\": [1,2,3], \"text\":\"\\u0061\" }";
        folder.Write("config/note.json", own);

        Assert.False(await store.WriteAsync(Note.Person, new Note { Version = 4, Text = "a", Numbers = [1, 2, 3] }));

        Assert.Equal(Encoding.UTF8.GetBytes(own), File.ReadAllBytes(folder.Data.PathOf("config/note.json")));
    }

    [Fact]
    public async Task WriteAsync_PersonsDocument_KeepsThePreviousVersion()
    {
        await store.WriteAsync(Note.Person, new Note { Version = 1 });
        string first = folder.Text("config/note.json");
        await store.WriteAsync(Note.Person, new Note { Version = 2 });

        Assert.Equal(first, folder.Text("config/note.json.bak"));
    }

    [Fact]
    public async Task UpdateAsync_CancelledWhileItRuns_IsFinishedWhole()
    {
        await store.WriteAsync(Note.Person, new Note { Version = 1 });
        using var cancel = new CancellationTokenSource();

        Note written = await store.UpdateAsync(
            Note.Person,
            current =>
            {
                cancel.Cancel();
                return current! with { Version = 2, Text = new string('x', 300_000) };
            },
            cancel.Token);

        Assert.Equal(2, written.Version);
        DocumentRead<Note> read = store.Read(Note.Person);
        Assert.Equal((2, 300_000), (read.Value!.Version, read.Value.Text.Length));
    }

    [Fact]
    public async Task UpdateAsync_SeveralMistakesInProjects_AllAreNamed()
    {
        folder.Write("projects.json", """[{"id":"a","name":5},{"id":"b","progress":"x"},{"id":"c","progress":500}]""");

        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(() =>
            store.UpdateAsync(AiaiaiDashboard.Core.Projects.ProjectDocuments.Projects, list => list!));

        Assert.All((string[])["$[0].name: 5", "$[1].progress: \"x\"", "$[2].progress: 500"], mistake => Assert.Contains(mistake, exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task TakeSetAside_BrokenDerivedDocumentReplaced_TellsItOnce()
    {
        folder.Write("note.json", "{");

        await store.WriteAsync(Note.Derived, new Note { Version = 1 });

        FileProblem told = Assert.Single(store.TakeSetAside());
        Assert.Equal("note.json", told.File);
        Assert.EndsWith("The file was set aside as note.json.broken and built anew.", told.Message, StringComparison.Ordinal);
        Assert.Empty(store.TakeSetAside());
    }

    [Fact]
    public async Task WriteAsync_DerivedDocument_KeepsNoPreviousVersion()
    {
        await store.WriteAsync(Note.Derived, new Note { Version = 1 });
        await store.WriteAsync(Note.Derived, new Note { Version = 2 });

        Assert.Equal(["note.json"], folder.Files());
    }

    [Theory]
    [InlineData("", "the file is empty.")]
    [InlineData("\0\0\0", "the file holds no JSON.")]
    [InlineData("null", "$: null is not allowed here.")]
    [InlineData("{\"version\":1", "line 1: not valid JSON at byte 13 of the line")]
    [InlineData("{\n  \"version\": ,\n}", "line 2: not valid JSON at byte 14 of the line")]
    [InlineData("{\"version\":\"x\"}", "$.version: \"x\" is not allowed here: expected a whole number up to 2,147,483,647.")]
    [InlineData("{\"version\":1.5}", "$.version: 1.5 is not allowed here: expected a whole number")]
    [InlineData("{\"amount\":1e308}", "$.amount: 1e308 is not allowed here: expected a number of at most 28 digits, or null.")]
    [InlineData("{\"amount\":NaN}", "line 1: not valid JSON")]
    [InlineData("{\"text\":null}", "$.text: null is not allowed here: expected text in quotes.")]
    [InlineData("{\"numbers\":{}}", "$.numbers: an object is not allowed here: expected a list in [ ].")]
    [InlineData("{\"numbers\":[1,true]}", "$.numbers[1]: true is not allowed here: expected a whole number")]
    [InlineData("[1]", "$: a list is not allowed here: expected an object in { }.")]
    [InlineData("{\"version\":1,\"version\":2}", "not valid JSON")]
    public async Task WriteAsync_BrokenPersonsDocument_IsRefusedWithPlaceAndReasonAndUntouched(string content, string expected)
    {
        folder.Write("config/note.json", content);

        FileProblem? problem = store.Read(Note.Person).Problem;
        InvalidDataException write = await Assert.ThrowsAsync<InvalidDataException>(() => store.WriteAsync(Note.Person, new Note()));
        InvalidDataException update = await Assert.ThrowsAsync<InvalidDataException>(() => store.UpdateAsync(Note.Person, _ => new Note()));

        Assert.Contains(expected, problem!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("config/note.json", problem.ToString(), StringComparison.Ordinal);
        Assert.Contains("delete it to begin anew", problem.Message, StringComparison.Ordinal);
        Assert.StartsWith(problem.ToString(), write.Message, StringComparison.Ordinal);
        Assert.Equal(write.Message, update.Message);
        Assert.Equal(content, folder.Text("config/note.json"));
        Assert.Equal(["config/note.json"], folder.Files());
    }

    [Fact]
    public async Task Read_BrokenPersonsDocumentWithBackup_NamesTheWayBack()
    {
        await store.WriteAsync(Note.Person, new Note { Version = 1 });
        await store.WriteAsync(Note.Person, new Note { Version = 2 });
        folder.Write("config/note.json", "{");

        Assert.Contains("copy config/note.json.bak, the version before it, over it", store.Read(Note.Person).Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_BrokenDerivedDocument_IsSetAsideAndReportedOnce()
    {
        folder.Write("note.json", "{broken");
        Assert.NotNull(store.Read(Note.Derived).Problem);

        await store.WriteAsync(Note.Derived, new Note { Version = 1 });

        Assert.Null(store.Read(Note.Derived).Problem);
        Assert.Equal(1, store.Read(Note.Derived).Value!.Version);
        Assert.Equal("{broken", folder.Text("note.json.broken"));
    }

    [Fact]
    public async Task UpdateAsync_BrokenDerivedDocumentAgain_KeepsBothAndABoundedNumber()
    {
        for (int i = 0; i < 12; i++)
        {
            folder.Write("note.json", $"broken {i}");
            await store.UpdateAsync(Note.Derived, note => note ?? new Note { Version = i });
        }

        Assert.Equal("broken 0", folder.Text("note.json.broken"));
        Assert.Equal("broken 1", folder.Text("note.json.2.broken"));
        Assert.Equal("broken 11", folder.Text("note.json.9.broken"));
        Assert.Equal(10, folder.Files().Length);
    }

    [Theory]
    [InlineData(DocumentKind.Person)]
    [InlineData(DocumentKind.Derived)]
    public async Task WriteAsync_NewerSchemaVersion_IsRefusedUntouched(DocumentKind kind)
    {
        DocumentType<Note> type = kind == DocumentKind.Person ? Note.Person : Note.Derived;
        folder.Write(type.Name, """{"text":"a","schemaVersion":2}""");

        Assert.True(store.Read(type).IsNewer);
        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(() => store.WriteAsync(type, new Note()));

        Assert.Contains("$.schemaVersion: 2 was written by a newer version", exception.Message, StringComparison.Ordinal);
        Assert.Equal([type.Name], folder.Files());
        Assert.Equal("""{"text":"a","schemaVersion":2}""", folder.Text(type.Name));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("\"1\"")]
    [InlineData("1.5")]
    public void Read_SchemaVersionThatIsNone_IsAProblem(string version)
    {
        folder.Write("note.json", $$"""{"schemaVersion":{{version}}}""");

        Assert.Equal("$.schemaVersion", store.Read(Note.Derived).Problem!.Location);
        Assert.False(store.Read(Note.Derived).IsNewer);
    }

    [Theory]
    [InlineData(DocumentKind.Person)]
    [InlineData(DocumentKind.Derived)]
    public async Task UpdateAsync_OlderSchemaVersion_IsUpgradedAndTheOriginalKept(DocumentKind kind)
    {
        DocumentType<Note> type = (kind == DocumentKind.Person ? Note.Person : Note.Derived) with
        {
            SchemaVersion = 2,
            Upgrade = (old, version) =>
            {
                old["text"] = $"from {version}: {old["title"]}";
                old.Remove("title");
                old["schemaVersion"] = 2;
                return old;
            },
        };
        folder.Write(type.Name, """{"title":"a"}""");

        Assert.Equal("from 1: a", store.Read(type).Value!.Text);
        Assert.Equal([type.Name], folder.Files());
        await store.UpdateAsync(type, note => note!);

        Assert.Equal("""{"title":"a"}""", folder.Text(type.Name + ".v1.bak"));
        Assert.Equal((2, "from 1: a"), (store.Read(type).Value!.SchemaVersion, store.Read(type).Value!.Text));
    }

    [Fact]
    public async Task WriteAsync_ManyInFlight_LastIssuedWinsAndVersionsRise()
    {
        Task<bool>[] writes = [.. Enumerable.Range(1, 200).Select(i => store.WriteAsync(Note.Derived, new Note { Version = i }))];
        int last = 0;
        while (!Task.WhenAll(writes).IsCompleted)
        {
            int version = store.Read(Note.Derived).Value?.Version ?? 0;
            Assert.True(version >= last, $"{version} after {last}");
            last = version;
        }

        await Task.WhenAll(writes);
        Assert.Equal(200, store.Read(Note.Derived).Value!.Version);
    }

    [Fact]
    public async Task UpdateAsync_ManyInFlight_LosesNoChange()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => store.UpdateAsync(Note.Derived, note => (note ?? new Note()) with { Version = (note?.Version ?? 0) + 1 })));

        Assert.Equal(100, store.Read(Note.Derived).Value!.Version);
    }

    [Fact]
    public async Task WriteAsync_CancelledWhileQueued_WritesNothingAndTheNextStillRuns()
    {
        using var gate = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        Task<Note> first = store.UpdateAsync(Note.Derived, _ =>
        {
            gate.Wait();
            return new Note { Version = 1 };
        });
        Task<bool> second = store.WriteAsync(Note.Derived, new Note { Version = 2 }, cancellation.Token);
        Task<Note> third = store.UpdateAsync(Note.Derived, note => note! with { Text = "third" });

        await cancellation.CancelAsync();
        gate.Set();

        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await third;
        Assert.Equal((1, "third"), (store.Read(Note.Derived).Value!.Version, store.Read(Note.Derived).Value!.Text));
    }

    [Fact]
    public async Task UpdateAsync_ChangeThrows_LeavesTheDocumentAndTheQueueWorking()
    {
        await store.WriteAsync(Note.Derived, new Note { Version = 1 });

        await Assert.ThrowsAsync<FormatException>(() => store.UpdateAsync(Note.Derived, _ => throw new FormatException()));
        await store.UpdateAsync(Note.Derived, note => note! with { Version = note.Version + 1 });

        Assert.Equal(2, store.Read(Note.Derived).Value!.Version);
    }
}
