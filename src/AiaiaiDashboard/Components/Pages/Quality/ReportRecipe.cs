namespace AiaiaiDashboard.Components.Pages.Quality;

/// <summary>How reports are produced in one ecosystem, so that they lie where they are looked for.</summary>
/// <param name="Ecosystem">As people call it.</param>
/// <param name="Stack">Names in a project's stack that belong to it.</param>
/// <param name="Commands">What for, and the command.</param>
public sealed record ReportRecipe(string Ecosystem, IReadOnlyList<string> Stack, IReadOnlyList<(string What, string Command)> Commands)
{
    private static readonly ReportRecipe[] All =
    [
        new(".NET", ["C#", ".NET", "ASP.NET Core", "Blazor", "F#"], [("Coverage", "dotnet test --collect \"XPlat Code Coverage\""), ("Tests", "dotnet test --logger trx")]),
        new("JavaScript and TypeScript", ["TypeScript", "JavaScript", "Node", "Node.js", "React", "Next.js", "Vue", "Svelte", "Angular", "Astro"],
        [
            ("Coverage, jest", "npx jest --coverage --coverageReporters=json-summary --coverageReporters=lcov"),
            ("Coverage, vitest", "npx vitest run --coverage --coverage.reporter=json-summary"),
            ("Coverage, any runner", "npx c8 --reporter=json-summary npm test"),
            ("Tests, vitest", "npx vitest run --reporter=junit --outputFile=junit.xml"),
        ]),
        new("Python", ["Python", "Django", "FastAPI", "Flask"], [("Coverage", "pytest --cov --cov-report=xml"), ("Tests", "pytest --junitxml=junit.xml")]),
        new("Go", ["Go"], [("Coverage", "go test ./... -coverprofile=coverage.out"), ("Tests", "gotestsum --junitfile junit.xml ./...")]),
        new("Java and Kotlin", ["Java", "Kotlin", "Spring"], [("Coverage, Maven", "mvn verify jacoco:report"), ("Coverage, Gradle with xml.required = true", "gradle test jacocoTestReport"), ("Tests", "mvn verify, or gradle test")]),
        new("Rust", ["Rust"], [("Coverage", "cargo llvm-cov --lcov --output-path lcov.info"), ("Tests", "cargo nextest run with junit.path = \"junit.xml\" in its profile")]),
        new("C and C++", ["C", "C++"], [("Coverage", "gcovr --cobertura coverage.xml"), ("Coverage, lcov", "lcov --capture --directory . --output-file coverage.info")]),
        new("Web page", ["React", "Next.js", "Vue", "Svelte", "Astro", "Blazor", "HTML"], [("Lighthouse", "npx lighthouse http://localhost:3000 --output=json --output-path=lighthouse-report.json"), ("Lighthouse CI", "npx lhci collect --url=http://localhost:3000")]),
    ];

    /// <summary>Whether it belongs to the project's stack.</summary>
    public bool Fits { get; private init; }

    /// <summary>All recipes, those of the project's stack first.</summary>
    public static IReadOnlyList<ReportRecipe> For(IReadOnlyList<string> stack) =>
        [.. All.Select(r => r with { Fits = r.Stack.Intersect(stack, StringComparer.OrdinalIgnoreCase).Any() }).OrderBy(r => r.Fits ? 0 : 1)];
}
