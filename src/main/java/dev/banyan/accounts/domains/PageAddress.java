package dev.banyan.accounts.domains;

/// Where visitors find a page.
///
/// @param origin such as `https://links.example.com`
/// @param path there
public record PageAddress(String origin, String path) {

    public String url() {
        return origin + path;
    }

    /// Returns it as people read it.
    public String shown() {
        return shownHost() + (path.equals("/") ? "" : path);
    }

    public String shownHost() {
        return origin.substring(origin.indexOf("//") + 2);
    }
}
