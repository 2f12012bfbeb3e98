package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.analytics.UtmFields;
import dev.banyan.platform.WebAddresses;
import dev.banyan.shortlinks.Routing.Rule;
import dev.banyan.shortlinks.Routing.Utm;
import dev.banyan.shortlinks.Routing.Variant;

/// Decides where a short link leads, as a pure function that checks the reasons in order of priority. The click limit
/// is enforced when a click is claimed ([ShortLinkStore#claimClick]); here it is only checked.
final class Decisions {

    private Decisions() {}

    /// @param unlocked whether the visitor has entered its password
    /// @param lot returns a random number from 0 below the bound
    static Decision decide(
            ShortLink link,
            AccountStatus owner,
            boolean overPlan,
            Visitor visitor,
            boolean unlocked,
            Instant now,
            IntUnaryOperator lot) {
        Decision barrier = barrier(link, owner, overPlan, now);
        if (!(barrier instanceof Decision.Go)) {
            return barrier;
        }
        if (link.hasPassword() && !unlocked) {
            return new Decision.NeedsPassword();
        }
        Routing routing = link.routing();
        for (Rule rule : routing.rules()) {
            if (rule.fits(visitor, now)) {
                return new Decision.Go(withUtm(rule.target(), routing.utm()), "");
            }
        }
        return routing.chat().on() ? new Decision.Chat() : drawn(link, lot);
    }

    /// Returns the reason that blocks all visitors.
    private static Decision barrier(ShortLink link, AccountStatus owner, boolean overPlan, Instant now) {
        if (owner != AccountStatus.ACTIVE) {
            return owner == AccountStatus.SUSPENDED ? new Decision.Unavailable() : new Decision.NotFound();
        }
        if (overPlan) {
            return new Decision.NotInPlan();
        }
        if (!link.active()) {
            return new Decision.Off();
        }
        if (link.startsAt().filter(now::isBefore).isPresent()) {
            return new Decision.NotYet(
                    link.startsAt().get(), ZonedTimes.zone(link.routing().zone()));
        }
        if (link.hasEnded(now)) {
            return over(link, new Decision.Ended());
        }
        return link.isSpent() ? over(link, new Decision.Spent()) : new Decision.Go(link.target(), "");
    }

    /// Returns the fallback of an ended link, if it has one.
    static Decision over(ShortLink link, Decision otherwise) {
        return link.fallback().isEmpty() ? otherwise : new Decision.Elsewhere(link.fallback());
    }

    private static Decision drawn(ShortLink link, IntUnaryOperator lot) {
        Routing routing = link.routing();
        List<Variant> variants = routing.variants();
        int sum = routing.weight() + variants.stream().mapToInt(Variant::weight).sum();
        if (variants.isEmpty() || sum == 0) {
            return new Decision.Go(withUtm(link.target(), routing.utm()), "");
        }
        int drawn = lot.applyAsInt(sum) - routing.weight();
        int at = -1;
        while (drawn >= 0) {
            drawn -= variants.get(++at).weight();
        }
        String target = at < 0 ? link.target() : variants.get(at).target();
        return new Decision.Go(withUtm(target, routing.utm()), Character.toString('A' + at + 1));
    }

    /// Adds the fields to the query, before a fragment. Fields that the target already has stay unchanged.
    static String withUtm(String target, Utm utm) {
        if (utm.equals(Utm.NONE)) {
            return target;
        }
        int hash = target.indexOf('#');
        String before = hash < 0 ? target : target.substring(0, hash);
        String fragment = hash < 0 ? "" : target.substring(hash);
        int mark = before.indexOf('?');
        String query = mark < 0 ? "" : before.substring(mark + 1);
        List<String> added = new ArrayList<>();
        for (Map.Entry<String, String> field : fields(utm)) {
            boolean there = List.of(query.split("&")).stream()
                    .anyMatch(part -> part.equals(field.getKey()) || part.startsWith(field.getKey() + "="));
            if (!field.getValue().isEmpty() && !there) {
                added.add(field.getKey() + "=" + WebAddresses.percented(field.getValue()));
            }
        }
        if (added.isEmpty()) {
            return target;
        }
        String joint = mark < 0 ? "?" : query.isEmpty() || query.endsWith("&") ? "" : "&";
        return before + joint + String.join("&", added) + fragment;
    }

    /// Returns the same decision, with the query added to where it leads.
    static Decision forwarding(Decision decision, String query) {
        return switch (decision) {
            case Decision.Go(String target, String variant) -> new Decision.Go(withQuery(target, query), variant);
            case Decision.Elsewhere(String target) -> new Decision.Elsewhere(withQuery(target, query));
            default -> decision;
        };
    }

    /// Adds the query with which a visitor came, before a fragment. Its fields replace those of the target.
    ///
    /// @param query as in the request; empty if there is none
    static String withQuery(String target, String query) {
        if (query.isEmpty()) {
            return target;
        }
        int hash = target.indexOf('#');
        String before = hash < 0 ? target : target.substring(0, hash);
        String fragment = hash < 0 ? "" : target.substring(hash);
        int mark = before.indexOf('?');
        List<String> came = Stream.of(query.split("&"))
                .filter(part -> !part.equals(UtmFields.QR))
                .toList();
        Set<String> names = came.stream().map(Decisions::name).collect(Collectors.toSet());
        Stream<String> kept = mark < 0
                ? Stream.empty()
                : Stream.of(before.substring(mark + 1).split("&")).filter(part -> !names.contains(name(part)));
        return (mark < 0 ? before : before.substring(0, mark))
                + Stream.concat(kept, came.stream())
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining("&", "?", ""))
                + fragment;
    }

    private static String name(String part) {
        int equal = part.indexOf('=');
        return equal < 0 ? part : part.substring(0, equal);
    }

    private static List<Map.Entry<String, String>> fields(Utm utm) {
        return List.of(
                Map.entry("utm_source", utm.source()),
                Map.entry("utm_medium", utm.medium()),
                Map.entry("utm_campaign", utm.campaign()),
                Map.entry("utm_term", utm.term()),
                Map.entry("utm_content", utm.content()));
    }
}
