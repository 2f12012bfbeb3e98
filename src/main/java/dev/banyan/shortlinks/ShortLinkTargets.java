package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.domains.Loops;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.db.Tx;
import dev.banyan.shortlinks.Routing.Rule;
import dev.banyan.shortlinks.Routing.Variant;
import jakarta.inject.Singleton;

/// Where short links may lead: not back to themselves, and of chats only to known pools.
@Singleton
record ShortLinkTargets(Loops loops, ChatNumbers chats) {

    boolean isPool(AccountId root, String pool) {
        return chats.isPool(root, pool);
    }

    /// Returns the short link that an address opens; empty if it opens none.
    Optional<String> opened(Tx tx, String url) {
        return loops.opened(tx, url)
                .filter(path -> path.startsWith(ShortLinkWay.WAY))
                .map(path -> path.substring(ShortLinkWay.WAY.length()))
                .filter(ShortSlugs::isFit);
    }

    /// Returns the field whose address leads back to the short link, on whatever way visitors may go.
    Optional<Invalid> leadingBack(Tx tx, ShortLink link) {
        return targets(link).entrySet().stream()
                .filter(target -> loops.leadsBack(tx, ShortLinkWay.WAY + link.slug(), target.getValue(), Map.of()))
                .map(target -> new Invalid(
                        target.getKey(),
                        "This address leads back to the short link itself",
                        "This address leads back to this short link. Choose another destination."))
                .findFirst();
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
