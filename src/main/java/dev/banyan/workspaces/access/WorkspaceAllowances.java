package dev.banyan.workspaces.access;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/// How many workspaces an agency may have, as those who run the server decide it (`maxSubClients` of the seed).
@Singleton
public final class WorkspaceAllowances {

    /// As many as one likes.
    public static final long UNLIMITED = -1;

    static final long MOST = 1_000_000_000;

    /// What an agency has and may have.
    ///
    /// @param own what was decided for it; empty: what the server says
    /// @param server what holds for those for whom nothing was decided; -1 for any number
    public record Allowance(Optional<Long> own, long server, long used) {

        /// -1 for any number.
        public long max() {
            return own.orElse(server);
        }
    }

    private final Database database;
    private final Settings settings;
    private final Audit audit;

    WorkspaceAllowances(Database database, Settings settings, Audit audit) {
        this.database = database;
        this.settings = settings;
        this.audit = audit;
    }

    /// @param tenant a root account
    public Allowance of(AccountId tenant) {
        return database.read(tx -> {
            var store = new WorkspaceLimitStore(tx);
            return new Allowance(store.max(tenant), settings.maxSubClients(), store.used(tenant));
        });
    }

    /// For operators only: the resource checks that. A number below what is used deletes nothing; there are no new ones
    /// until some are gone.
    ///
    /// @param max -1 for any number; empty for what the server says
    /// @return the broken rule, if one is
    public Optional<Invalid> set(Actor actor, AccountId tenant, Optional<Long> max) {
        if (max.filter(number -> number < UNLIMITED || number > MOST).isPresent()) {
            return Optional.of(new Invalid("max", "Enter a number, -1 for no limit, or nothing."));
        }
        return database.write(tx -> {
            new WorkspaceLimitStore(tx).setMax(tenant, max);
            audit.note(
                    tx,
                    actor,
                    new Owner(tenant, tenant),
                    "WorkspaceLimitSet",
                    tenant.toString(),
                    Map.of("limit", max.map(WorkspaceAllowances::words).orElse("the server's")));
            return Optional.empty();
        });
    }

    private static String words(long max) {
        return max == UNLIMITED ? "unlimited" : Long.toString(max);
    }
}
