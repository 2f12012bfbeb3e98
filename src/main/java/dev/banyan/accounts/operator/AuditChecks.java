package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Accounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.audit.AuditVerification;
import dev.banyan.platform.db.Database;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;

/// Verifies all audit chains when an operator requests it, in the background. A node runs one check at a time, and
/// keeps its result until the next one or until the server stops.
@Singleton
final class AuditChecks {

    private static final int SHOWN = 50;

    enum Stage {
        RUNNING,
        DONE,
        /// The database failed: the state of the chains is unknown.
        FAILED
    }

    /// A broken chain.
    ///
    /// @param name the username of the tenant, or empty for acts on the server itself
    record Broken(String name, long sequence, String what) {}

    /// @param broken the first ones; `brokenChains` counts all
    record Check(Stage stage, Instant startedAt, long chains, long rows, long brokenChains, List<Broken> broken) {}

    private final Database database;
    private final Audit audit;
    private final Clock clock;
    private final AtomicReference<Optional<Check>> last = new AtomicReference<>(Optional.empty());

    AuditChecks(Database database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    Optional<Check> last() {
        return last.get();
    }

    /// Starts a check, unless one is running.
    void begin(Actor actor) {
        Optional<Check> before = last.get();
        var begun = new Check(Stage.RUNNING, clock.instant(), 0, 0, 0, List.of());
        boolean isFree = before.filter(check -> check.stage() == Stage.RUNNING).isEmpty();
        if (isFree && last.compareAndSet(before, Optional.of(begun))) {
            database.write(tx -> {
                audit.noteServer(tx, actor, "AuditVerified", "audit", Map.of());
                return begun;
            });
            Thread.ofVirtual().name("audit-check").start(() -> run(begun));
        }
    }

    private void run(Check begun) {
        var found = new Found(begun);
        try {
            AuditVerification.run(database, chain -> {
                found.add(chain);
                last.set(Optional.of(found.check(Stage.RUNNING)));
            });
            last.set(Optional.of(found.named(Stage.DONE)));
        } catch (RuntimeException failure) {
            Log.error("The audit could not be verified", failure);
            last.set(Optional.of(found.check(Stage.FAILED)));
        }
    }

    private final class Found {

        private final Check begun;
        private final List<AuditVerification.Chain> broken = new ArrayList<>();
        private long chains;
        private long rows;
        private long brokenChains;

        Found(Check begun) {
            this.begun = begun;
        }

        void add(AuditVerification.Chain chain) {
            chains++;
            rows += chain.sealed();
            if (chain.broken().isPresent()) {
                brokenChains++;
                if (broken.size() < SHOWN) {
                    broken.add(chain);
                }
            }
        }

        Check check(Stage stage) {
            return new Check(stage, begun.startedAt(), chains, rows, brokenChains, List.of());
        }

        Check named(Stage stage) {
            return new Check(
                    stage,
                    begun.startedAt(),
                    chains,
                    rows,
                    brokenChains,
                    broken.stream().map(this::named).toList());
        }

        private Broken named(AuditVerification.Chain chain) {
            AuditVerification.Broken place = chain.broken().orElseThrow();
            String name = chain.tenant().equals(AccountId.SERVER)
                    ? ""
                    : Accounts.usernameOf(database, chain.tenant())
                            .orElse(chain.tenant().toString());
            return new Broken(name, place.sequence(), place.what());
        }
    }
}
