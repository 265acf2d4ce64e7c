namespace AiaiaiDashboard.Tests.Shared;

/// <summary>Texts that would be code, markup, formulas, mentions or lines of their own somewhere. Whatever shows or sends a name is tried with each.</summary>
internal static class HostileTexts
{
    /// <summary>All of them.</summary>
    public static readonly string[] All =
    [
        "<img src=x onerror=alert(1)>",
        "\"' onclick=alert(1) x=\"><script>alert(1)</script>",
        "</title><svg onload=alert(1)><!-- --><textarea>",
        "javascript:alert(1)",
        "[click](javascript:alert(1)) ![x](http://evil.example/x.png) <http://evil.example>",
        "&lt;b&gt; **bold** __bold__ ~~struck~~ `code` a|b",
        "=cmd|' /C calc'!A0",
        "+1+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+9)*cmd|' /C calc'!A0",
        " \t=HYPERLINK(\"http://evil.example\")",
        "\uFF1D1+1",
        "a\",=1+1,\"b",
        "a;=1+1",
        "<!channel> <!everyone> <@U123> <http://evil.example|click> @everyone @here",
        "first\r\nSecond: line\nBcc: evil@example.org",
        "\u001b[31mred\u001b[2J\u001b]0;title\u0007\u009b31m",
        "nul\0after",
        "$(touch /tmp/evil) `touch /tmp/evil` ; touch /tmp/evil & | > x",
        "--help",
        "{0} {Name} {{x}} %n %s",
        "\U0001F600 \u202Eright to left",
    ];

    /// <summary>The same as cases of a theory.</summary>
    public static IEnumerable<object[]> Cases => All.Select(text => new object[] { text });
}
