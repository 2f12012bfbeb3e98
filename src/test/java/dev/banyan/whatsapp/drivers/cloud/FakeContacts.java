package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.platform.Digests;

/// People who write to the numbers.
public final class FakeContacts {

    /// @param digits empty: WhatsApp hides the number
    /// @param user the business-scoped id; empty: not told
    public record Contact(String digits, String name, String user, String username) {

        public Contact(String digits, String name) {
            this(digits, name, "");
        }

        public Contact(String digits, String name, String user) {
            this(digits, name, user, "");
        }

        String key() {
            return digits.isEmpty() ? user : digits;
        }
    }

    private final Clock clock;
    private final FakeHooks hooks;
    private final FakeMedia media;
    private final FakeLimits limits;
    private final String root;
    private final AtomicInteger count = new AtomicInteger();
    private Optional<String> next = Optional.empty();
    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    FakeContacts(Clock clock, FakeHooks hooks, FakeMedia media, FakeLimits limits, String root) {
        this.clock = clock;
        this.hooks = hooks;
        this.media = media;
        this.limits = limits;
        this.root = root;
    }

    boolean hasSent(String wamid) {
        return ids.contains(wamid);
    }

    static ObjectNode value(FakeNumber number) {
        ObjectNode value = GraphJson.object().put("messaging_product", "whatsapp");
        value.putObject("metadata").put("display_phone_number", number.digits()).put("phone_number_id", number.id());
        return value;
    }

    /// The next message has this id.
    public FakeContacts next(String id) {
        next = Optional.of(id);
        return this;
    }

    /// Sends a message of any kind.
    ///
    /// @return its id
    public String sends(FakeNumber number, Contact from, String type, Consumer<ObjectNode> rest) {
        String id = next.orElseGet(() -> "wamid."
                + Base64.getEncoder()
                        .encodeToString(
                                ("in" + from.key() + count.incrementAndGet()).getBytes(StandardCharsets.UTF_8)));
        next = Optional.empty();
        ids.add(id);
        limits.wrote(number.id(), from.key());
        ObjectNode value = value(number);
        ObjectNode contact = value.putArray("contacts").addObject();
        ObjectNode profile = contact.putObject("profile").put("name", from.name());
        if (!from.username().isEmpty()) {
            profile.put("username", from.username());
        }
        ObjectNode message = value.putArray("messages").addObject();
        if (!from.digits().isEmpty()) {
            contact.put("wa_id", from.digits());
            message.put("from", from.digits());
        }
        if (!from.user().isEmpty()) {
            contact.put("user_id", from.user());
            message.put("from_user_id", from.user());
        }
        message.put("id", id)
                .put("timestamp", String.valueOf(clock.instant().getEpochSecond()))
                .put("type", type);
        rest.accept(message);
        hooks.tell("messages", value);
        return id;
    }

    /// WhatsApp gives a person another id, and says so in a message that names no sender.
    public void changesUserId(FakeNumber number, Contact was, String id) {
        ObjectNode value = value(number);
        value.putArray("messages")
                .addObject()
                .put("id", "wamid.system" + count.incrementAndGet())
                .put("timestamp", String.valueOf(clock.instant().getEpochSecond()))
                .put("type", "system")
                .putObject("system")
                .put("type", "user_changed_user_id")
                .put("body", "User " + was.name() + " changed from " + was.user() + " to " + id)
                .put("user_id", id);
        hooks.tell("messages", value);
    }

    /// WhatsApp gives a person another id, and says so on the field of its own.
    ///
    /// @param digits of the person's phone number now; empty: not told
    public void updatesUserId(String previous, String current, String digits) {
        ObjectNode value = GraphJson.object().put("messaging_product", "whatsapp");
        ObjectNode update = value.putArray("user_id_update")
                .addObject()
                .put("detail", "The user id has been updated.")
                .put("timestamp", String.valueOf(clock.instant().getEpochSecond()));
        update.putObject("user_id").put("previous", previous).put("current", current);
        if (!digits.isEmpty()) {
            update.put("wa_id", digits);
        }
        hooks.tell("user_id_update", value);
    }

    /// Tells both addresses of a person, without a message.
    public void named(String digits, String user) {
        ObjectNode value = GraphJson.object().put("messaging_product", "whatsapp");
        value.putArray("contacts").addObject().put("wa_id", digits).put("user_id", user);
        hooks.tell("user_id_update", value);
    }

    /// @param wish `stop` or `resume`
    public void prefers(FakeNumber number, Contact contact, String wish) {
        ObjectNode value = value(number);
        value.putArray("contacts").addObject().put("wa_id", contact.digits());
        value.putArray("user_preferences")
                .addObject()
                .put("wa_id", contact.digits())
                .put("detail", "User requested to " + wish + " marketing messages")
                .put("category", "marketing_messages")
                .put("value", wish)
                .put("timestamp", clock.instant().getEpochSecond());
        hooks.tell("user_preferences", value);
    }

    public String writes(FakeNumber number, Contact from, String text) {
        return sends(number, from, "text", message -> message.putObject("text").put("body", text));
    }

    /// @param ours a message of the number
    public String replies(FakeNumber number, Contact from, String ours, String text) {
        return sends(number, from, "text", message -> {
            message.putObject("context").put("from", number.digits()).put("id", ours);
            message.putObject("text").put("body", text);
        });
    }

    /// @param kind `image`, `document`, `audio`, `video` or `sticker`
    public String sendsFile(
            FakeNumber number, Contact from, String kind, String type, String name, String caption, byte[] bytes) {
        FakeMedia.Kept kept = media.receive(type, name, bytes);
        return sends(number, from, kind, message -> {
            ObjectNode file = message.putObject(kind)
                    .put("mime_type", type)
                    .put("sha256", Base64.getEncoder().encodeToString(Digests.sha256(bytes)))
                    .put("id", kept.id())
                    .put("url", media.address(root, kept.id()) + "&source=webhook");
            if (!caption.isEmpty()) {
                file.put("caption", caption);
            }
            if (kind.equals("document")) {
                file.put("filename", name);
            }
            if (kind.equals("audio")) {
                file.put("voice", true);
            }
        });
    }

    public String sendsLocation(FakeNumber number, Contact from, double latitude, double longitude, String name) {
        return sends(
                number,
                from,
                "location",
                message -> message.putObject("location")
                        .put("latitude", latitude)
                        .put("longitude", longitude)
                        .put("name", name)
                        .put("address", "Marina Walk"));
    }

    /// @param emoji empty: withdrawn, which Meta tells without an emoji
    public String reacts(FakeNumber number, Contact from, String wamid, String emoji) {
        return sends(number, from, "reaction", message -> {
            ObjectNode reaction = message.putObject("reaction").put("message_id", wamid);
            if (!emoji.isEmpty()) {
                reaction.put("emoji", emoji);
            }
        });
    }

    public String edits(FakeNumber number, Contact from, String wamid, String text) {
        return sends(number, from, "edit", message -> {
            ObjectNode edit = message.putObject("edit").put("original_message_id", wamid);
            edit.putObject("message").put("type", "text").putObject("text").put("body", text);
        });
    }

    public String deletes(FakeNumber number, Contact from, String wamid) {
        return sends(
                number, from, "revoke", message -> message.putObject("revoke").put("original_message_id", wamid));
    }

    public String picksButton(FakeNumber number, Contact from, String id, String title) {
        return sends(
                number,
                from,
                "interactive",
                message -> message.putObject("interactive")
                        .put("type", "button_reply")
                        .putObject("button_reply")
                        .put("id", id)
                        .put("title", title));
    }

    public String picksRow(FakeNumber number, Contact from, String id, String title) {
        return sends(
                number,
                from,
                "interactive",
                message -> message.putObject("interactive")
                        .put("type", "list_reply")
                        .putObject("list_reply")
                        .put("id", id)
                        .put("title", title)
                        .put("description", "1 kg"));
    }

    public String sendsUnsupported(FakeNumber number, Contact from, String what) {
        return sends(number, from, "unsupported", message -> {
            message.putArray("errors").addObject().put("code", 131051).put("title", "Message type unknown");
            message.putObject("unsupported").put("type", what);
        });
    }

    /// @param origin why, as WhatsApp says; empty for a card that the contact has chosen
    public String sharesCard(FakeNumber number, Contact from, String digits, String origin) {
        return sends(number, from, "contacts", message -> {
            ObjectNode card = message.putArray("contacts").addObject();
            card.putObject("name").put("formatted_name", "Card " + digits).put("first_name", "Card");
            card.putArray("phones").addObject().put("phone", "+" + digits);
            if (!origin.isEmpty()) {
                message.put("origin", origin);
            }
        });
    }

    public String changesNumber(FakeNumber number, Contact from, String newDigits) {
        return sends(
                number,
                from,
                "system",
                message -> message.putObject("system")
                        .put("type", "user_changed_number")
                        .put("wa_id", newDigits)
                        .put("body", from.name() + " changed from " + from.digits() + " to " + newDigits));
    }

    /// The business writes in its own app.
    public String echoes(FakeNumber number, Contact to, String text) {
        String id = "wamid.echo" + number.id() + count.incrementAndGet();
        echoes(number, to, id, text);
        return id;
    }

    public void echoes(FakeNumber number, Contact to, String id, String text) {
        echoes(number, to, id, "text", part -> part.put("body", text));
    }

    /// The business changes a message in its own app.
    public void echoesEdit(FakeNumber number, Contact to, String id) {
        echoes(
                number,
                to,
                "wamid.edit",
                "edit",
                part -> part.put("original_message_id", id)
                        .putObject("message")
                        .put("type", "text")
                        .putObject("text")
                        .put("body", "New"));
    }

    public void echoesDeletion(FakeNumber number, Contact to, String id) {
        echoes(number, to, "wamid.revoke", "revoke", part -> part.put("original_message_id", id));
    }

    /// The business reacts in its own app.
    public void echoesReaction(FakeNumber number, Contact to, String id, String emoji) {
        echoes(
                number,
                to,
                "wamid.reaction" + count.incrementAndGet(),
                "reaction",
                part -> part.put("message_id", id).put("emoji", emoji));
    }

    private void echoes(FakeNumber number, Contact to, String id, String type, Consumer<ObjectNode> filled) {
        ObjectNode value = value(number);
        value.putArray("contacts")
                .addObject()
                .put("wa_id", to.digits())
                .putObject("profile")
                .put("name", to.name());
        filled.accept(value.putArray("message_echoes")
                .addObject()
                .put("from", number.digits())
                .put("to", to.digits())
                .put("id", id)
                .put("timestamp", String.valueOf(clock.instant().getEpochSecond()))
                .put("type", type)
                .putObject(type));
        hooks.tell("smb_message_echoes", value);
    }
}
