package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.Eventually;
import dev.banyan.TestClock;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// Sends the webhooks of the fake, and repeats those that failed when their time has come.
final class FakeHooks {

    private static final Set<Integer> NEVER_AGAIN = Set.of(400, 401, 403, 404, 422);
    private static final int ATTEMPTS = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(300);

    /// @param attempts so far
    private record Delivery(URI to, Map<String, String> headers, String body, int attempts, Instant due) {}

    private final TestClock clock;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService one =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private final List<Delivery> again = new ArrayList<>();
    private final List<Delivery> held = new ArrayList<>();
    private boolean isHeld;
    private int copies = 1;

    FakeHooks(TestClock clock) {
        this.clock = clock;
    }

    /// @param attributes of the envelope, in newer versions
    void send(FakeInstance instance, FakeEvolution.Version version, String event, JsonNode data, JsonNode attributes) {
        Optional<JsonNode> hook = instance.webhook();
        String configured = event.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
        if (hook.isEmpty() || !hook.get().path("enabled").asBoolean() || !wants(hook.get(), configured)) {
            return;
        }
        String url = hook.get().path("url").asText();
        boolean byEvents = hook.get().path("webhookByEvents").asBoolean();
        String target = byEvents ? url + "/" + event.replace('.', '-') : url;
        ObjectNode body = FakeAnswer.JSON.createObjectNode().put("event", event).put("instance", instance.name());
        body.set("data", data);
        body.put("destination", url)
                .put("date_time", clock.instant().plus(Duration.ofHours(4)).toString())
                .put("sender", instance.ownerJid().orElse(null))
                .put("server_url", "http://fake")
                .put("apikey", instance.token());
        attributes.properties().forEach(entry -> body.set(entry.getKey(), entry.getValue()));
        var delivery = new Delivery(
                URI.create(target), headers(hook.get(), instance, version, event), body.toString(), 0, clock.instant());
        for (int copy = 0; copy < copies; copy++) {
            enqueue(delivery);
        }
    }

    private static boolean wants(JsonNode hook, String event) {
        JsonNode events = hook.path("events");
        boolean isListed = false;
        for (JsonNode one : events) {
            isListed |= one.asText().equals(event);
        }
        return events.isEmpty() || isListed;
    }

    private synchronized void enqueue(Delivery delivery) {
        if (isHeld) {
            held.add(delivery);
        } else {
            one.execute(() -> post(delivery));
        }
    }

    private Map<String, String> headers(
            JsonNode hook, FakeInstance instance, FakeEvolution.Version version, String event) {
        var headers = new LinkedHashMap<String, String>();
        hook.path("headers").properties().forEach(entry -> {
            if (entry.getKey().equals("jwt_key")) {
                headers.put("Authorization", "Bearer " + token(entry.getValue().asText()));
            } else {
                headers.put(entry.getKey(), entry.getValue().asText());
            }
        });
        if (version == FakeEvolution.Version.V2_4_0) {
            headers.put("X-Instance-ID", instance.id());
            headers.put("X-Instance-Name", instance.name());
            headers.put("X-Event-Type", event);
            headers.put("X-Timestamp", Long.toString(clock.millis()));
            headers.put("User-Agent", "EvolutionAPI-Webhook/2.3.7");
        }
        return headers;
    }

    private String token(String key) {
        long now = clock.instant().getEpochSecond();
        String text = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "."
                + part("{\"iat\":" + now + ",\"exp\":" + (now + 600)
                        + ",\"app\":\"evolution\",\"action\":\"webhook\"}");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return text + "."
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private void post(Delivery delivery) {
        var request = HttpRequest.newBuilder(delivery.to())
                .header("Content-Type", "application/json")
                .timeout(Eventually.LONGEST)
                .POST(HttpRequest.BodyPublishers.ofString(delivery.body()));
        delivery.headers().forEach(request::header);
        try {
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status >= 300 && !NEVER_AGAIN.contains(status)) {
                later(delivery);
            }
        } catch (IOException failure) {
            later(delivery);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// 5 s, then twice as long each time.
    private synchronized void later(Delivery delivery) {
        int attempts = delivery.attempts() + 1;
        if (attempts < ATTEMPTS) {
            Duration pause = Duration.ofSeconds(5L << Math.min(attempts - 1, 10));
            Duration capped = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            again.add(new Delivery(
                    delivery.to(),
                    delivery.headers(),
                    delivery.body(),
                    attempts,
                    clock.instant().plus(capped)));
        }
    }

    synchronized Optional<Instant> nextDue() {
        return again.stream().map(Delivery::due).min(Comparator.naturalOrder());
    }

    synchronized void fireDue() {
        var due = again.stream()
                .filter(delivery -> !delivery.due().isAfter(clock.instant()))
                .toList();
        again.removeAll(due);
        due.forEach(this::enqueue);
    }

    synchronized int waiting() {
        return again.size();
    }

    synchronized void copies(int number) {
        copies = number;
    }

    synchronized void hold() {
        isHeld = true;
    }

    /// Sends everything that was held back in one burst, all at once and in any order.
    void burst(Random random) {
        List<Delivery> all;
        synchronized (this) {
            isHeld = false;
            all = new ArrayList<>(held);
            held.clear();
        }
        Collections.shuffle(all, random);
        try (var many = Executors.newVirtualThreadPerTaskExecutor()) {
            all.forEach(delivery -> many.execute(() -> post(delivery)));
        }
    }

    /// Sends what was held back in order.
    void release() {
        List<Delivery> all;
        synchronized (this) {
            isHeld = false;
            all = List.copyOf(held);
            held.clear();
        }
        all.forEach(delivery -> one.execute(() -> post(delivery)));
    }

    /// Waits until everything that is under way has arrived.
    void settle() {
        Future<?> last = one.submit(() -> {});
        try {
            last.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// The queue is in memory only.
    synchronized void forget() {
        again.clear();
        held.clear();
    }

    void close() {
        one.shutdownNow();
        client.shutdownNow();
    }
}
