using AiaiaiDashboard.Core.Projects.GitHub;

namespace AiaiaiDashboard.Core.Tests.Projects.GitHub;

public class GitHubRepositoryTests
{
    [Theory]
    [InlineData("https://github.com/ada/engine.git")]
    [InlineData("https://github.com/ada/engine")]
    [InlineData("https://GitHub.com/ada/engine/")]
    [InlineData("https://www.github.com:443/ada/engine.git")]
    [InlineData("https://x-access-token:ghp_secret@github.com/ada/engine.git")]
    [InlineData("git@github.com:ada/engine.git")]
    [InlineData("github.com:ada/engine")]
    [InlineData("ssh://git@github.com/ada/engine.git")]
    [InlineData("ssh://git@ssh.github.com:443/ada/engine.git")]
    public void Parse_FormsOfGitHub_OwnerAndName(string remote) => Assert.Equal("ada/engine", GitHubRepository.Parse(remote));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://gitlab.com/ada/engine.git")]
    [InlineData("https://github.com.evil.example/ada/engine")]
    [InlineData("https://evil.example/github.com/ada/engine")]
    [InlineData("https://github.com@evil.example/ada/engine")]
    [InlineData("https://evil.example\\@github.com/ada/engine")]
    [InlineData("https://github.com:8443/ada/engine")]
    [InlineData("http://github.com/ada/engine")]
    [InlineData("file:///srv/github.com/ada/engine")]
    [InlineData("ext::sh -c touch% /tmp/x% github.com:ada/engine")]
    [InlineData("https://github.com/ada/..")]
    [InlineData("https://github.com/../engine")]
    [InlineData("https://github.com/ada/engine/../../user")]
    [InlineData("https://github.com/ada/engine?x=1")]
    [InlineData("https://github.com/ada/engine#x")]
    [InlineData("https://github.com/ada/eng%2fine")]
    [InlineData("https://github.com/ada/engine\r\nHost: evil.example")]
    [InlineData("https://github.com/ada/engine\n")]
    [InlineData("https://github.com/ada/.git")]
    [InlineData("https://github.com/ada/näme")]
    [InlineData("git@github.com:ada")]
    [InlineData("-oProxyCommand=x@github.com:ada/engine")]
    public void Parse_EverythingElse_Null(string? remote) => Assert.Null(GitHubRepository.Parse(remote));

    [Fact]
    public void Parse_LongerThanAnyAddress_Null() => Assert.Null(GitHubRepository.Parse("https://github.com/ada/" + new string('a', 600)));
}
