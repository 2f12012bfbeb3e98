package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.HookEvent;

/// Reads webhooks: one may tell of many numbers, and of many messages of each.
final class CloudWebhooks {

    private static final String OBJECT = "whatsapp_business_account";

    private CloudWebhooks() {}

    /// @param account the business account of the connection. Meta sends what it tells of all accounts of an app to one
    ///     address: what it tells of another account as a whole is not told here. Messages name their number.
    /// @param now for messages without a time that can be read
    static List<HookEvent> read(byte[] body, Optional<String> account, Instant now) {
        var events = new ArrayList<HookEvent>();
        for (JsonNode entry : entries(body)) {
            boolean isOther = account.isPresent() && !account.get().equals(GraphJson.text(entry, "id"));
            for (JsonNode change : entry.path("changes")) {
                JsonNode value = change.path("value");
                Stream.concat(
                                change(GraphJson.text(change, "field"), value, now).stream(),
                                CloudContacts.pairs(value.path("contacts")).stream())
                        .filter(event -> !isOther || !isOfAccount(event))
                        .forEach(events::add);
            }
        }
        return List.copyOf(events);
    }

    /// Returns the business accounts that a webhook tells of.
    static Set<String> accounts(byte[] body) {
        var accounts = new LinkedHashSet<String>();
        entries(body).forEach(entry -> accounts.add(GraphJson.text(entry, "id")));
        return accounts;
    }

    private static JsonNode entries(byte[] body) {
        JsonNode root;
        try {
            root = Optional.ofNullable(GatewayHttp.JSON.readTree(body)).orElseGet(GraphJson::object);
        } catch (IOException _) {
            return GraphJson.object();
        }
        return GraphJson.first(GraphJson.text(root, "object"), OBJECT).equals(OBJECT)
                ? root.path("entry")
                : GraphJson.object();
    }

    private static boolean isOfAccount(HookEvent event) {
        return event instanceof HookEvent.Notice(List<String> numbers, String _, String _, boolean _)
                        && numbers.isEmpty()
                || event instanceof HookEvent.Paired
                || event instanceof HookEvent.UserIdChanged
                || event instanceof HookEvent.TemplatesChanged;
    }

    private static List<HookEvent> change(String field, JsonNode value, Instant now) {
        return switch (field) {
            case "messages" -> messages(value, now);
            case "smb_message_echoes" -> echoes(value, now);
            case "calls" -> calls(value, now);
            case "user_preferences" -> preferences(value);
            case "user_id_update" -> userIds(value);
            case "account_update",
                    "account_alerts",
                    "account_review_update",
                    "business_capability_update",
                    "phone_number_quality_update",
                    "phone_number_name_update",
                    "security" -> CloudNotices.read(field, value);
            case "message_template_status_update",
                    "message_template_quality_update",
                    "message_template_components_update",
                    "template_category_update" -> CloudNotices.ofTemplate(field, value);
            // History: it is alive, and nothing more.
            default -> alive(value);
        };
    }

    private static List<HookEvent> messages(JsonNode value, Instant now) {
        String remote = remote(value);
        if (remote.isEmpty()) {
            return List.of();
        }
        var events = new ArrayList<HookEvent>();
        for (JsonNode message : value.path("messages")) {
            CloudContacts.shared(message).ifPresent(events::add);
            List<HookEvent> changed = CloudContacts.changed(remote, message);
            events.addAll(changed);
            if (changed.isEmpty()) {
                events.add(
                        CloudIncoming.read(remote, value, message, now).orElseGet(() -> new HookEvent.Alive(remote)));
            }
        }
        for (JsonNode status : value.path("statuses")) {
            events.addAll(CloudReceipts.read(remote, status, now));
        }
        for (JsonNode error : value.path("errors")) {
            events.add(error(remote, GraphError.of(error), now));
        }
        return events.isEmpty() ? List.of(new HookEvent.Alive(remote)) : events;
    }

    /// What the business writes in its own app, while its number is here as well.
    private static List<HookEvent> echoes(JsonNode value, Instant now) {
        String remote = remote(value);
        List<HookEvent> events = StreamSupport.stream(
                        value.path("message_echoes").spliterator(), false)
                .<HookEvent>flatMap(echo -> CloudIncoming.echo(remote, value, echo, now).stream())
                .toList();
        return events.isEmpty() || remote.isEmpty() ? alive(value) : events;
    }

    private static List<HookEvent> calls(JsonNode value, Instant now) {
        String remote = remote(value);
        List<HookEvent> events = StreamSupport.stream(value.path("calls").spliterator(), false)
                .<HookEvent>flatMap(call -> CloudIncoming.missedCall(remote, value, call, now).stream())
                .toList();
        return events.isEmpty() || remote.isEmpty() ? alive(value) : events;
    }

    private static List<HookEvent> preferences(JsonNode value) {
        var events = new ArrayList<HookEvent>();
        for (JsonNode one : value.path("user_preferences")) {
            String wish = GraphJson.text(one, "value");
            if (wish.equals("stop") || wish.equals("resume")) {
                CloudContacts.of(one, one)
                        .ifPresent(
                                chat -> events.add(new HookEvent.Preference(remote(value), chat, wish.equals("stop"))));
            }
        }
        return events;
    }

    private static List<HookEvent> userIds(JsonNode value) {
        return StreamSupport.stream(value.path("user_id_update").spliterator(), false)
                .flatMap(one -> CloudContacts.userIdChanged(
                        GraphJson.text(one.path("user_id"), "previous"),
                        GraphJson.text(one.path("user_id"), "current"),
                        GraphJson.text(one, "wa_id"))
                        .stream())
                .toList();
    }

    private static HookEvent error(String remote, GraphError error, Instant now) {
        Optional<NumberStatus> told = CloudErrors.status(error);
        return told.<HookEvent>map(status -> new HookEvent.StatusChanged(remote, status))
                .orElseGet(() -> new HookEvent.Notice(
                        List.of(remote),
                        "WhatsApp reports a problem",
                        CloudErrors.notSent(error, now).reason(),
                        true));
    }

    private static List<HookEvent> alive(JsonNode value) {
        String remote = remote(value);
        return remote.isEmpty() ? List.of() : List.of(new HookEvent.Alive(remote));
    }

    static String remote(JsonNode value) {
        return GraphJson.text(value.path("metadata"), "phone_number_id");
    }
}
