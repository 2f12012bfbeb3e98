package dev.banyan.whatsapp.pools;

import module java.base;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.accounts.AccessChanged;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.context.Contexts.Resolved;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.web.gate.KeyDoor;
import dev.banyan.platform.web.socket.Channel;
import dev.banyan.platform.web.socket.Handshakes;
import dev.banyan.platform.web.socket.Handshakes.Entry;
import dev.banyan.platform.web.socket.Handshakes.Visitor;
import dev.banyan.whatsapp.SenderId;
import io.quarkus.websockets.next.HttpUpgradeCheck.HttpUpgradeContext;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;

/// A channel for those who subscribe to the pools of an account, as a board or as a program: 403 for pages of other
/// sites, sub-accounts and managers without workspaces, 401 without a session or a key, 403 for keys that may read
/// nothing of it, 404 for accounts of other people.
public abstract class PoolSocket extends Channel<AccountId, PoolSocket.Visit> {

    private static final int PER_TENANT = 100;

    /// Who subscribes, for which account, and for a linking, of which sender.
    public record Visit(Visitor who, String as, AccountId tenant, Optional<SenderId> sender) {}

    private final Contexts contexts;
    private final LoginSessions sessions;
    private final Database database;
    private final KeyDoor keys;

    protected PoolSocket(
            Handshakes handshakes,
            ObjectMapper json,
            Contexts contexts,
            LoginSessions sessions,
            Database database,
            KeyDoor keys,
            String endpoint) {
        super(handshakes, json, endpoint, PER_TENANT);
        this.contexts = contexts;
        this.sessions = sessions;
        this.database = database;
        this.keys = keys;
    }

    /// Returns whether a key opens what a visitor of this socket reads.
    protected abstract boolean mayEnter(Caller.ApiKey key);

    /// Returns whether a visitor may read a route. People who are let in may read all.
    protected final boolean opens(Caller caller, KeyDoor.Asked asked) {
        return !(caller instanceof Caller.ApiKey key) || keys.opens(key, asked);
    }

    @Override
    protected final boolean takesKeys() {
        return true;
    }

    @Override
    protected final Entry<Visit> entry(HttpUpgradeContext handshake, Visitor who) {
        HttpServerRequest request = handshake.httpRequest();
        if (who.caller() instanceof Caller.ApiKey key && !mayEnter(key)) {
            return new Entry.Denied<>(403);
        }
        return switch (contexts.resolve(who.caller(), who.actor(), parameter(request, "as"))) {
            case Resolved.Found(var context)
            when !context.isSubAccount() && context.membership().workspaces() ->
                new Entry.Granted<>(new Visit(
                        who,
                        context.root().username(),
                        context.root().id(),
                        parameter(request, "sender").flatMap(SenderId::parse)));
            case Resolved.Found _, Resolved.NoAccount _, Resolved.SecondFactorMissing _, Resolved.ReadOnly _ ->
                new Entry.Denied<>(403);
            case Resolved.NotSignedIn _ -> new Entry.Denied<>(401);
            case Resolved.NotManaged _, Resolved.Suspended _, Resolved.Ended _ -> new Entry.Denied<>(404);
        };
    }

    private static Optional<String> parameter(HttpServerRequest request, String name) {
        return Optional.ofNullable(request.getParam(name)).filter(value -> !value.isEmpty());
    }

    @Override
    protected final AccountId key(Visit visit) {
        return visit.tenant();
    }

    /// Those whose session is open and whose caller still acts for the account.
    @Override
    protected final Predicate<Open<Visit>> staying(List<Open<Visit>> some) {
        return open -> mayStay(open.visitor());
    }

    private boolean mayStay(Visit visit) {
        Visitor who = visit.who();
        return isOpen(who)
                && contexts.resolve(who.caller(), who.actor(), Optional.of(visit.as()))
                        instanceof Resolved.Found(var context)
                && context.root().id().equals(visit.tenant())
                && context.membership().workspaces();
    }

    private boolean isOpen(Visitor who) {
        return who.caller() instanceof Caller.ApiKey key
                ? database.read(tx -> keys.isUnchanged(tx, key, who.actor().ip()))
                : sessions.isOpen(who.caller());
    }

    /// Applies the access check of the heartbeat to one account at once.
    public void accessChanged(@Observes AccessChanged changed) {
        recheck(changed.tenant());
    }
}
