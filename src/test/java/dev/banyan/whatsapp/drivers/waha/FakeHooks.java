package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.Eventually;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// Sends the webhooks of a fake gateway over real HTTP, signs them, and repeats them until they are accepted: also
/// after refusals with 4xx, and with the same ids.
final class FakeHooks {

    /// @param attempt counted from 1
    record Post(String requestId, String event, URI url, byte[] body, JsonNode hook, int attempt) {

        Post again() {
            return new Post(requestId, event, url, body, hook, attempt + 1);
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /// @param status of the answer; 0: none
    record Delivery(Post post, int status) {}

    private static final int DEFAULT_ATTEMPTS = 15;

    private final FakeTime time;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Eventually.LONGEST).build();
    private final Queue<Post> waiting = new ConcurrentLinkedQueue<>();
    private final List<Post> held = new ArrayList<>();
    private final AtomicLong requests = new AtomicLong();
    private boolean isHolding;
    private boolean isDoubling;
    final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

    FakeHooks(FakeTime time) {
        this.time = time;
    }

    /// Queues an event for one webhook.
    synchronized void queue(JsonNode hook, ObjectNode envelope) {
        var post = new Post(
                "req-" + requests.incrementAndGet(),
                envelope.path("event").asText(),
                URI.create(hook.path("url").asText()),
                envelope.toString().getBytes(StandardCharsets.UTF_8),
                hook,
                1);
        if (isHolding) {
            held.add(post);
        } else {
            waiting.add(post);
            if (isDoubling) {
                waiting.add(post);
            }
        }
    }

    /// Keeps events back from now on.
    synchronized void hold() {
        isHolding = true;
    }

    /// From now on, every webhook arrives twice, as when an answer was lost.
    synchronized void deliverTwice() {
        isDoubling = true;
    }

    /// Delivers in one burst what was kept back, as it happened.
    void release() {
        takeHeld().forEach(waiting::add);
        flush();
    }

    /// Delivers what was kept back, the last event first.
    void releaseInReverse() {
        var posts = takeHeld();
        Collections.reverse(posts);
        posts.forEach(waiting::add);
        flush();
    }

    private synchronized List<Post> takeHeld() {
        isHolding = false;
        var posts = new ArrayList<>(held);
        held.clear();
        return posts;
    }

    /// Nothing is stored: what is not delivered when the server dies is lost.
    synchronized void forgetAll() {
        held.clear();
        waiting.clear();
    }

    /// Delivers what waits, on this thread.
    void flush() {
        for (Post post = waiting.poll(); post != null; post = waiting.poll()) {
            deliver(post);
        }
    }

    private void deliver(Post post) {
        int status = statusOf(post);
        deliveries.add(new Delivery(post, status));
        int attempts = post.hook().path("retries").path("attempts").asInt(DEFAULT_ATTEMPTS);
        if ((status < 200 || status >= 300) && post.attempt() < attempts) {
            time.inProcess(delay(post), () -> deliver(post.again()));
        }
    }

    private static Duration delay(Post post) {
        JsonNode retries = post.hook().path("retries");
        long seconds = retries.path("delaySeconds").asLong(2);
        return Duration.ofSeconds(
                switch (retries.path("policy").asText()) {
                    case "linear" -> seconds * post.attempt();
                    case "exponential" -> seconds << (post.attempt() - 1);
                    default -> seconds;
                });
    }

    private int statusOf(Post post) {
        JsonNode envelope = FakeJson.read(post.body());
        var request = HttpRequest.newBuilder(post.url())
                .timeout(Eventually.LONGEST)
                .header("Content-Type", "application/json")
                .header(
                        "User-Agent",
                        "WAHA/" + envelope.path("environment").path("version").asText())
                .header("X-Webhook-Request-Id", post.requestId())
                .header("X-Webhook-Timestamp", envelope.path("timestamp").asText());
        String key = post.hook().path("hmac").path("key").asText("");
        if (!key.isEmpty()) {
            request.header("X-Webhook-Hmac", hmac(key, post.body())).header("X-Webhook-Hmac-Algorithm", "sha512");
        }
        post.hook()
                .path("customHeaders")
                .forEach(header -> request.header(
                        header.path("name").asText(), header.path("value").asText()));
        try {
            return client.send(
                            request.POST(HttpRequest.BodyPublishers.ofByteArray(post.body()))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException _) {
            return 0;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    static String hmac(String key, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
