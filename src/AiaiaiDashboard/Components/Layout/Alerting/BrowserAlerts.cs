namespace AiaiaiDashboard.Components.Layout.Alerting;

/// <summary>Whether this browser lets us show notifications, as it last said. Scoped to the circuit.</summary>
public sealed class BrowserAlerts
{
    /// <summary>default (not asked), granted, denied, unsupported or forgetful (nothing can be remembered); empty until the browser has said.</summary>
    public string Permission { get; private set; } = "";

    /// <summary>Called when it changes.</summary>
    public event Action? Changed;

    /// <summary>Takes over what the browser said.</summary>
    public void Set(string permission)
    {
        if (Permission != permission)
        {
            Permission = permission;
            Changed?.Invoke();
        }
    }

    /// <summary>The state in words.</summary>
    public string Words => Permission switch
    {
        "granted" => "Allowed in this browser",
        "denied" => "Blocked in this browser. Change it in the browser's settings of this site.",
        "default" => "Not allowed yet",
        "unsupported" => "This browser shows no notifications for this address.",
        "forgetful" => "This browser remembers nothing for this site, so that every reload would repeat them.",
        _ => "Not known yet",
    };
}
