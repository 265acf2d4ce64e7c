namespace AiaiaiDashboard.Core.Demo;

/// <summary>One project of the sample data. Days count from today.</summary>
/// <param name="Id">Id and name.</param>
/// <param name="Client">Client.</param>
/// <param name="Status">active, paused or completed.</param>
/// <param name="Progress">Percent.</param>
/// <param name="Tasks">Tasks in all.</param>
/// <param name="Share">Weight of its monthly spend.</param>
/// <param name="Limit">Monthly limit, USD.</param>
/// <param name="Started">Days since its start.</param>
/// <param name="Quiet">Days since its last usage.</param>
/// <param name="Committed">Days since its last commit.</param>
/// <param name="Due">Days until its deadline, negative when past; null for none.</param>
/// <param name="Stack">Languages and frameworks.</param>
/// <param name="Description">What it is.</param>
/// <param name="Quality">Measurements; null where nothing was measured.</param>
internal sealed record DemoProject(
    string Id,
    string Client,
    string Status,
    int Progress,
    int Tasks,
    double Share,
    decimal Limit,
    int Started,
    int Quiet,
    int Committed,
    int? Due,
    string[] Stack,
    string Description,
    DemoQuality? Quality)
{
    /// <summary>The twelve projects, most expensive first.</summary>
    public static IReadOnlyList<DemoProject> All { get; } =
    [
        new("rag-evaluator", "Legal publisher", "active", 41, 34, 38.64, 35, 143, 0, 0, 25, ["Python", "FastAPI", "LangChain"],
            "Scores answers of a retrieval system against a lawyer-made test set.", new(null, 71.2m, 71.2m, null, 14, "medium")),
        new("ledger-migration", "Regional bank", "active", 58, 48, 29.87, 40, 211, 0, 0, -3, ["C#", ".NET", "ASP.NET Core", "EF Core"],
            "Moves the booking ledger off the mainframe, account by account.", new(null, 83.9m, 83.9m, null, 9, "low")),
        new("storefront-api", "Grocery retail", "active", 72, 40, 24.15, 40, 186, 0, 0, 18, ["TypeScript", "NestJS", "Prisma"],
            "Orders, baskets and delivery slots for the web shop.", new(null, 88.4m, 88.4m, null, 5, "low")),
        new("support-copilot", "Telecom", "active", 77, 31, 19.42, 30, 164, 0, 0, 11, ["TypeScript", "Next.js", "React"],
            "Drafts replies for support agents from the knowledge base.", new(74.8m, 84.4m, 79.6m, 91, 7, "low")),
        new("claims-triage", "Insurance", "active", 86, 29, 14.76, 25, 238, 0, 1, 7, ["Python", "Django"],
            "Sorts incoming claims by urgency and missing documents.", new(null, 91.3m, 91.3m, null, 2, "low")),
        new("fleet-telemetry", "Freight", "active", 34, 44, 11.08, 25, 97, 0, 0, 60, ["Go", "gRPC", "Kubernetes"],
            "Collects positions and engine data of 2,400 lorries.", new(null, 68.7m, 68.7m, null, 11, "medium")),
        new("design-system", "Internal", "active", 63, 27, 7.93, 15, 305, 0, 1, null, ["TypeScript", "React", "Storybook"],
            "Components and tokens shared by our front ends.", new(94.1m, null, 94.1m, 97, 1, "low")),
        new("mobile-onboarding", "Consumer app", "active", 52, 25, 4.21, 15, 121, 12, 12, 30, ["TypeScript", "React Native", "Expo"],
            "Sign-up and identity check for the banking app.", new(64.8m, null, 64.8m, 72, 6, "medium")),
        new("invoice-ocr", "Accounting", "paused", 45, 22, 2.36, 10, 176, 19, 19, null, ["Python", "PyTorch"],
            "Reads scanned invoices into the accounting system.", new(null, 61.4m, 61.4m, null, 12, "medium")),
        new("pricing-engine", "Grocery retail", "completed", 100, 36, 1.94, 10, 320, 9, 9, -10, ["Rust", "Axum", "Tokio"],
            "Computes shelf prices for 300 shops every night.", new(null, 92.7m, 92.7m, null, 0, "low")),
        new("data-catalog", "Public sector", "paused", 22, 38, 1.22, 10, 98, 26, 26, 95, ["C#", ".NET", "Blazor"],
            "Makes the open data of a city searchable.", new(51.2m, 61.3m, 57.9m, 68, 8, "medium")),
        new("docs-site", "Internal", "completed", 100, 18, 0.84, 5, 260, 17, 17, -17, ["JavaScript", "Astro"],
            "Handbook and public documentation.", null),
    ];
}

/// <summary>Measurements of a project of the sample data; null where not measured.</summary>
/// <param name="Frontend">Coverage in percent.</param>
/// <param name="Backend">Coverage in percent.</param>
/// <param name="Overall">Coverage in percent.</param>
/// <param name="Lighthouse">Score, 0 to 100.</param>
/// <param name="Issues">Open issues.</param>
/// <param name="Debt">none, low, medium or high.</param>
internal sealed record DemoQuality(decimal? Frontend, decimal? Backend, decimal? Overall, decimal? Lighthouse, int Issues, string Debt);
