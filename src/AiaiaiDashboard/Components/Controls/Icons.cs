namespace AiaiaiDashboard.Components.Controls;

/// <summary>Our own icons: path data for a box of 16 px, drawn with a stroke of 1.5 px.</summary>
public static class Icons
{
    public const string Home = "M2.5 7.2 8 2.5l5.5 4.7V13a.5.5 0 0 1-.5.5H3a.5.5 0 0 1-.5-.5zM6.3 13.3V9.5h3.4v3.8";
    public const string Projects = "M2.5 3h4.6v4.6H2.5zM9 3h4.5v4.6H9zM2.5 9.4h4.6V13H2.5zM9 9.4h4.5V13H9z";
    public const string Kanban = "M2.5 3h3v10h-3zM6.5 3h3v7h-3zM10.5 3h3v4.5h-3z";
    public const string Tokens = "M8 2.5c3 0 5.2.9 5.2 2.1S11 6.7 8 6.7 2.8 5.8 2.8 4.6 5 2.5 8 2.5M2.8 4.6V8c0 1.2 2.2 2.1 5.2 2.1s5.2-.9 5.2-2.1V4.6M2.8 8v3.4c0 1.2 2.2 2.1 5.2 2.1s5.2-.9 5.2-2.1V8";
    public const string Analytics = "M2.5 2.5v11h11M5.2 10.2l2.6-3.4 2.2 1.8 3-4.4";
    public const string Quality = "M8 2.2l5 1.8v3.6c0 3-2 5.2-5 6.2-3-1-5-3.2-5-6.2V4zM5.8 7.9l1.6 1.6 2.9-3.1";
    public const string Bell = "M4 7a4 4 0 1 1 8 0c0 2.6.8 3.6 1.5 4.3h-11C3.2 10.6 4 9.6 4 7M6.6 13.5a1.5 1.5 0 0 0 2.8 0";
    public const string Settings = "M2.5 5h5.5M11.5 5h2M2.5 11h2M8 11h5.5M9.8 3.3a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4M6.2 9.3a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4";
    public const string Sidebar = "M3 3h10v10H3zM6.5 3v10";
    public const string Menu = "M2.5 4.5h11M2.5 8h11M2.5 11.5h11";
    public const string Folder = "M2.5 4.2a.7.7 0 0 1 .7-.7h3l1.5 1.7h5.1a.7.7 0 0 1 .7.7v6a.7.7 0 0 1-.7.7H3.2a.7.7 0 0 1-.7-.7z";
    public const string ChevronDown = "M3.8 6.2 8 10.4l4.2-4.2";
    public const string ChevronRight = "M6.2 3.8 10.4 8l-4.2 4.2";
    public const string Refresh = "M13 8a5 5 0 0 1-8.9 3.1M3 8a5 5 0 0 1 8.9-3.1M12.2 2.3v2.8H9.4M3.8 13.7v-2.8h2.8";
    public const string Sun = "M8 5.3a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4M8 1.8v1.2M8 13v1.2M1.8 8H3M13 8h1.2M3.6 3.6l.9.9M11.5 11.5l.9.9M3.6 12.4l.9-.9M11.5 4.5l.9-.9";
    public const string Moon = "M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8";
    public const string Close = "M4 4l8 8M12 4l-8 8";
    public const string Warning = "M8 2.7 14 13H2zM8 6.7v2.8M8 11.3v.1";
    public const string Critical = "M5.6 2.3h4.8l3.3 3.3v4.8l-3.3 3.3H5.6l-3.3-3.3V5.6zM8 5.2v3.4M8 10.7v.1";
    public const string Info = "M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2M8 7.4v3.4M8 5.1v.1";
    public const string Done = "M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2M5.4 8.1l1.8 1.8 3.4-3.6";
    public const string Clock = "M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2M8 4.8V8l2.1 1.4";
    public const string Table = "M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6";
    public const string ArrowUp = "M8 13V3.5M4.2 7.2 8 3.4l3.8 3.8";
    public const string ArrowDown = "M8 3v9.5M4.2 8.8 8 12.6l3.8-3.8";
    public const string More = "M3.5 8h.01M8 8h.01M12.5 8h.01";
    public const string Grip = "M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01";
    public const string Edit = "M3 13l.6-2.7 7-7a1.2 1.2 0 0 1 1.7 0l.4.4a1.2 1.2 0 0 1 0 1.7l-7 7zM9.6 4.3l2.1 2.1";
    public const string Search = "M7 2.8a4.2 4.2 0 1 1 0 8.4 4.2 4.2 0 0 1 0-8.4M10.2 10.2l3.2 3.2";
    public const string Tick = "M3.4 8.4l3 3 6.2-6.6";
}
