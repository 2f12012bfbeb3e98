package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Takes messages of the business, and tells what becomes of them.
public final class FakeSending {

    private static final String ACCEPTED = "accepted";

    /// A message that was accepted.
    public record Sent(FakeNumber number, String wamid, String to, JsonNode body, String category, Instant at) {

        public String callbackData() {
            return body.path("biz_opaque_callback_data").asText();
        }
    }

    private final Queue<Thread> reporters = new ConcurrentLinkedQueue<>();
    private final Clock clock;
    private final FakeHooks hooks;
    private final FakeRules rules;
    private final FakeLimits limits;
    private final FakeTemplates templates;
    private final FakeContacts contacts;
    private final List<Sent> sent = new ArrayList<>();
    private final List<JsonNode> receipts = new ArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile List<String> byThemselves = List.of();
    private volatile String messageStatus = ACCEPTED;

    FakeSending(
            Clock clock,
            FakeHooks hooks,
            FakeMedia media,
            FakeLimits limits,
            FakeTemplates templates,
            FakeContacts contacts) {
        this.clock = clock;
        this.hooks = hooks;
        this.limits = limits;
        this.templates = templates;
        this.contacts = contacts;
        this.rules = new FakeRules(media, id -> contacts.hasSent(id) || isSent(id));
    }

    private synchronized boolean isSent(String wamid) {
        return sent.stream().anyMatch(one -> one.wamid().equals(wamid));
    }

    /// Reports these for each message, a moment after it was accepted.
    public void reportsByItself(String... statuses) {
        byThemselves = List.of(statuses);
    }

    /// Waits until the statuses of all messages have been posted.
    public void settle() throws InterruptedException {
        for (Thread reporter = reporters.poll(); reporter != null; reporter = reporters.poll()) {
            reporter.join();
        }
    }

    /// @param status what answers say of messages that were taken, such as `held_for_quality_assessment`
    void answersWith(String status) {
        messageStatus = status;
    }

    public synchronized List<Sent> sent() {
        return List.copyOf(sent);
    }

    /// Returns the bodies of all read receipts.
    public synchronized List<JsonNode> receipts() {
        return List.copyOf(receipts);
    }

    /// Returns how often a message with this callback data was accepted: more than 1 means that it was doubled.
    public long copies(String callbackData) {
        return sent().stream()
                .filter(one -> one.callbackData().equals(callbackData))
                .count();
    }

    FakeResponse post(FakeNumber number, JsonNode body) {
        if (!body.path("messaging_product").asText().equals("whatsapp")) {
            throw new FakeErrors.Refused(100, "The parameter messaging_product is required.");
        }
        if (body.has("status")) {
            return receipt(body);
        }
        String to = recipient(number, body);
        rules.verify(body);
        boolean isTemplate = body.path("type").asText().equals("template");
        String category = isTemplate ? templates.verify(body.path("template")) : "SERVICE";
        switch (number.status()) {
            case "BANNED" -> throw new FakeErrors.Refused(131031, "Account has been locked");
            case "DELETED", "MIGRATED", "PENDING", "UNVERIFIED" ->
                throw new FakeErrors.Refused(133010, "Phone number not registered");
            case "RESTRICTED" -> {
                if (isTemplate) {
                    throw new FakeErrors.Refused(131048, "Spam rate limit hit");
                }
            }
            default -> {}
        }
        limits.pass(number, to, isTemplate);
        return accept(number, to, body, category.toLowerCase(Locale.ROOT));
    }

    private FakeResponse receipt(JsonNode body) {
        if (!contacts.hasSent(body.path("message_id").asText())) {
            throw new FakeErrors.Refused(131009, "message_id is not valid");
        }
        synchronized (this) {
            receipts.add(body);
        }
        return FakeResponse.success();
    }

    private static String recipient(FakeNumber number, JsonNode body) {
        String hidden = body.path("recipient").asText();
        if (!hidden.isEmpty()) {
            return hidden;
        }
        String to = body.path("to").asText();
        if (to.isEmpty()) {
            throw new FakeErrors.Refused(100, "The parameter to is required.");
        }
        if (!to.matches("\\+?[0-9]{7,15}")) {
            throw new FakeErrors.Refused(131009, "Parameter value is not valid: to");
        }
        if (to.equals(number.digits())) {
            throw new FakeErrors.Refused(131021, "Recipient cannot be sender");
        }
        return to.replace("+", "");
    }

    private FakeResponse accept(FakeNumber number, String to, JsonNode body, String category) {
        String wamid = "wamid."
                + Base64.getEncoder()
                        .encodeToString(("out" + to + count.incrementAndGet()).getBytes(StandardCharsets.UTF_8));
        var accepted = new Sent(number, wamid, to, body, category, clock.instant());
        synchronized (this) {
            sent.add(accepted);
        }
        int failure = limits.failsLater(to);
        List<String> follow = byThemselves;
        if (failure != 0 || !follow.isEmpty()) {
            reporters.add(Thread.startVirtualThread(() -> {
                if (failure != 0) {
                    fails(accepted, failure);
                } else {
                    follow.forEach(status -> reports(accepted, status));
                }
            }));
        }
        ObjectNode answer = GraphJson.object().put("messaging_product", "whatsapp");
        ObjectNode contact = answer.putArray("contacts").addObject();
        if (body.has("recipient")) {
            contact.put("input", to).put("user_id", to);
        } else {
            contact.put("input", body.path("to").asText()).put("wa_id", to);
        }
        ObjectNode message = answer.putArray("messages").addObject().put("id", wamid);
        if (body.path("type").asText().equals("template") || !messageStatus.equals(ACCEPTED)) {
            message.put("message_status", messageStatus);
        }
        return FakeResponse.ok(answer);
    }

    /// @param status `sent`, `delivered`, `read` or `played`
    public void reports(Sent message, String status) {
        ObjectNode value = status(message, status);
        if (status.equals("sent") || status.equals("delivered")) {
            ((ObjectNode) value.path("statuses").path(0))
                    .putObject("pricing")
                    .put("billable", !message.category().equals("service"))
                    .put("pricing_model", "PMP")
                    .put("type", message.category().equals("service") ? "free_customer_service" : "regular")
                    .put("category", message.category());
        }
        hooks.tell("messages", value);
    }

    public void fails(Sent message, int code) {
        ObjectNode value = status(message, "failed");
        ((ObjectNode) value.path("statuses").path(0))
                .putArray("errors")
                .addObject()
                .put("code", code)
                .put("title", FakeErrors.title(code))
                .put("message", FakeErrors.title(code))
                .put("href", "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/")
                .putObject("error_data")
                .put("details", "…");
        hooks.tell("messages", value);
    }

    private ObjectNode status(Sent message, String status) {
        ObjectNode value = FakeContacts.value(message.number());
        ObjectNode written = value.putArray("statuses")
                .addObject()
                .put("id", message.wamid())
                .put("status", status)
                .put("timestamp", String.valueOf(clock.instant().getEpochSecond()));
        if (message.body().has("recipient")) {
            written.put("recipient_user_id", message.to());
        } else {
            written.put("recipient_id", message.to());
        }
        if (message.body().has("biz_opaque_callback_data")) {
            written.put("biz_opaque_callback_data", message.callbackData());
        }
        return value;
    }
}
