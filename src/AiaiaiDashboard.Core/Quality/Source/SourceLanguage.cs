using System.Collections.Frozen;

namespace AiaiaiDashboard.Core.Quality.Source;

/// <summary>How a language writes comments.</summary>
/// <param name="Line">Texts that begin a comment up to the end of the line.</param>
/// <param name="Open">Texts that begin a comment over several lines.</param>
/// <param name="Close">What ends it, in the order of <paramref name="Open"/>.</param>
internal sealed record CommentSyntax(string[] Line, string[] Open, string[] Close);

/// <summary>A language whose tracked files count as source code.</summary>
/// <param name="Name">As people write it.</param>
/// <param name="Comments">How it writes comments.</param>
/// <param name="Code">Its position in the table below: changes with it.</param>
internal sealed record SourceLanguage(string Name, CommentSyntax Comments, byte Code)
{
    private static readonly CommentSyntax C = new(["//"], ["/*"], ["*/"]);
    private static readonly CommentSyntax Css = new([], ["/*"], ["*/"]);
    private static readonly CommentSyntax Hash = new(["#"], [], []);
    private static readonly CommentSyntax Python = new(["#"], ["\"\"\"", "'''"], ["\"\"\"", "'''"]);
    private static readonly CommentSyntax Ruby = new(["#"], ["=begin"], ["=end"]);
    private static readonly CommentSyntax Php = new(["//", "#"], ["/*", "<!--"], ["*/", "-->"]);
    private static readonly CommentSyntax PowerShell = new(["#"], ["<#"], ["#>"]);
    private static readonly CommentSyntax Sql = new(["--"], ["/*"], ["*/"]);
    private static readonly CommentSyntax Lua = new(["--"], ["--[["], ["]]"]);
    private static readonly CommentSyntax Haskell = new(["--"], ["{-"], ["-}"]);
    private static readonly CommentSyntax Lisp = new([";"], ["#|"], ["|#"]);
    private static readonly CommentSyntax Percent = new(["%"], [], []);
    private static readonly CommentSyntax Basic = new(["'"], [], []);
    private static readonly CommentSyntax FSharp = new(["//"], ["(*"], ["*)"]);
    private static readonly CommentSyntax Markup = new(["//"], ["<!--", "/*", "@*"], ["-->", "*/", "*@"]);
    private static readonly CommentSyntax Terraform = new(["#", "//"], ["/*"], ["*/"]);

    // Names that are the same language stand on one line; the extension is without its dot.
    private static readonly FrozenDictionary<string, SourceLanguage> ByExtension = Build(
        ("C#", C, "cs csx"), ("F#", FSharp, "fs fsi fsx"), ("Visual Basic", Basic, "vb"), ("Razor", Markup, "razor cshtml"),
        ("TypeScript", C, "ts tsx mts cts"), ("JavaScript", C, "js jsx mjs cjs"), ("Vue", Markup, "vue"), ("Svelte", Markup, "svelte"), ("Astro", Markup, "astro"),
        ("Python", Python, "py pyi"), ("Java", C, "java"), ("Kotlin", C, "kt kts"), ("Scala", C, "scala"), ("Groovy", C, "groovy gradle"), ("Clojure", Lisp, "clj cljs cljc"),
        ("Go", C, "go"), ("Rust", C, "rs"), ("C", C, "c h"), ("C++", C, "cc cpp cxx hpp hh hxx"), ("Objective-C", C, "m mm"), ("Swift", C, "swift"), ("Dart", C, "dart"), ("Zig", C, "zig"),
        ("Ruby", Ruby, "rb rake"), ("PHP", Php, "php"), ("Perl", Hash, "pl pm"), ("R", Hash, "r"), ("Julia", Hash, "jl"), ("Elixir", Hash, "ex exs"), ("Erlang", Percent, "erl hrl"),
        ("Haskell", Haskell, "hs"), ("Elm", Haskell, "elm"), ("Lua", Lua, "lua"), ("Lisp", Lisp, "lisp el scm"), ("OCaml", FSharp, "ml mli"),
        ("Shell", Hash, "sh bash zsh fish"), ("PowerShell", PowerShell, "ps1 psm1"), ("SQL", Sql, "sql"), ("Terraform", Terraform, "tf"), ("Solidity", C, "sol"), ("Protocol Buffers", C, "proto"), ("GraphQL", Hash, "graphql gql"),
        ("HTML", Markup, "html htm"), ("CSS", Css, "css"), ("Sass", C, "scss sass"), ("Less", C, "less"));

    private static readonly FrozenDictionary<string, SourceLanguage>.AlternateLookup<ReadOnlySpan<char>> Lookup = ByExtension.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The language of a file, by its name; null for what is no source code, or was packed by a tool (<c>*.min.js</c>).</summary>
    public static SourceLanguage? Of(string path)
    {
        ReadOnlySpan<char> name = path.AsSpan(path.LastIndexOf('/') + 1);
        int dot = name.LastIndexOf('.');
        return dot < 0 || name[..dot].EndsWith(".min", StringComparison.OrdinalIgnoreCase) ? null
            : Lookup.TryGetValue(name[(dot + 1)..], out SourceLanguage? language) ? language : null;
    }

    private static FrozenDictionary<string, SourceLanguage> Build(params (string Name, CommentSyntax Comments, string Extensions)[] languages) =>
        languages
            .SelectMany((l, i) => l.Extensions.Split(' ').Select(e => (Extension: e, Language: new SourceLanguage(l.Name, l.Comments, (byte)i))))
            .ToFrozenDictionary(l => l.Extension, l => l.Language, StringComparer.OrdinalIgnoreCase);
}
