package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.FakeJson.object;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.TestClock;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.drivers.HeldCalls;

/// A WAHA server with the WhatsApp behind it, which speaks WAHA’s real protocol over real HTTP on this machine, and
/// sends its webhooks over real HTTP. Time passes only when a test says so.
///
/// Webhooks that a call causes are delivered before the call is answered, so that a test need not wait for them.
public final class FakeWaha implements AutoCloseable {

    public static final String KEY = "waha-key-for-tests";

    private static final Duration RECONNECTS_AFTER = Duration.ofSeconds(20);

    /// @param expires when the file is deleted
    record File(byte[] bytes, String type, Instant expires) {}

    final FakeTime time;
    public final FakeFaults faults = new FakeFaults();
    final FakeLoad load = new FakeLoad();
    final HeldCalls held = new HeldCalls();
    final FakeHooks hooks;
    final Map<String, FakeSession> sessions = new LinkedHashMap<>();
    final Map<String, File> files = new HashMap<>();
    final Set<Phone> notOnWhatsApp = new HashSet<>();
    final Map<String, Phone> lids = new HashMap<>();
    final List<String> calls = new ArrayList<>();
    final FakeEvents events = new FakeEvents(this);
    private final FakeSessions states = new FakeSessions(this);
    private final FakeApi api = new FakeApi(this, states);
    private final Object lock = new Object();

    String engine = "GOWS";
    String version = "2026.9.2";
    String tier = "CORE";
    /// What it believes to be called; nobody else knows that name.
    String calledUrl = "http://waha.internal:3000";
    Duration filesLast = Duration.ofSeconds(180);
    boolean showsCodesAsLinks;
    boolean contactsAcknowledge = true;

    /// It is set to fetch no files from WhatsApp, not even when it is asked.
    boolean downloadsNothing;
    /// Whether it tries to download files, and fails.
    boolean failsToDownload;

    /// It tells what we send as if it were written on the phone.
    public volatile boolean tellsOursAsThePhones;
    /// Whether messages that came while it was away are told when it is back; otherwise only history has them.
    boolean tellsWhatItMissed = true;
    Optional<ObjectNode> globalHook = Optional.empty();

    private HttpServer server;
    private ExecutorService threads;
    private final int port;
    private boolean isUp;
    private long wires;

    public FakeWaha(TestClock clock) {
        this.time = new FakeTime(clock);
        this.hooks = new FakeHooks(time);
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.server = listening(0);
        this.port = server.getAddress().getPort();
        this.isUp = true;
    }

    private HttpServer listening(int wanted) {
        try {
            var created = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 256);
            created.setExecutor(threads);
            created.createContext("/", api::answer);
            created.start();
            return created;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// @param engineName `GOWS`, `NOWEB` or `WEBJS`
    public FakeWaha with(String engineName, String versionNumber) {
        this.engine = engineName;
        this.version = versionNumber;
        return this;
    }

    boolean isGows() {
        return engine.equals("GOWS");
    }

    boolean isBrowser() {
        return !isGows() && !engine.equals("NOWEB");
    }

    // Time and faults.

    public void timePasses(Duration duration) {
        time.passes(duration);
    }

    /// Does what is due, after somebody else has moved the clock.
    public void catchesUp() {
        time.catchesUp();
    }

    /// What a check finds.
    Connection.Facts facts() {
        return new Connection.Facts(
                Optional.of(version), Optional.of(engine), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// The process dies: connections break, and webhooks that were not delivered are lost.
    public void kill() {
        synchronized (lock) {
            isUp = false;
            states.die();
            hooks.forgetAll();
            time.processDies();
        }
        faults.endHanging();
        server.stop(0);
        threads.shutdownNow();
    }

    /// It starts again on the same port, with the sessions that ran before.
    public void restart() {
        threads = Executors.newVirtualThreadPerTaskExecutor();
        server = listening(port);
        change(() -> {
            isUp = true;
            states.resume();
        });
    }

    /// It starts again on the same port without its volume: all sessions are gone.
    public void restartEmpty() {
        synchronized (lock) {
            sessions.clear();
        }
        restart();
    }

    @Override
    public void close() {
        kill();
    }

    /// It forgets the messages that it has sent.
    void forgetsMessages() {
        synchronized (lock) {
            sessions.values().forEach(session -> session.messages.clear());
        }
    }

    // Webhooks.

    public void holdWebhooks() {
        hooks.hold();
    }

    public void releaseWebhooks() {
        hooks.release();
    }

    public void releaseWebhooksInReverse() {
        hooks.releaseInReverse();
    }

    public void deliverWebhooksTwice() {
        hooks.deliverTwice();
    }

    // What WhatsApp and people do.

    /// A session that is linked and works, as if it had been made before.
    public void hasLinked(String name, Phone phone) {
        change(() -> {
            var session = new FakeSession(name, object());
            session.linked = Optional.of(phone);
            sessions.put(name, session);
            states.begin(session);
        });
    }

    /// A phone scans the code, or types the pairing code.
    public void phoneScans(String session, Phone phone) {
        change(() -> states.scanned(session(session), phone));
    }

    /// The next scans in this session need a passkey.
    public void wantsPasskey(String session, boolean withCode) {
        change(() -> session(session).passkey =
                withCode ? FakeSession.PasskeyStep.CONFIRMATION : FakeSession.PasskeyStep.CHALLENGE);
    }

    /// The socket is lost; it comes back by itself after a while.
    public void connectionBreaks(String session) {
        change(() -> {
            states.disconnect(session(session));
            int run = session(session).run;
            time.in(RECONNECTS_AFTER, () -> change(() -> states.reconnect(session, run)));
        });
    }

    /// The socket is lost for good.
    public void connectionBreaksForGood(String session) {
        change(() -> {
            session(session).comesBack = false;
            states.disconnect(session(session));
        });
    }

    public void connectionComesBack(String session) {
        change(() -> {
            session(session).comesBack = true;
            states.reconnect(session, session(session).run);
        });
    }

    public void phoneRemovesTheDevice(String session) {
        change(() -> states.loggedOut(session(session), 401));
    }

    /// The server no longer knows which phone the session had.
    public void forgetsItself(String session) {
        change(() -> session(session).me = Optional.empty());
    }

    /// WhatsApp refuses the session with this code of its own: 403 or 406.
    public void whatsAppRefuses(String session, int code) {
        change(() -> states.loggedOut(session(session), code));
    }

    /// @param code whatsmeow’s code of the reason, 101 to 106
    public void bans(String session, int code, Duration duration) {
        change(() -> states.banned(session(session), code, duration));
    }

    /// Another server takes the session over; this one does not notice.
    public void sessionIsTakenOver(String session) {
        change(() -> {
            events.ofEngine(session(session), "events.StreamReplaced", object());
            session(session).deaf.add(FakeSession.Deafness.NO_EVENTS);
        });
    }

    /// WhatsApp lets the number answer existing chats only.
    public void restricts(String session, Instant until) {
        change(() -> {
            var lock = object().put("isActive", true).put("enforcementType", "RESTRICT_ALL_COMPANIONS");
            lock.put("timeEnforcementEnds", until.getEpochSecond());
            session(session).timelock = lock;
            states.become(session(session), "WORKING", object().set("reachoutTimelock", lock));
        });
    }

    /// The number has used up its new chats.
    public void caps(String session, Instant until) {
        change(() -> session(session).capping = object().put("cappingStatus", "CAPPED")
                .put("totalQuota", 1000)
                .put("usedQuota", 1000)
                .put("cycleEnd", until.getEpochSecond()));
    }

    /// The session says that it works, and is dead like this.
    public void goesDeaf(String session, FakeSession.Deafness how) {
        change(() -> session(session).deaf.add(how));
    }

    /// It hears again, and tells at once all that it has missed.
    public void hearsAgain(String session) {
        change(() -> {
            var missed = List.copyOf(session(session).unheard);
            session(session).deaf.clear();
            session(session).unheard.clear();
            missed.forEach(Runnable::run);
        });
    }

    public FakeContact contact(String session, Phone phone, String name) {
        return new FakeContact(this, session, phone, name);
    }

    public void isNotOnWhatsApp(Phone phone) {
        change(() -> notOnWhatsApp.add(phone));
    }

    /// A message of ours gets this ack.
    public void acknowledges(String session, String wire, int ack) {
        change(() -> events.acknowledge(session(session), wire, ack, Optional.empty()));
    }

    /// A message of ours is refused after it was accepted.
    public void refusesLater(String session, String wire, JsonNode error) {
        change(() -> events.acknowledge(session(session), wire, -1, Optional.of(error)));
    }

    // What a test looks at.

    public String status(String session) {
        return locked(() -> session(session).status);
    }

    /// Returns all calls that have sent something, in order.
    public List<FakeSent> sent(String session) {
        return locked(() -> List.copyOf(session(session).sent));
    }

    /// Returns what the contacts see: a repeated id is the same message.
    public List<FakeSent> shown(String session) {
        return sent(session).stream().filter(sent -> !sent.isRepeat()).toList();
    }

    /// Returns the methods and paths of all calls, in order.
    public List<String> calls() {
        return locked(() -> List.copyOf(calls));
    }

    public Optional<JsonNode> config(String session) {
        return locked(() -> Optional.ofNullable(sessions.get(session)).map(it -> it.config));
    }

    // For the other parts of the fake.

    FakeSession session(String name) {
        return Optional.ofNullable(sessions.get(name)).orElseThrow();
    }

    <T> T locked(Supplier<T> reader) {
        synchronized (lock) {
            return reader.get();
        }
    }

    /// Changes something, and delivers the webhooks that this causes.
    void change(Runnable action) {
        changed(() -> {
            action.run();
            return true;
        });
    }

    <T> T changed(Supplier<T> action) {
        T result;
        synchronized (lock) {
            result = action.get();
        }
        hooks.flush();
        return result;
    }

    String newWire() {
        return String.format(Locale.ROOT, "3EB0%016X", ++wires);
    }

    boolean isUp() {
        return isUp;
    }
}
