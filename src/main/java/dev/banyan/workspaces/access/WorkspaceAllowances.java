package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;

/// How many workspaces an agency may have, as set by operators (`maxSubClients` of the seed).
@Singleton
public record WorkspaceAllowances(Database database, Settings settings, Audit audit) {

    static final long MOST = 1_000_000_000;

    /// An agency's limit and usage.
    ///
    /// @param own its own limit; empty uses the server's
    /// @param server the default limit
    public record Allowance(Optional<Limit> own, Limit server, long used) {

        /// The limit in force.
        public Limit max() {
            return own.orElse(server);
        }
    }

    /// @param tenant a root account
    public Allowance of(AccountId tenant) {
        return database.read(tx -> {
            var store = new WorkspaceLimitStore(tx);
            return new Allowance(store.own(tenant), settings.maxSubClients(), store.used(tenant));
        });
    }

    /// Sets a limit. For operators only; the resource checks that. A limit below the current usage deletes nothing, but
    /// blocks new workspaces until enough are deleted.
    ///
    /// @param max -1 for no limit; empty uses the server's
    /// @return the broken rule, if any
    public Optional<Invalid> set(Actor actor, AccountId tenant, Optional<Long> max) {
        if (max.filter(number -> number < Limit.UNLIMITED.number() || number > MOST)
                .isPresent()) {
            return Optional.of(new Invalid(
                    "max", "Enter a whole number, or “unlimited”. Leave empty to use the server's setting."));
        }
        return database.write(tx -> {
            new WorkspaceLimitStore(tx).setMax(tenant, max);
            audit.note(
                    tx,
                    actor,
                    new Owner(tenant, tenant),
                    "WorkspaceLimitSet",
                    tenant.toString(),
                    Map.of("limit", max.map(number -> new Limit(number).text()).orElse("the server's")));
            return Optional.empty();
        });
    }
}
