package dev.banyan.accounts.domains;

/// Where visitors find a page at a host of its account.
///
/// @param origin such as `https://links.example.com`
/// @param path there
public record PageAddress(String origin, String path) {

    public String url() {
        return origin + path;
    }
}
