using System.Net;

namespace AiaiaiDashboard.Core.Usage.AnthropicAdmin;

/// <summary>The Admin API could not be asked, refused, or answered with something that is no report. The message says what to do and never holds the key.</summary>
public sealed class AdminApiException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do, in full sentences.</param>
    /// <param name="status">Status of the answer; null where there was none or it was a success.</param>
    /// <param name="inner">The cause; must not hold the key.</param>
    public AdminApiException(string message, HttpStatusCode? status = null, Exception? inner = null)
        : base(message, inner) => Status = status;

    /// <summary>Status of the answer; null where there was none or it was a success.</summary>
    public HttpStatusCode? Status { get; }
}
