package dev.banyan.pages;

import module java.base;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Tier;

/// Determines the features used by a link that its tier no longer has: they are kept, flagged and not shown until the
/// plan has them again (LinkToMe contract 4.1). Locks are flagged too, but stay in force: they can be removed, not
/// changed.
public final class LinkFlags {

    private LinkFlags() {}

    static Set<Feature> used(Link link) {
        var used = EnumSet.noneOf(Feature.class);
        if (link.decoration().layout() != LinkStyle.Layout.CLASSIC) {
            used.add(Feature.CUSTOM_LAYOUTS);
        }
        if (link.decoration().animation() != LinkStyle.Animation.NONE) {
            used.add(Feature.LINK_ANIMATIONS);
        }
        if (link.schedule().isPresent()) {
            used.add(Feature.LINK_SCHEDULING);
        }
        if (link.lock().isPresent()) {
            used.add(Feature.LINK_LOCKING);
        }
        return used;
    }

    /// Returns the features that the link uses and the tier doesn't have.
    public static Set<Feature> beyond(Link link, Tier tier) {
        Set<Feature> beyond = used(link);
        beyond.removeIf(tier::has);
        return beyond;
    }

    /// Returns a missing feature that `after` uses in a way that `before` did not; settings kept from a better plan are
    /// not rejected.
    static Optional<Feature> newlyBeyond(Optional<Link> before, Link after, Tier tier) {
        return beyond(after, tier).stream()
                .filter(feature ->
                        before.filter(link -> isSame(feature, link, after)).isEmpty())
                .findFirst();
    }

    private static boolean isSame(Feature feature, Link before, Link after) {
        return switch (feature) {
            case CUSTOM_LAYOUTS ->
                before.decoration().layout() == after.decoration().layout();
            case LINK_ANIMATIONS ->
                before.decoration().animation() == after.decoration().animation();
            case LINK_SCHEDULING -> before.schedule().equals(after.schedule());
            case LINK_LOCKING -> before.lock().equals(after.lock());
            default -> false;
        };
    }
}
