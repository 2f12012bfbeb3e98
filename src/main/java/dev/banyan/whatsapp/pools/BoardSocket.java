package dev.banyan.whatsapp.pools;

import module java.base;
import com.fasterxml.jackson.databind.ObjectMapper;
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
/// one more at most, because "changed" covers them all.
@WebSocket(path = "/admin/pools/live", endpointId = BoardSocket.ENDPOINT)
public final class BoardSocket extends PoolSocket {

    public static final String ENDPOINT = "pools-live";

    static final String CHANGED = "changed";

    /// What the board shows.
    private static final KeyDoor.Asked NUMBERS = new KeyDoor.Asked("GET /api/whatsapp/senders", Map.of());

    private final Linking linking;

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

    /// Something may have changed between loading the page and opening the socket.
    @Override
    protected void entered(Open<Visit> board) {
        board.socket().signal(CHANGED);
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
        of(tenant).forEach(board -> board.socket().signal(CHANGED));
    }
}
