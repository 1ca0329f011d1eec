interface PublicUrl {
  publicUrlOf(text: string | undefined): string;
  rewriteUrls(text: string, publicUrl: string): string;
}
const { publicUrlOf, rewriteUrls } = jest.requireActual<PublicUrl>("../../../scripts/build/public-url.cjs");

describe("PUBLIC_URL", () => {
  it("is the developer's address when it is not set", () => {
    expect(publicUrlOf(undefined)).toBe("https://localhost:3000/");
    expect(publicUrlOf("")).toBe("https://localhost:3000/");
    expect(publicUrlOf("https://localhost:3000")).toBe("https://localhost:3000/");
  });

  it("may have a path and always ends with a slash", () => {
    expect(publicUrlOf("https://example.com")).toBe("https://example.com/");
    expect(publicUrlOf("https://example.com/a/b")).toBe("https://example.com/a/b/");
    expect(rewriteUrls('href="https://localhost:3000/help/x.html"', "https://example.com/a/")).toBe('href="https://example.com/a/help/x.html"');
  });

  it.each(["example.com", "http://example.com", "https://example.com/?x=1", "https://localhost:4000", "https://127.0.0.1/"])("refuses %s", (text) => {
    expect(() => publicUrlOf(text)).toThrow(/PUBLIC_URL is "/);
  });
});
