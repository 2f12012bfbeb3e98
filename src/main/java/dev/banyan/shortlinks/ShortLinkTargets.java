package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.domains.OwnHosts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Parse;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.db.Tx;
import dev.banyan.shortlinks.Routing.Rule;
import dev.banyan.shortlinks.Routing.Variant;
import jakarta.inject.Singleton;

/// Where short links may lead: not back to themselves, and of chats only to known pools.
@Singleton
final class ShortLinkTargets {

    private static final String WAY = "/l/";
    /// Short links that lead to each other, looked at before a change.
    private static final int MOST_SEEN = 100;

    private final OwnHosts hosts;
    private final ChatNumbers chats;

    ShortLinkTargets(OwnHosts hosts, ChatNumbers chats) {
        this.hosts = hosts;
        this.chats = chats;
    }

    boolean isPool(AccountId root, String pool) {
        return chats.isPool(root, pool);
    }

    /// Returns whether an address may be that of a short link, without asking whose host it is.
    static boolean mayBeShortLink(String url) {
        return url.contains(WAY);
    }

    /// Returns the short link that an address opens; empty if it leads away from this server.
    Optional<String> opened(Tx tx, String url) {
        if (!mayBeShortLink(url)) {
            return Optional.empty();
        }
        return Parse.of(WebAddresses.forHeader(url), URI::create)
                .map(URI::normalize)
                .filter(uri -> uri.getPath().startsWith(WAY))
                .filter(_ -> WebAddresses.host(url)
                        .filter(host -> hosts.areHere(tx, host))
                        .isPresent())
                .map(uri -> uri.getPath().substring(WAY.length()))
                .filter(ShortSlugs::isFit);
    }

    /// Returns the field whose address leads back to the short link, on whatever way visitors may go.
    Optional<Invalid> leadingBack(Tx tx, ShortLink link) {
        var store = new ShortLinkStore(tx);
        for (var target : targets(link).entrySet()) {
            var open = new ArrayDeque<String>();
            var seen = new HashSet<String>();
            opened(tx, target.getValue()).ifPresent(open::add);
            while (!open.isEmpty() && seen.size() < MOST_SEEN) {
                String slug = open.remove();
                Optional<ShortLink> next = seen.add(slug) ? store.findForVisitor(slug) : Optional.empty();
                if (next.map(ShortLink::slug).filter(link.slug()::equals).isPresent()) {
                    return Optional.of(new Invalid(
                            target.getKey(),
                            "This address leads back to the short link itself",
                            "This address leads back to this short link. Choose another destination."));
                }
                next.stream()
                        .flatMap(found -> targets(found).values().stream())
                        .flatMap(url -> opened(tx, url).stream())
                        .forEach(open::add);
            }
        }
        return Optional.empty();
    }

    /// Returns all addresses to which a short link may lead, by their fields.
    static Map<String, String> targets(ShortLink link) {
        var targets = new LinkedHashMap<String, String>();
        if (!link.routing().chat().on()) {
            targets.put("targetUrl", link.target());
        }
        targets.put("fallbackUrl", link.fallback());
        List<Rule> rules = link.routing().rules();
        for (int i = 0; i < rules.size(); i++) {
            targets.put("rules[" + i + "].targetUrl", rules.get(i).target());
        }
        List<Variant> variants = link.routing().variants();
        for (int i = 0; i < variants.size(); i++) {
            targets.put("variants[" + i + "].targetUrl", variants.get(i).target());
        }
        return targets;
    }
}
