use super::*;
use crate::components::testing::html as drawn;

/// What people try. None of it may become an element, an attribute or an address that runs.
const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://elsewhere.example/pixel.png)",
    "![x](javascript:alert(1))",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](//elsewhere.example/)",
    "[x](/sign-out)",
    "[x](https://a.example/\"onmouseover=alert(1)//)",
    "<javascript:alert(1)>",
    "<svg onload=alert(1)><style>*{display:none}</style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<a href=\"x\" style=\"color:red\" onclick=alert(1)>x</a>",
    "<iframe src=//elsewhere.example>",
    "<form action=//elsewhere.example><input name=x>",
    "<b><i><u>nested",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "```\"><script>alert(1)</script>\nx\n```",
    "```sql\nselect '</code></pre><script>alert(1)</script>';\n```",
    "# <script>x</script>\n\n| <img src=x onerror=y> | b |\n|---|---|\n| [x](javascript:1) | d |",
    "[x]: javascript:alert(1)\n\n[x]",
    "<<script>script>alert(1)<</script>/script>",
    "<!--><script>alert(1)</script>-->",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
];

/// Every opening tag of a piece of HTML, as written.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).filter_map(|rest| rest.split('>').next()).collect()
}

#[test]
fn no_attack_becomes_more_than_words() {
    for attack in ATTACKS {
        for (shape, html) in [("block", block_html(attack)), ("line", line_html(attack))] {
            for tag in tags(&html) {
                let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
                let is_known = [
                    "p",
                    "br",
                    "hr",
                    "em",
                    "strong",
                    "del",
                    "code",
                    "pre",
                    "span",
                    "a",
                    "ul",
                    "ol",
                    "li",
                    "blockquote",
                    "h3",
                    "h4",
                    "table",
                    "thead",
                    "tbody",
                    "tr",
                    "th",
                    "td",
                ]
                .contains(&name);
                assert!(is_known, "{shape} of {attack:?} has <{tag}>: {html}");
                let attributes = tag.split_once(' ').map_or("", |(_, rest)| rest);
                for attribute in attributes.split('"').step_by(2) {
                    let attribute = attribute.trim();
                    let is_harmless =
                        ["", "/", "href=", "rel=", "class=", "start="].contains(&attribute);
                    assert!(is_harmless, "{shape} of {attack:?} has {attribute}: {html}");
                }
                if let Some((_, address)) = tag.split_once("href=\"") {
                    let is_far = address.starts_with("https://") || address.starts_with("http://");
                    assert!(is_far || address.starts_with("mailto:"), "{attack:?}: {html}");
                }
            }
        }
    }
}

#[test]
fn what_looks_like_a_tag_is_shown_as_words() {
    assert_eq!(block_html("A List<String> here").trim(), "<p>A List&lt;String&gt; here</p>");
    assert_eq!(line_html("a <b> c"), "a &lt;b&gt; c");
}

#[test]
fn links_leave_without_telling() {
    let html = block_html("[docs](https://a.example/x)");
    assert!(html.contains(r#"href="https://a.example/x""#), "{html}");
    assert!(html.contains(r#"rel="noopener noreferrer nofollow""#), "{html}");
    assert_eq!(line_html("[docs](https://a.example/x)"), "docs", "a label holds no link");
}

#[test]
fn images_become_their_words() {
    assert_eq!(block_html("![a plan](https://a.example/x.png)").trim(), "<p>a plan</p>");
}

#[test]
fn code_gets_the_classes_of_the_stylesheet() {
    let html =
        block_html("```sql\nSELECT id FROM orders -- newest\nWHERE status = 'open' LIMIT 50;\n```");
    assert!(html.contains(r#"<pre class="code"><code>"#), "{html}");
    assert!(html.contains(r#"<span class="kw">SELECT</span>"#), "{html}");
    assert!(html.contains(r#"<span class="st">'open'</span>"#), "{html}");
    assert!(html.contains(r#"<span class="nu">50</span>"#), "{html}");
    assert!(html.contains(r#"<span class="cm">-- newest"#), "{html}");
}

#[test]
fn the_languages_of_the_bank_are_known() {
    for language in [
        "sql",
        "python",
        "java",
        "javascript",
        "typescript",
        "go",
        "rust",
        "bash",
        "json",
        "yaml",
        "c#",
    ] {
        let html = highlight::code(language, "x = \"text\" # 12\n");
        assert!(html.contains("<span") || language == "yaml", "{language}: {html}");
    }
    assert_eq!(highlight::code("log", "a < b"), "a &lt; b");
}

#[test]
fn a_label_has_no_paragraphs_and_keeps_its_code() {
    assert_eq!(line_html("One index on `(a, b)`"), "One index on <code>(a, b)</code>");
    assert_eq!(line_html("one\ntwo\n\nthree"), "one two three");
}

#[test]
fn headings_stay_below_those_of_the_page() {
    assert!(block_html("# Big").contains("<h3>Big</h3>"));
}

#[test]
fn plain_words_have_no_marks() {
    assert_eq!(plain("Use `x` and **y**.\n\nThen?"), "Use x and y. Then?");
}

#[test]
fn the_same_source_is_drawn_the_same_from_the_cache() {
    let source = "A *word* and `code`, drawn twice";
    assert_eq!(drawn(|| prose(source)), drawn(|| prose(source)));
    assert_ne!(drawn(|| prose(source)), drawn(|| phrase(source)));
}

#[test]
fn very_long_code_is_shown_without_colours() {
    let code = "select 1;\n".repeat(5_000);
    assert!(!highlight::code("sql", &code).contains("<span"));
}
