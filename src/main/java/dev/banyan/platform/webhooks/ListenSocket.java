package dev.banyan.platform.webhooks;

import module java.base;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.web.gate.KeyDoor;
import dev.banyan.platform.web.socket.Channel;
import dev.banyan.platform.web.socket.Handshakes;
import dev.banyan.platform.web.socket.Handshakes.Entry;
import dev.banyan.platform.web.socket.Handshakes.Visitor;
import io.quarkus.websockets.next.HttpUpgradeCheck.HttpUpgradeContext;
import io.quarkus.websockets.next.WebSocket;

/// Sends the events of an account to a program with a key while it is connected (`./banyan listen`): what a webhook of
/// this key would hear. Frames are `{"id":"msg_…","type":"page.created","body":"…"}`; the program signs the body.
@WebSocket(path = "/api/webhooks/listen", endpointId = ListenSocket.ENDPOINT)
public final class ListenSocket extends Channel<AccountId, ListenSocket.Program> {

    static final String ENDPOINT = "webhooks-listen";

    private static final int PER_TENANT = 20;
    /// Who may set up a webhook may listen.
    private static final KeyDoor.Asked SET_UP = new KeyDoor.Asked("POST /api/admin/webhooks", Map.of());

    public record Program(Caller.ApiKey key, String ip) {}

    private final Listeners listeners;
    private final Makers makers;
    private final Database database;
    private final KeyDoor keys;

    ListenSocket(
            Handshakes handshakes,
            ObjectMapper json,
            Listeners listeners,
            Makers makers,
            Database database,
            KeyDoor keys) {
        super(handshakes, json, ENDPOINT, PER_TENANT);
        this.listeners = listeners;
        this.makers = makers;
        this.database = database;
        this.keys = keys;
    }

    @Override
    public Job job() {
        return beat("beat-listeners", "Closes connections of programs that no longer listen to events.");
    }

    @Override
    protected boolean takesKeys() {
        return true;
    }

    @Override
    protected Entry<Program> entry(HttpUpgradeContext handshake, Visitor visitor) {
        return visitor.caller() instanceof Caller.ApiKey key
                ? keys.opens(key, SET_UP)
                        ? new Entry.Granted<>(new Program(key, visitor.actor().ip()))
                        : new Entry.Denied<>(403)
                : new Entry.Denied<>(401);
    }

    @Override
    protected AccountId key(Program program) {
        return program.key().account();
    }

    @Override
    protected Predicate<Open<Program>> staying(List<Open<Program>> some) {
        return open -> database.read(
                tx -> keys.isUnchanged(tx, open.visitor().key(), open.visitor().ip()));
    }

    @Override
    protected void entering(Open<Program> open) {
        AccountId tenant = key(open.visitor());
        open.socket().atEnd(listeners.add(tenant, new Listeners.Listener() {
            @Override
            public boolean hears(Tx tx, String type) {
                return ListenSocket.this.hears(tx, open.visitor(), tenant, type);
            }

            @Override
            public void tell(Listeners.Told event) {
                ListenSocket.this.tell(open, event);
            }
        }));
    }

    @Override
    public void heartbeat() {
        super.heartbeat();
        listeners.renew();
    }

    /// Asks anew for each event: the key may have ended since the last look.
    private boolean hears(Tx tx, Program program, AccountId tenant, String type) {
        var place = new Makers.Place(
                EndpointOwner.account(new Owner(tenant, tenant)),
                Optional.of(new Maker.Key(program.key().key(), program.key().madeBy())));
        return keys.isUnchanged(tx, program.key(), program.ip())
                && makers.standing(tx, List.of(place)).get(place) instanceof Makers.Standing.Hears standing
                && standing.hears(type);
    }
}
