package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AttentionItem;
import dev.banyan.accounts.context.AttentionItem.Urgency;
import dev.banyan.accounts.context.AttentionSource;
import dev.banyan.platform.Idna;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import jakarta.inject.Singleton;

/// Tells accounts which of their addresses lead elsewhere since names of hosts are read as browsers read them
/// (docs/decisions/0095). A migration has found them; they are shown for a month.
@Singleton
record OldHostReadings(Database database, Clock clock) implements AttentionSource, Expiring {

    private static final Duration SHOWN_FOR = Duration.ofDays(30);
    private static final int LOOKED_AT = 100;
    private static final int SHOWN = 5;
    private static final Pattern READ_OTHERWISE = Pattern.compile("ss|σ(\\.|$)");

    @Override
    public List<AttentionItem> items(Tx tx, AccountContext context) {
        if (!context.membership().permits("write:pages")) {
            return List.of();
        }
        String as = "?as=" + context.acting().username();
        return new OldHostReadingStore(tx)
                .list(context.owner(), LOOKED_AT).stream()
                        .flatMap(reading -> item(reading, as).stream())
                        .distinct()
                        .limit(SHOWN)
                        .toList();
    }

    private static Optional<AttentionItem> item(OldHostReadingStore.Reading reading, String as) {
        return switch (reading.kind()) {
            case LINK -> item(reading.address(), "link", "Open pages", "/admin/pages" + as);
            case SHORT_LINK -> item(reading.address(), "short link", "Open short links", "/admin/short-links" + as);
            case DOMAIN ->
                Optional.of(Idna.shown(reading.address()))
                        .filter(host -> READ_OTHERWISE.matcher(host).find())
                        .map(host -> new AttentionItem(
                                Urgency.NOTE,
                                "Check the domain " + host + ".",
                                "We used to read ß as ss, and ς as σ. If your domain has ß or ς, remove this one and"
                                        + " add it again.",
                                "Open domains",
                                DomainsPageResource.HOME + as));
        };
    }

    private static Optional<AttentionItem> item(String url, String what, String action, String path) {
        return WebAddresses.formerHost(url)
                .map(former -> new AttentionItem(
                        Urgency.NOTE,
                        "Check your " + what + " to " + Idna.shown(WebAddresses.shownHost(url)) + ".",
                        "It leads there now, as in a browser. Before, it led to " + former + ".",
                        action,
                        path));
    }

    @Override
    public int forgetExpired() {
        Instant before = clock.instant().minus(SHOWN_FOR);
        return database.write(tx -> new OldHostReadingStore(tx).forget(before));
    }
}
