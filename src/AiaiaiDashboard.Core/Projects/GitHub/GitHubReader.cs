using System.Net;
using Octokit;

namespace AiaiaiDashboard.Core.Projects.GitHub;

/// <summary>Why GitHub did not tell, as a person reads it.</summary>
/// <param name="message">A whole sentence without the token, a time of day or a name of a project.</param>
/// <param name="concernsAll">Whether other repositories need not be asked for now.</param>
/// <param name="until">When GitHub may be asked again, where it says so.</param>
/// <param name="wait">How long it asks to wait, where it says so.</param>
internal sealed class GitHubException(string message, bool concernsAll = false, DateTimeOffset? until = null, TimeSpan? wait = null) : Exception(message)
{
    public bool ConcernsAll => concernsAll;

    public DateTimeOffset? Until => until;

    public TimeSpan? Wait => wait;
}

/// <summary>Asks for one repository. Every failure is a <see cref="GitHubException"/>.</summary>
/// <param name="connection">From <see cref="GitHubConnection.Create"/>.</param>
/// <param name="token">The token it sends, so that no answer can bring it into a message.</param>
/// <param name="time">Clock of the limit.</param>
internal sealed class GitHubReader(IConnection connection, string token, TimeProvider time)
{
    /// <summary>Longest time one repository takes.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan SecondaryPause = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<string, string> OnePullRequest = new() { ["state"] = "open", ["per_page"] = "1" };

    /// <summary>The figures now; the same where nothing changed since <paramref name="before"/>.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<GitHubFacts> AskAsync(GitHubFacts before, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(Limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            IApiResponse<Repository> answer = await connection.Get<Repository>(new Uri($"repos/{before.Repository}", UriKind.Relative), null, null, linked.Token);
            if (answer.HttpResponse.StatusCode == HttpStatusCode.NotModified)
            {
                return before with { Note = null };
            }

            if (answer.Body is not { FullName: { Length: > 0 } } repository)
            {
                throw Unusable();
            }

            // GitHub counts pull requests as issues; how many they are stands in the number of the last page.
            IApiResponse<List<object>> pulls = await connection.Get<List<object>>(new Uri($"repos/{before.Repository}/pulls", UriKind.Relative), OnePullRequest, null, linked.Token);
            int count = LastPage(pulls.HttpResponse.ApiInfo) ?? pulls.Body?.Count ?? throw Unusable();
            return before with
            {
                OpenPullRequests = count,
                OpenIssues = Math.Max(0, repository.OpenIssuesCount - count),
                ETag = Short(answer.HttpResponse.ApiInfo.Etag),
                Note = null,
            };
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (exception is not GitHubException)
        {
            throw Told(exception);
        }
    }

    private static int? LastPage(ApiInfo info)
    {
        if (!info.Links.TryGetValue("last", out Uri? last))
        {
            return null;
        }

        string? page = last.Query.TrimStart('?').Split('&').FirstOrDefault(p => p.StartsWith("page=", StringComparison.Ordinal))?[5..];
        return int.TryParse(page, out int number) && number > 0 ? number : throw Unusable();
    }

    private static string? Short(string? etag) => etag is { Length: > 0 and <= 200 } ? etag : null;

    private static GitHubException Unusable() => new("The answer of GitHub could not be used.");

    private GitHubException Told(Exception exception) => exception switch
    {
        AuthorizationException => new($"GitHub refused {GitHubConnection.TokenVariable} (HTTP 401). Set it to a valid token and start the program again.", concernsAll: true),
        RateLimitExceededException limit => new("The rate limit of GitHub is used up (HTTP 403).", concernsAll: true, limit.Reset),
        AbuseException abuse => TooMany(abuse.RetryAfterSeconds),
        SecondaryRateLimitExceededException => TooMany(null),
        ApiException { StatusCode: HttpStatusCode.TooManyRequests } => TooMany(null),
        NotFoundException => new($"GitHub does not know this repository, or {GitHubConnection.TokenVariable} may not see it (HTTP 404)."),
        ApiException { StatusCode: >= HttpStatusCode.InternalServerError } fault => new($"GitHub has a fault (HTTP {(int)fault.StatusCode}).", concernsAll: true),
        ApiException refusal => new($"GitHub did not answer the request (HTTP {(int)refusal.StatusCode}): {Shown(refusal.Message)}"),
        OperationCanceledException or TimeoutException => new("GitHub did not answer in time.", concernsAll: true),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => Unusable(),
        HttpRequestException or IOException => new($"GitHub could not be reached: {Shown(exception.Message)}", concernsAll: true),
        // The reader's own exceptions quote what they read.
        _ => Unusable(),
    };

    private static GitHubException TooMany(int? seconds) =>
        new("GitHub asks for fewer requests.", concernsAll: true, wait: seconds is { } s ? TimeSpan.FromSeconds(Math.Clamp(s, 1, 3600)) : SecondaryPause);

    // An answer is somebody else's text: one line, bounded, and never with the token in it, should it be echoed.
    private string Shown(string text) => ProjectNames.OneLine(text.Replace(token, "(token)", StringComparison.Ordinal), 200);
}
