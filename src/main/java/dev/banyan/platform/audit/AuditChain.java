package dev.banyan.platform.audit;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.AuditChainStore.ChainEnd;
import dev.banyan.platform.audit.AuditChainStore.Head;
import dev.banyan.platform.audit.AuditChainStore.Unsealed;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import jakarta.inject.Singleton;

/// Gives audit rows their places in a chain, one chain for each tenant: a row that is later changed, removed or moved
/// no longer fits (docs/decisions/0014).
///
/// The order in a chain is that of sealing. Rows get no place when they are written, because then all writes of a
/// tenant would wait for each other.
@Singleton
public record AuditChain(Database database) implements Recurring {

    private static final int AT_ONCE = 1_000;
    private static final int ROUNDS = 50;

    /// Seals what is not sealed yet. Bounded: the rest after an import or an upgrade waits for the next run.
    public void seal() {
        for (int round = 0; round < ROUNDS; round++) {
            if (!hasMore()) {
                return;
            }
            database.write(tx -> seal(tx, AT_ONCE));
        }
    }

    @Override
    public Job job() {
        return Job.scheduled("5s", "5s", "seal-audit", "Seals new events in the audit log.", this::seal);
    }

    /// Reads without taking SQLite's single writer.
    private boolean hasMore() {
        return database.read(tx -> !new AuditChainStore(tx).unsealed(1).isEmpty());
    }

    /// @return how many rows got their place
    static int seal(Tx tx, int limit) {
        var store = new AuditChainStore(tx);
        store.holdAll();
        List<Unsealed> rows = store.unsealed(limit);
        rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.tenant().toString(),
                        TreeMap::new,
                        Collectors.mapping(row -> row, Collectors.toList())))
                .forEach((tenant, ofTenant) -> seal(store, AccountId.of(tenant), ofTenant));
        return rows.size();
    }

    private static void seal(AuditChainStore store, AccountId tenant, List<Unsealed> rows) {
        Head head = store.head(tenant).orElseGet(() -> new Head(0, AuditLink.beginningOf(tenant)));
        var places = new ArrayList<ChainEnd>();
        for (Unsealed row : rows) {
            String hash = row.link().hash(head.hash(), head.sequence() + 1);
            head = new Head(head.sequence() + 1, hash);
            places.add(new ChainEnd(row.link().id(), head.sequence(), hash));
        }
        store.seal(tenant, places);
    }
}
