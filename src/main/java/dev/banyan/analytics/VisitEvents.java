package dev.banyan.analytics;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.webhooks.Webhooks;

/// The visits of one account that webhooks may want to hear of, since the last write. They say nothing about who came.
/// Not thread-safe.
final class VisitEvents {

    static final int IN_ONE = 100;
    /// Of more visits of one kind between two writes, only the number is kept.
    static final int LISTED_AT_MOST = 1_000;

    private static final Map<Dimension, String> TOLD = new EnumMap<>(Map.of(
            Dimension.COUNTRY, "country",
            Dimension.DEVICE, "device",
            Dimension.REFERRER, "referrer",
            Dimension.SOURCE, "source",
            Dimension.MEDIUM, "medium",
            Dimension.CAMPAIGN, "campaign"));

    private static final class Kind {
        private final List<Map<String, Object>> listed = new ArrayList<>();
        private long count;
    }

    private final Map<String, Kind> byType = new TreeMap<>();

    void add(Event event, long atMs, Map<Dimension, String> details) {
        switch (event) {
            case Event.PageView view -> add("page.viewed", atMs, details, "page", view.page());
            case Event.LinkClick click ->
                add("link.clicked", atMs, details, "page", click.page(), "link", click.link());
            case Event.LinkUnlock _, Event.ChatBegun _ -> {
                // The click that follows is told, and the message.
            }
            case Event.Redirect redirect ->
                add(
                        "short_link.clicked",
                        atMs,
                        details,
                        "shortLink",
                        redirect.shortLink(),
                        "variant",
                        redirect.variant());
        }
    }

    /// @param what names and values, in turn
    private void add(String type, long atMs, Map<Dimension, String> details, String... what) {
        Kind kind = byType.computeIfAbsent(type, _ -> new Kind());
        kind.count++;
        if (kind.listed.size() < LISTED_AT_MOST) {
            var visit = new LinkedHashMap<String, Object>();
            visit.put("at", Instant.ofEpochMilli(atMs).toString());
            for (int i = 0; i < what.length; i += 2) {
                putFilled(visit, what[i], what[i + 1]);
            }
            TOLD.forEach((dimension, name) -> putFilled(visit, name, details.getOrDefault(dimension, "")));
            visit.put("scanned", UtmFields.QR.equals(details.get(Dimension.MEDIUM)));
            kind.listed.add(visit);
        }
    }

    private static void putFilled(Map<String, Object> visit, String name, String value) {
        if (!value.isEmpty()) {
            visit.put(name, value);
        }
    }

    void tell(Tx tx, Owner owner, Webhooks webhooks) {
        byType.forEach((type, kind) -> {
            for (int from = 0; from < kind.listed.size(); from += IN_ONE) {
                int until = Math.min(from + IN_ONE, kind.listed.size());
                List<Map<String, Object>> some = kind.listed.subList(from, until);
                long unlisted = until == kind.listed.size() ? kind.count - until : 0;
                webhooks.tellVisits(tx, owner, type, () -> data(owner, some, some.size() + unlisted));
            }
        });
    }

    private static Map<String, ?> data(Owner owner, List<Map<String, Object>> visits, long count) {
        var data = new LinkedHashMap<String, Object>();
        data.put("account", owner.account().toString());
        data.put("count", count);
        data.put("visits", visits);
        return data;
    }
}
