interface Rendered {
  readonly html: string;
  readonly title: string;
}
const { renderMarkdown } = jest.requireActual<{ renderMarkdown(text: string, link?: (target: string) => string): Rendered }>(
  "../../../scripts/build/render-markdown.cjs",
);
const html = (text: string) => renderMarkdown(text).html;

describe("the Markdown of the help pages", () => {
  it("renders headings with anchors and takes the first as the title", () => {
    expect(renderMarkdown("# COLL.`VaR` page\n\n## Two words")).toEqual({
      title: "COLL.VaR page",
      html: '<h1 id="collvar-page">COLL.<code>VaR</code> page</h1>\n<h2 id="two-words">Two words</h2>',
    });
  });

  it("escapes everything, so that no page holds a script", () => {
    expect(html('<script>alert("1")</script> & <b>')).toBe("<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &lt;b&gt;</p>");
    expect(html("[x](javascript:alert(1))")).not.toContain("<a");
    expect(html('[x](https://example.com/"onload="y)')).not.toContain('"onload');
  });

  it("renders tables, keeping bars within code and after a backslash", () => {
    expect(html("| a | b |\n|---|---|\n| `x|y` | 1\\|2 |")).toBe(
      '<div class="table"><table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody><tr><td><code>x|y</code></td><td>1|2</td></tr></tbody></table></div>',
    );
  });

  it("renders code as it is", () => {
    expect(html('```\n=COLL.HAIRCUT("a") * **b**\n\n# no heading\n```')).toBe(
      "<pre><code>=COLL.HAIRCUT(&quot;a&quot;) * **b**\n\n# no heading</code></pre>",
    );
    expect(html("`a*b*c` and 2*3*4")).toBe("<p><code>a*b*c</code> and 2*3*4</p>");
  });

  it("renders nested and numbered lists", () => {
    expect(html("1. one\n   - inner\n2. two")).toBe("<ol><li>one\n<ul><li>inner</li></ul></li><li>two</li></ol>");
  });

  it("joins the lines of a paragraph and marks bold, italics and links", () => {
    const { html: text } = renderMarkdown("A **bold** and *soft*\nlink [`here`](x.md).", (target) => target.replace(".md", ".html"));
    expect(text).toBe('<p>A <strong>bold</strong> and <em>soft</em> link <a href="x.html"><code>here</code></a>.</p>');
  });

  it("keeps names with underscores whole", () => {
    expect(html("use stable_key_name and N_R")).toBe("<p>use stable_key_name and N_R</p>");
  });
});
