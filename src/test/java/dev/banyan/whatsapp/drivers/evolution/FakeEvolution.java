package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.TestClock;
import dev.banyan.whatsapp.drivers.HeldCalls;
import dev.banyan.whatsapp.drivers.evolution.FakeFaults.Fault;

/// An Evolution API server that speaks the real protocol over real HTTP, with WhatsApp behind it. Time passes only when
/// a test says so; ids are the same in each run. After each method about phones and contacts, the webhooks have
/// arrived.
public final class FakeEvolution implements AutoCloseable {

    /// The versions that differ.
    public enum Version {
        V2_3_5("2.3.5"),
        V2_3_6("2.3.6"),
        V2_3_7("2.3.7"),
        V2_4_0("2.4.0");

        private final String text;

        Version(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /// A request to send that was carried out.
    ///
    /// @param id of the message; the same twice if the caller chose it
    public record Sent(String instance, String action, String to, String id, JsonNode body) {}

    private final TestClock clock;
    private final String key;
    private volatile Version version;
    private volatile boolean isActivated = true;
    private volatile boolean delaysBlock;
    private volatile boolean acksAlone;
    private final FakeHooks hooks;
    private final FakeHttp http;
    private final AtomicInteger number = new AtomicInteger();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final Map<String, FakeInstance> instances = new ConcurrentHashMap<>();
    private final Set<String> strangers = new HashSet<>();

    public FakeEvolution(Version version, TestClock clock, String key) {
        this.version = version;
        this.clock = clock;
        this.key = key;
        this.hooks = new FakeHooks(clock);
        this.http = new FakeHttp(new FakeRoutes(this));
    }

    public URI url() {
        return http.url();
    }

    public Version version() {
        return version;
    }

    public void version(Version other) {
        version = other;
    }

    String key() {
        return key;
    }

    Instant now() {
        return clock.instant();
    }

    int nextNumber() {
        return number.incrementAndGet();
    }

    void hang() {
        try {
            http.faults().hang();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits like `delay` does, if that is wanted.
    void delay(int milliseconds) {
        Instant end = now().plusMillis(milliseconds);
        synchronized (clock) {
            while (delaysBlock && now().isBefore(end)) {
                try {
                    clock.wait();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    /// Makes `delay` block until the clock has moved on.
    public void delaysBlock(boolean block) {
        delaysBlock = block;
    }

    /// Returns all requests so far, as `GET /path`.
    public List<String> requests() {
        return List.copyOf(http.requests());
    }

    public void forgetRequests() {
        http.requests().clear();
    }

    // Faults.

    HeldCalls held() {
        return http.held();
    }

    /// Forgets the messages that it has sent.
    void forgetsMessages() {
        instances.values().forEach(instance -> {
            synchronized (instance.messages) {
                instance.messages.clear();
            }
        });
    }

    /// Lets the next call whose path contains this fail with a status and a message.
    public void refuses(String path, int status, String message) {
        http.faults().next(path, new Fault.Says(FakeAnswer.error(status, message)));
    }

    /// Lets the next call whose path contains this answer with a body.
    public void answers(String path, int status, String body) {
        try {
            http.faults().next(path, new Fault.Says(new FakeAnswer(status, FakeAnswer.JSON.readTree(body))));
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException(failure);
        }
    }

    /// The same as [#refuses], but the call has worked.
    public void worksAndRefuses(String path, int status, String message) {
        http.faults().next(path, new Fault.DoesAndSays(FakeAnswer.error(status, message)));
    }

    public void hangs(String path) {
        http.faults().next(path, new Fault.Hangs());
    }

    public void worksAndHangs(String path) {
        http.faults().next(path, new Fault.DoesAndHangs());
    }

    public void closes(String path) {
        http.faults().next(path, new Fault.Closes());
    }

    public void worksAndCloses(String path) {
        http.faults().next(path, new Fault.DoesAndCloses());
    }

    /// From 2.4 on, a server must be activated.
    public void activated(boolean activated) {
        isActivated = activated;
    }

    boolean isActivated() {
        return isActivated;
    }

    // The server's life.

    /// The process ends, with everything that was only in its memory.
    public void kill() {
        http.kill();
        hooks.forget();
    }

    /// The process starts again at the same address.
    ///
    /// @param remembers whether its database has survived
    public void revive(boolean remembers) {
        if (!remembers) {
            instances.clear();
        }
        http.revive();
        instances.values().forEach(FakeInstance::booted);
        hooks.settle();
    }

    /// Lets time pass, and whatever is due happen in its order.
    public void timePasses(Duration time) {
        Instant end = now().plus(time);
        hooks.settle();
        for (Optional<Instant> next = nextDue(); next.isPresent() && !next.get().isAfter(end); next = nextDue()) {
            forwardTo(next.get());
            instances.values().stream()
                    .filter(instance -> instance.codeEnds()
                            .filter(due -> !due.isAfter(now()))
                            .isPresent())
                    .forEach(FakeInstance::codeRunsOut);
            hooks.fireDue();
            hooks.settle();
        }
        forwardTo(end);
    }

    private Optional<Instant> nextDue() {
        return Stream.concat(
                        hooks.nextDue().stream(),
                        instances.values().stream().flatMap(instance -> instance.codeEnds().stream()))
                .min(Instant::compareTo);
    }

    private void forwardTo(Instant time) {
        synchronized (clock) {
            if (time.isAfter(now())) {
                clock.forward(Duration.between(now(), time));
            }
            clock.notifyAll();
        }
    }

    @Override
    public void close() {
        http.close();
        hooks.close();
    }

    // Webhooks.

    void hook(FakeInstance instance, String event, JsonNode data) {
        hooks.send(instance, version, event, data, FakeAnswer.JSON.createObjectNode());
    }

    void hook(FakeInstance instance, String event, JsonNode data, ObjectNode attributes) {
        hooks.send(instance, version, event, data, attributes);
    }

    /// Sends any webhook, such as one of an unknown kind.
    public void tells(String name, String event, JsonNode data) {
        hook(instance(name), event, data);
        hooks.settle();
    }

    /// Holds all webhooks back.
    public void holdWebhooks() {
        hooks.hold();
    }

    /// Sends what was held back, all at once and in any order.
    public void burst(long seed) {
        hooks.burst(new Random(seed));
    }

    /// Sends what was held back, in order.
    public void releaseWebhooks() {
        hooks.release();
        hooks.settle();
    }

    /// Sends every webhook as many times.
    public void copies(int times) {
        hooks.copies(times);
    }

    /// Returns how many webhooks are to be repeated later.
    public int waitingWebhooks() {
        return hooks.waiting();
    }

    public void settle() {
        hooks.settle();
    }

    // Instances.

    Map<String, FakeInstance> instances() {
        return instances;
    }

    FakeInstance create(String name, String token, Optional<String> phone) {
        var instance =
                new FakeInstance(this, name, new UUID(0x4000, 0x8000_0000_0000_0000L | nextNumber()), token, phone);
        instances.put(name, instance);
        return instance;
    }

    FakeInstance instance(String name) {
        return Optional.ofNullable(instances.get(name)).orElseThrow();
    }

    public boolean has(String name) {
        return instances.containsKey(name);
    }

    /// Makes an instance that is linked, as if someone had done it in the gateway's own manager.
    public void linkedBefore(String name, String phone) {
        FakeInstance instance = create(name, "TOKEN-" + name, Optional.empty());
        instance.connect(Optional.empty());
        instance.scanned(phone, "Marina Sweets", false);
    }

    /// The phone scans the code that is on offer.
    ///
    /// @return false if there is none
    public boolean phoneScans(String name, String phone) {
        boolean isScanned = instance(name).scanned(phone, "Marina Sweets", false);
        hooks.settle();
        return isScanned;
    }

    /// The same, with a logout that means nothing right after it.
    public void phoneScansWithNoise(String name, String phone) {
        instance(name).scanned(phone, "Marina Sweets", true);
        hooks.settle();
    }

    /// @param code why, as WhatsApp says it
    public void connectionBreaks(String name, int code) {
        instance(name).breaks(code);
        hooks.settle();
    }

    public void connectionBreaks(String name) {
        connectionBreaks(name, 428);
    }

    /// Hundreds of attempts to reconnect.
    public void storm(String name, int times) {
        for (int i = 0; i < times; i++) {
            instance(name).tries();
        }
        hooks.settle();
    }

    public void comesBack(String name) {
        instance(name).comesBack();
        hooks.settle();
    }

    public void phoneRemovesTheDevice(String name) {
        connectionBreaks(name, 401);
    }

    public void ban(String name) {
        connectionBreaks(name, 406);
    }

    /// The instance says that it is open; calls hang, or messages go nowhere.
    public void freeze(String name, boolean acceptsMessages) {
        instance(name).freeze(acceptsMessages ? FakeInstance.Frozen.SWALLOWS : FakeInstance.Frozen.HANGS);
    }

    /// The instance says that it is open; calls fail at once, and where the gateway hides that, it doesn't show.
    public void socketIsGone(String name) {
        instance(name).freeze(FakeInstance.Frozen.CLOSED);
    }

    /// Makes the database say something else than the memory.
    public void rowSays(String name, String state) {
        instance(name).rowSays(state);
    }

    // Messages.

    public List<Sent> sent() {
        return List.copyOf(sent);
    }

    void add(Sent message) {
        sent.add(message);
    }

    /// Makes a number one that is not on WhatsApp.
    public void isNotOnWhatsApp(String phone) {
        strangers.add(phone);
    }

    boolean isStranger(String phone) {
        return strangers.contains(phone);
    }

    /// Acknowledges every message by itself, as WhatsApp does.
    public void acksAlone(boolean acks) {
        acksAlone = acks;
    }

    boolean acksAlone() {
        return acksAlone;
    }

    /// Tells what has become of a message; dropped, as by the real server, if the message isn't stored.
    ///
    /// @param status such as `DELIVERY_ACK`
    public void acks(String name, String id, String status) {
        FakeInstance instance = instance(name);
        synchronized (instance.messages) {
            instance.messages.stream()
                    .filter(message -> message.path("key").path("id").asText().equals(id))
                    .findFirst()
                    .ifPresent(message ->
                            hook(instance, "messages.update", FakeMessages.update(instance, message, status)));
        }
        hooks.settle();
    }

    /// Tells of a message before its sender has the answer, or of one that is unknown.
    public void acksEarly(String name, String id, String to, String status) {
        FakeInstance instance = instance(name);
        hook(instance, "messages.update", FakeMessages.update(instance, FakeMessages.stub(id, to), status));
        hooks.settle();
    }

    /// Returns a contact that writes to this instance.
    public FakeContact contact(String name, String phone, String called) {
        return new FakeContact(this, instance(name), phone, called);
    }

    /// History after linking: large, and not new.
    public void floods(String name, int messages) {
        FakeInstance instance = instance(name);
        var all = new ArrayList<JsonNode>();
        for (int i = 0; i < messages; i++) {
            all.add(FakeMessages.incoming(
                    instance,
                    FakeMessages.stubKey("OLD" + i, "971500000101@s.whatsapp.net"),
                    "Amal",
                    now(),
                    FakeMessages.text("Old " + i)));
        }
        hook(
                instance,
                "messages.set",
                FakeAnswer.JSON.valueToTree(all),
                FakeAnswer.JSON.createObjectNode().put("isLatest", true).put("progress", 100));
        hooks.settle();
    }
}
