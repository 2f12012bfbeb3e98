package dev.banyan.platform.sso.realm;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.sso.realm.SsoCutLinkStore.CutLink;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// Tells those who manage people which of their links to providers were cut, because an email was never proved here.
public abstract class CutLinkNotices<P> implements Recurring {

    private static final int AT_ONCE = 100;

    private final Database database;
    private final Counter cut;
    private final Clock clock;

    /// @param of whose links they are, for the metrics
    protected CutLinkNotices(Database database, MeterRegistry registry, String of, Clock clock) {
        this.database = database;
        this.cut = Counter.builder("banyan.sso.links.cut")
                .tag("of", of)
                .description("Links to sign-in providers that were cut, because an email was never proved here")
                .register(registry);
        this.clock = clock;
    }

    protected abstract SsoCutLinkStore<P> cutLinks(Tx tx);

    protected abstract void tellCut(Tx tx, CutLink<P> link);

    public final void tellCutLinks() {
        int told = database.write(tx -> {
            List<CutLink<P>> untold = cutLinks(tx).takeUntold(clock.instant(), AT_ONCE);
            untold.forEach(link -> tellCut(tx, link));
            return untold.size();
        });
        cut.increment(told);
    }
}
