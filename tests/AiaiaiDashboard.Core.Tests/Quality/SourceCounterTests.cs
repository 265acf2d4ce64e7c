using System.Text;
using AiaiaiDashboard.Core.Quality.Source;

namespace AiaiaiDashboard.Core.Tests.Quality;

public sealed class SourceCounterTests
{
    [Theory]
    [InlineData("a.cs", "// TODO: one\n/* FIXME two */\nint x; // HACK three", 1, 1, 1)]
    [InlineData("a.cs", "/*\n TODO inside\n*/\nTODO();\n", 1, 0, 0)]
    [InlineData("a.cs", "var text = \"// TODO in a text\";\nvar word = \"TODO\"; // none", 0, 0, 0)]
    [InlineData("a.cs", "char c = '\"'; // TODO after a quote", 1, 0, 0)]
    [InlineData("a.cs", "// TODOS todo MY_TODO TODO_2 are other words", 0, 0, 0)]
    [InlineData("a.cs", "// TODO FIXME HACK", 1, 1, 1)]
    [InlineData("a.py", "# FIXME\nx = 1  # TODO(ada): later\n\"\"\"\nTODO in the documentation\n\"\"\"\n", 2, 1, 0)]
    [InlineData("a.html", "<!-- TODO -->\n<p>TODO</p>\n<!--\nHACK\n-->", 1, 0, 1)]
    [InlineData("a.sql", "-- TODO\nselect 'TODO' from t", 1, 0, 0)]
    [InlineData("a.vb", "' TODO", 1, 0, 0)]
    [InlineData("a.sh", "#!/bin/sh\necho it's # HACK", 0, 0, 1)]
    [InlineData("a.css", "a { color: red } /* TODO */ b { content: 'TODO' }", 1, 0, 0)]
    [InlineData("a.rs", "fn f<'a>(x: &'a str) {} // TODO", 1, 0, 0)]
    public void Count_RemarksInComments_AreCountedAndNothingElse(string file, string text, int todo, int fixme, int hack)
    {
        SourceCount count = Count(file, text);

        Assert.Equal((todo, fixme, hack), (count.Todo, count.Fixme, count.Hack));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("a\n", 1)]
    [InlineData("a\n\n \t\r\n b \r\n", 2)]
    public void Count_Lines_LeavesBlankOnesOut(string text, int lines) => Assert.Equal(lines, Count("a.cs", text).Lines);

    [Fact]
    public void Count_Binary_CountsNothing() => Assert.Equal(SourceCount.Nothing, Count("a.cs", "// TODO\0"));

    [Theory]
    [InlineData("src/a.CS", "C#")]
    [InlineData("a.test.tsx", "TypeScript")]
    [InlineData("a.min.js", null)]
    [InlineData("README.md", null)]
    [InlineData("Makefile", null)]
    [InlineData("dir.cs/noextension", null)]
    public void Of_FileName_TellsTheLanguage(string path, string? language) => Assert.Equal(language, SourceLanguage.Of(path)?.Name);

    [Fact]
    public void Count_LineOfNothingButTheWord_StaysLinear() =>
        // Each word is looked at with what stands before it on its line, up to a bound: 2 MB of them must not take for ever.
        Assert.Equal(1_000 / 5, Count("a.cs", "//" + string.Concat(Enumerable.Repeat("TODO ", 400_000))).Todo);

    private static SourceCount Count(string file, string text) => SourceCounter.Count(Encoding.UTF8.GetBytes(text), SourceLanguage.Of(file)!.Comments);
}
