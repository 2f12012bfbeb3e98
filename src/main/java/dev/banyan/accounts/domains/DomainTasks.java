package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.LongTaskSource;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.LongTask;
import jakarta.inject.Singleton;

/// Domains that were just added and wait for their DNS record, for the top bar of pages.
@Singleton
record DomainTasks(Clock clock) implements LongTaskSource {

    private static final String ID = "domain-";
    /// Who has set no record by then isn't waiting for it.
    private static final Duration SHOWN = Duration.ofHours(1);

    private static final int MOST = 20;

    private record Asked(Owner owner, Instant minute, Set<String> asked) {}

    @Override
    public List<LongTask> ofAccount(Tx tx, AccountContext context, Set<String> asked) {
        return context.membership().permits("write:pages")
                ? tx.once(
                        new Asked(context.owner(), clock.instant().truncatedTo(ChronoUnit.MINUTES), asked),
                        all -> new DomainStore(tx)
                                        .pending(
                                                all.owner(),
                                                all.minute().minus(SHOWN),
                                                LongTask.rows(all.asked(), ID),
                                                MOST)
                                        .stream()
                                        .map(DomainTasks::task)
                                        .toList())
                : List.of();
    }

    private static LongTask task(Domain domain) {
        LongTask.State state = switch (domain.state()) {
            case PENDING -> LongTask.State.RUNNING;
            case ACTIVE, MISSING -> LongTask.State.DONE;
            case OFF -> LongTask.State.FAILED;
        };
        return LongTask.endless(
                ID + domain.id(),
                "Check of " + domain.host().shown(),
                state,
                "Waiting for its DNS record",
                "/admin/custom-domains");
    }
}
