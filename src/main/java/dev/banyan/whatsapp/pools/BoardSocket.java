package dev.banyan.whatsapp.pools;

import module java.base;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.analytics.Visit;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.web.gate.KeyDoor;
import dev.banyan.platform.web.socket.Handshakes;
import dev.banyan.whatsapp.SenderChanged;
import dev.banyan.whatsapp.SenderHealthChanged;
import dev.banyan.whatsapp.alerts.AlertRaised;
import dev.banyan.whatsapp.session.Linking;
import io.quarkus.websockets.next.WebSocket;
import jakarta.enterprise.event.Observes;

/// Tells a page of pools that something on it has changed; the page then fetches its content again with the permissions
/// of its user. No data of a sender is sent here. While a notification is being sent, any number of changes leads to
/// one more at most, because "changed" covers them all. The first word says up to which change this node has heard, so
/// that a page that was drawn after it stays as it is.
@WebSocket(path = "/admin/pools/live", endpointId = BoardSocket.ENDPOINT)
public final class BoardSocket extends PoolSocket {

    public static final String ENDPOINT = "pools-live";

    static final String CHANGED = "changed";

    /// What the board shows.
    private static final KeyDoor.Asked NUMBERS = new KeyDoor.Asked("GET /api/whatsapp/senders", Map.of());

    private final Linking linking;
    /// Tells the counts of this start of this node from all others.
    private final long start = UUID.randomUUID().getMostSignificantBits();

    /// Bounded: a count that was dropped starts again at zero, and open pages refresh once more.
    private final Cache<AccountId, Long> changes =
            Caffeine.newBuilder().maximumSize(10_000).build();

    BoardSocket(
            Handshakes handshakes,
            ObjectMapper json,
            Contexts contexts,
            LoginSessions sessions,
            Database database,
            KeyDoor keys,
            Linking linking) {
        super(handshakes, json, contexts, sessions, database, keys, ENDPOINT);
        this.linking = linking;
    }

    @Override
    protected boolean mayEnter(Caller.ApiKey key) {
        return opens(key, NUMBERS);
    }

    @Override
    public Job job() {
        return beat("beat-boards", "Closes live boards whose page is gone.");
    }

    @Override
    protected void entering(Open<Visit> board) {
        Visit visit = board.visitor();
        visit.sender()
                .ifPresent(sender -> board.socket()
                        .atEnd(linking.watch(
                                visit.tenant(), sender, _ -> board.socket().signal(CHANGED))));
    }

    /// Something may have changed between loading the page and opening the socket. Steps of linking aren't counted.
    @Override
    protected void entered(Open<Visit> board) {
        Visit visit = board.visitor();
        board.socket().send(visit.sender().isPresent() ? CHANGED : seen(visit.tenant()));
    }

    /// Returns another text after each change; ask before reading what is drawn.
    String seen(AccountId tenant) {
        return new UUID(start, changes.asMap().getOrDefault(tenant, 0L)).toString();
    }

    void senderChanged(@Observes SenderChanged changed) {
        changed(changed.tenant());
    }

    void healthChanged(@Observes SenderHealthChanged changed) {
        changed(changed.sender().tenant());
    }

    void alertRaised(@Observes AlertRaised raised) {
        changed(raised.tenant());
    }

    private void changed(AccountId tenant) {
        changes.asMap().merge(tenant, 1L, Long::sum);
        of(tenant).forEach(board -> board.socket().signal(CHANGED));
    }
}
