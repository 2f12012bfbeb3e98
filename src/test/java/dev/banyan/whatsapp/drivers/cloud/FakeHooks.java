package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.Eventually;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// Posts webhooks as Meta does: signed, with everything that isn't ASCII escaped, several changes at once, and again
/// until they are accepted.
public final class FakeHooks implements AutoCloseable {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private record Change(String field, ObjectNode value) {}

    /// @param status of the answer; 0 if there was none
    public record Posted(byte[] body, String signature, int status) {}

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Eventually.LONGEST)
            .build();
    private final Clock clock;
    private final String waba;
    private final String secret;
    private final List<Posted> posted = new ArrayList<>();
    private final List<byte[]> waiting = new ArrayList<>();
    private final List<Change> collected = new ArrayList<>();
    private Optional<URI> target = Optional.empty();
    private boolean collects;

    FakeHooks(Clock clock, String waba, String secret) {
        this.clock = clock;
        this.waba = waba;
        this.secret = secret;
    }

    synchronized void to(URI address) {
        target = Optional.of(address);
    }

    /// Asks an address whether it is ours, with our verify token.
    boolean greets(URI address, String verifyToken) {
        String query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token="
                + URLEncoder.encode(verifyToken, StandardCharsets.UTF_8);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + "?" + query)).build();
        return send(request)
                .map(answer -> answer.statusCode() == 200 && answer.body().equals("1158201444"))
                .orElse(false);
    }

    /// Tells all that happens in here with one webhook.
    public synchronized void together(Runnable events) {
        collects = true;
        events.run();
        collects = false;
        var changes = List.copyOf(collected);
        collected.clear();
        post(payload(changes));
    }

    /// Tells all that happens in here with a webhook for each, the last one first.
    public synchronized void inReverse(Runnable events) {
        collects = true;
        events.run();
        collects = false;
        var changes = List.copyOf(collected).reversed();
        collected.clear();
        changes.forEach(change -> post(payload(List.of(change))));
    }

    /// Tells of one thing, at once or together with others.
    public synchronized void tell(String field, ObjectNode value) {
        collected.add(new Change(field, value));
        if (!collects) {
            var changes = List.copyOf(collected);
            collected.clear();
            post(payload(changes));
        }
    }

    /// Two entries, as many changes as there are, and messages of one number in one change.
    private byte[] payload(List<Change> changes) {
        ObjectNode root = GraphJson.object().put("object", "whatsapp_business_account");
        ArrayNode entries = root.putArray("entry");
        List<Change> merged = merged(changes);
        int half = (merged.size() + 1) / 2;
        entry(entries, merged.subList(0, half));
        if (half < merged.size()) {
            entry(entries, merged.subList(half, merged.size()));
        }
        try {
            // Meta escapes slashes too.
            return JSON.writeValueAsString(root).replace("/", "\\/").getBytes(StandardCharsets.US_ASCII);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void entry(ArrayNode entries, List<Change> changes) {
        ObjectNode entry =
                entries.addObject().put("id", waba).put("time", clock.instant().getEpochSecond());
        ArrayNode written = entry.putArray("changes");
        changes.forEach(
                change -> written.addObject().put("field", change.field()).set("value", change.value()));
    }

    private static List<Change> merged(List<Change> changes) {
        var merged = new ArrayList<Change>();
        for (Change change : changes) {
            boolean fits = !merged.isEmpty()
                    && merged.getLast().field().equals("messages")
                    && change.field().equals("messages")
                    && merged.getLast()
                            .value()
                            .path("metadata")
                            .equals(change.value().path("metadata"));
            if (fits) {
                List.of("contacts", "messages", "statuses", "errors")
                        .forEach(list -> append(
                                merged.getLast().value(), list, change.value().path(list)));
            } else {
                merged.add(new Change(change.field(), change.value().deepCopy()));
            }
        }
        return merged;
    }

    private static void append(ObjectNode value, String list, JsonNode more) {
        if (!more.isEmpty()) {
            ArrayNode all = value.path(list).isArray() ? (ArrayNode) value.path(list) : value.putArray(list);
            more.forEach(all::add);
        }
    }

    private void post(byte[] body) {
        if (target.isEmpty()) {
            waiting.add(body);
            return;
        }
        int status = post(target.get(), body);
        posted.add(new Posted(body, signature(body), status));
        if (status != 200) {
            waiting.add(body);
        }
    }

    private int post(URI address, byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("User-Agent", "facebookexternalua")
                .header("X-Hub-Signature-256", signature(body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return send(request).map(HttpResponse::statusCode).orElse(0);
    }

    /// Posts any webhook to any address, signed.
    ///
    /// @return the status of the answer; 0 if there was none
    public int post(URI address, JsonNode webhook) {
        return post(address, webhook.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Optional<HttpResponse<String>> send(HttpRequest request) {
        try {
            return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private String signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Posts again what was not accepted, the newest first.
    public synchronized void retry() {
        var again = List.copyOf(waiting).reversed();
        waiting.clear();
        again.forEach(this::post);
    }

    /// Posts the last webhook once more, as it was.
    public synchronized void repeat() {
        post(posted.getLast().body());
    }

    public synchronized List<Posted> posted() {
        return List.copyOf(posted);
    }

    public synchronized int unaccepted() {
        return waiting.size();
    }

    @Override
    public void close() {
        client.close();
    }
}
