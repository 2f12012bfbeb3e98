package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.web.page.Words;

/// Content that was not copied or has no effect, because of the plan.
public record LeftOut(Kind kind, long count) {

    /// What was left out.
    public enum Kind implements Keyed {
        PAGES("page was left out: the page limit is reached.", "pages were left out: the page limit is reached."),
        LINKS("link was left out: the link limit is reached.", "links were left out: the link limit is reached."),
        GROUPS("group was left out: the group limit is reached.", "groups were left out: the group limit is reached."),
        FEATURES(
                "link uses a feature that the plan doesn’t include. It has no effect until your plan includes it.",
                "links use features that the plan doesn’t include. They have no effect until your plan includes it."),
        LOOKS(
                "look uses features that the plan doesn’t include. They have no effect until your plan includes it.",
                "looks use features that the plan doesn’t include. They have no effect until your plan includes it."),
        PICTURES(
                "picture was left out: it doesn’t fit the storage of the plan.",
                "pictures were left out: they don’t fit the storage of the plan."),
        SHORT_LINKS(
                "short link was left out: the short-link limit is reached.",
                "short links were left out: the short-link limit is reached.");

        private final String one;
        private final String many;

        Kind(String one, String many) {
            this.one = one;
            this.many = many;
        }

        @Override
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What was left out, counted while content is written.
    public static final class Counts {

        private final Map<Kind, Long> byKind = new EnumMap<>(Kind.class);

        public void add(Kind kind, long count) {
            byKind.merge(kind, Math.max(0, count), Long::sum);
        }

        public List<LeftOut> list() {
            return of(byKind);
        }
    }

    public String sentence() {
        return Words.count(count, kind.one, kind.many);
    }

    /// Returns the kinds of which something was left out.
    public static List<LeftOut> of(Map<Kind, Long> counts) {
        return Arrays.stream(Kind.values())
                .filter(kind -> counts.getOrDefault(kind, 0L) > 0)
                .map(kind -> new LeftOut(kind, counts.getOrDefault(kind, 0L)))
                .toList();
    }

    /// Returns the form for an address, such as `pages-2.links-10`.
    static String written(List<LeftOut> all) {
        return all.stream().map(one -> one.kind.key() + "-" + one.count).collect(Collectors.joining("."));
    }

    /// Reads that form, and ignores what it doesn't understand.
    static List<LeftOut> read(String written) {
        var all = new ArrayList<LeftOut>();
        for (Kind kind : Kind.values()) {
            for (String part : written.split("\\.")) {
                if (part.matches(kind.key() + "-[1-9][0-9]{0,6}")) {
                    all.add(new LeftOut(
                            kind, Long.parseLong(part.substring(kind.key().length() + 1))));
                }
            }
        }
        return List.copyOf(all);
    }
}
