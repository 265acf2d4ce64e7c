using System.Text;

namespace AiaiaiDashboard.Components.State;

/// <summary>Addresses of pages. The address is the page's state, so every link carries the project filter on.</summary>
public static class Address
{
    /// <summary><paramref name="path"/> with the filter and the given query values; null values are left out.</summary>
    public static string Of(string path, string? project, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var address = new StringBuilder(path);
        char separator = '?';
        Append("project", project);
        foreach ((string name, string? value) in query)
        {
            Append(name, value);
        }

        return address.ToString();

        void Append(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                address.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }
    }

    /// <summary>The page of one project.</summary>
    public static string OfProject(string id) => $"/projects/{Uri.EscapeDataString(id)}";
}
