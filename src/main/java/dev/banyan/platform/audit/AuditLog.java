package dev.banyan.platform.audit;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// The audit log for authorized readers: an agency reads its own, the operator all of it. Newest first.
@Singleton
public record AuditLog(Database database) {

    /// @param next where the list continues; empty at its end
    public record Listed(List<AuditEntry> entries, Optional<UUID> next) {}

    /// Returns what was done in a root account and its sub-accounts.
    public Listed ofTenant(AccountId tenant, AuditFilter filter, Optional<UUID> after, int limit) {
        return listed(database.readRecent(tx -> store(tx).ofTenant(tenant, filter, after, limit + 1)), limit);
    }

    /// Returns what was done to one thing of a tenant.
    ///
    /// @param target its id, as acts on it name it
    public Listed ofTarget(AccountId tenant, String target, AuditFilter filter, Optional<UUID> after, int limit) {
        return listed(
                database.readRecent(tenant, tx -> store(tx).ofTarget(tenant, target, filter, after, limit + 1)), limit);
    }

    /// Returns what was done on the whole server. For operators only; the resource checks that.
    public Listed ofAll(AuditFilter filter, Optional<UUID> after, int limit) {
        return listed(database.readRecent(tx -> store(tx).ofAll(filter, after, limit + 1)), limit);
    }

    private static AuditSearchStore store(Tx tx) {
        return new AuditSearchStore(tx);
    }

    private static Listed listed(List<AuditEntry> found, int limit) {
        boolean more = found.size() > limit;
        List<AuditEntry> shown = more ? List.copyOf(found.subList(0, limit)) : found;
        return new Listed(shown, more ? Optional.of(shown.getLast().id()) : Optional.empty());
    }
}
