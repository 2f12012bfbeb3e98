package dev.banyan.whatsapp.api;

import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.audit.Actor;
import dev.banyan.whatsapp.SenderId;
import io.quarkus.websockets.next.UserData.TypedKey;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The subscribers of an account's pools over a socket, and whether they still have access.
@Singleton
public final class PoolSubscribers {

    /// Set by [PoolUpgrade].
    public static final TypedKey<Visit> VISIT = new TypedKey<>("banyan.pools-visit");

    /// Who subscribes, for which account, and for a linking, of which sender.
    public record Visit(Caller caller, Actor actor, String as, AccountId tenant, Optional<SenderId> sender) {}

    private final Contexts contexts;
    private final LoginSessions sessions;

    PoolSubscribers(Contexts contexts, LoginSessions sessions) {
        this.contexts = contexts;
        this.sessions = sessions;
    }

    /// Returns the visits whose session is open and whose caller still acts for the account.
    public Set<Visit> staying(Collection<Visit> visits) {
        return visits.stream().filter(this::mayStay).collect(Collectors.toSet());
    }

    private boolean mayStay(Visit visit) {
        return sessions.isOpen(visit.caller())
                && contexts.resolve(visit.caller(), visit.actor(), Optional.of(visit.as()))
                        instanceof Contexts.Resolved.Found(var context)
                && context.root().id().equals(visit.tenant())
                && context.membership().workspaces();
    }
}
