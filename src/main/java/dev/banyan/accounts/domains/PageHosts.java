package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.platform.config.Settings;

/// The addresses under which visitors find the pages and short links of an account: at its own hosts first, else at
/// ours.
public final class PageHosts {

    /// Those that are served now and lead here, the oldest first. A code with another one would be printed in vain.
    private final List<Domain> hosts;
    private final Settings settings;

    PageHosts(List<Domain> hosts, Settings settings) {
        this.hosts = hosts.stream().filter(Domain::leadsHere).toList();
        this.settings = settings;
    }

    /// Returns where everything of the account is, without a trailing slash.
    public String origin() {
        return hosts.stream().findFirst().map(this::origin).orElseGet(settings::baseUrl);
    }

    private String origin(Domain domain) {
        return settings.at(domain.host().value());
    }

    /// Returns where the account's default page is at a host of its own.
    public Optional<PageAddress> home() {
        return hosts.stream()
                .filter(domain -> domain.page().isEmpty())
                .map(domain -> new PageAddress(origin(domain), "/"))
                .findFirst();
    }

    /// Returns the address of a page at a host of the account: at the page's own one, else at the oldest.
    ///
    /// @param isDefault whether it is the account's default page
    public Optional<PageAddress> own(String page, String slug, boolean isDefault) {
        return hosts.stream()
                .filter(domain -> domain.page().map(page::equals).orElse(isDefault))
                .map(domain -> new PageAddress(origin(domain), "/"))
                .findFirst()
                .or(() -> hosts.stream()
                        .map(domain -> new PageAddress(origin(domain), "/" + slug))
                        .findFirst());
    }

    /// As [#own], or its address at our host.
    ///
    /// @param path there
    public PageAddress of(String page, String slug, boolean isDefault, String path) {
        return own(page, slug, isDefault).orElseGet(() -> new PageAddress(settings.baseUrl(), path));
    }
}
