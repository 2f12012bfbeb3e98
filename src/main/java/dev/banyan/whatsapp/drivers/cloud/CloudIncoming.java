package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.MessageContent.Quoted;
import dev.banyan.whatsapp.drivers.ChatAddress;
import dev.banyan.whatsapp.drivers.ContactCards;
import dev.banyan.whatsapp.drivers.FormAnswers;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.RemoteMedia;

/// Reads what contacts have written.
final class CloudIncoming {

    /// The parts of a message that differ from kind to kind.
    private record Said(String text, MessageContent.Detail detail, Optional<RemoteMedia> media) {

        Said(String text, MessageContent.Detail detail) {
            this(text, detail, Optional.empty());
        }

        Said(String text) {
            this(text, new MessageContent.Plain());
        }
    }

    private static final Set<String> FILES = Set.of("image", "document", "audio", "video", "sticker");

    private CloudIncoming() {}

    /// Returns what a message tells; empty for what people have no use for, and for shapes that aren't known.
    static Optional<HookEvent> read(String remote, JsonNode value, JsonNode message, Instant now) {
        JsonNode contact = CloudContacts.contactOf(value, message);
        Instant at = GraphJson.time(message, "timestamp").orElse(now);
        return CloudContacts.of(message, contact).flatMap(chat -> switch (GraphJson.text(message, "type")) {
            case "reaction" -> reaction(remote, message.path("reaction"), chat, at);
            case "edit" -> edit(remote, message.path("edit"), chat, at);
            case "revoke" -> deleted(remote, message.path("revoke"), chat, at);
            default -> message(remote, value, message, chat, contact, at).<HookEvent>map(written -> written);
        });
    }

    private static String name(JsonNode contact) {
        return GraphJson.given(contact.path("profile"), "name")
                .or(() -> username(contact).map("@"::concat))
                .orElse("");
    }

    private static Optional<String> username(JsonNode contact) {
        return GraphJson.given(contact.path("profile"), "username");
    }

    /// Returns what the business wrote, changed or reacted with on its phone.
    static Optional<HookEvent> echo(String remote, JsonNode value, JsonNode echo, Instant now) {
        JsonNode to = GraphJson.object()
                .put("from", GraphJson.text(echo, "to"))
                .put(
                        "from_user_id",
                        GraphJson.first(GraphJson.text(echo, "to_user_id"), GraphJson.text(echo, "recipient_user_id")));
        JsonNode contact = CloudContacts.contactOf(value, to);
        Instant at = GraphJson.time(echo, "timestamp").orElse(now);
        return switch (GraphJson.text(echo, "type")) {
            case "edit" -> edit(remote, echo.path("edit"), ChatAddress.UNKNOWN, at);
            case "revoke" -> deleted(remote, echo.path("revoke"), ChatAddress.UNKNOWN, at);
            default ->
                CloudContacts.of(to, contact)
                        .flatMap(chat -> message(remote, value, echo, chat, contact, at))
                        .map(HookEvent.Echo::new);
        };
    }

    private static Optional<HookEvent.Message> message(
            String remote, JsonNode value, JsonNode message, ChatAddress chat, JsonNode contact, Instant at) {
        String provider = GraphJson.text(message, "id");
        String product = GraphJson.given(message.path("context").path("referred_product"), "product_retailer_id")
                .map(id -> "\n(About the product " + id + ".)")
                .orElse("");
        return said(message)
                .filter(_ -> !provider.isEmpty())
                .map(said -> new HookEvent.Message(
                        remote,
                        provider,
                        chat,
                        name(contact),
                        username(contact),
                        said.text() + product,
                        new MessageContent(said.detail(), quoted(value, message), ad(message.path("referral"))),
                        said.media(),
                        GraphJson.given(message, "group_id"),
                        at));
    }

    /// Returns a call of a contact that has ended and that no one took.
    static Optional<HookEvent.Message> missedCall(String remote, JsonNode value, JsonNode call, Instant now) {
        boolean isMissed = GraphJson.text(call, "event").equals("terminate")
                && !GraphJson.text(call, "direction").equals("BUSINESS_INITIATED")
                && !call.path("status").toString().toUpperCase(Locale.ROOT).contains("COMPLETED");
        JsonNode contact = CloudContacts.contactOf(value, call);
        return GraphJson.given(call, "id")
                .filter(_ -> isMissed)
                .flatMap(id -> CloudContacts.of(call, contact)
                        .map(chat -> HookEvent.missedCall(
                                remote,
                                id,
                                chat,
                                name(contact),
                                false,
                                GraphJson.time(call, "timestamp").orElse(now))));
    }

    private static Optional<MessageContent.Ad> ad(JsonNode referral) {
        return MessageContent.Ad.of(
                GraphJson.text(referral, "source_type"),
                GraphJson.text(referral, "source_id"),
                GraphJson.text(referral, "headline"),
                GraphJson.text(referral, "source_url"),
                GraphJson.text(referral, "ctwa_clid"));
    }

    /// A reaction that was withdrawn comes with an empty emoji, or without one.
    private static Optional<HookEvent> reaction(String remote, JsonNode reaction, ChatAddress chat, Instant at) {
        return GraphJson.given(reaction, "message_id")
                .map(id -> new HookEvent.Reacted(remote, id, chat, GraphJson.text(reaction, "emoji"), at));
    }

    private static Optional<HookEvent> edit(String remote, JsonNode edit, ChatAddress chat, Instant at) {
        JsonNode changed = edit.path("message");
        String words = words(changed);
        boolean isKnown = !words.isEmpty() || FILES.contains(GraphJson.text(changed, "type"));
        return GraphJson.given(edit, "original_message_id")
                .filter(_ -> isKnown)
                .map(id -> new HookEvent.Edited(remote, id, chat, words, at));
    }

    private static Optional<HookEvent> deleted(String remote, JsonNode revoke, ChatAddress chat, Instant at) {
        return GraphJson.given(revoke, "original_message_id").map(id -> new HookEvent.Deleted(remote, id, chat, at));
    }

    private static String words(JsonNode message) {
        return GraphJson.first(
                GraphJson.text(message.path("text"), "body"),
                GraphJson.text(message.path(GraphJson.text(message, "type")), "caption"));
    }

    private static Optional<Quoted> quoted(JsonNode value, JsonNode message) {
        JsonNode context = message.path("context");
        Optional<Quoted> reactedTo =
                GraphJson.given(message.path("reaction"), "message_id").map(id -> new Quoted(id, false));
        String own = digits(GraphJson.text(value.path("metadata"), "display_phone_number"));
        String from = digits(GraphJson.text(context, "from"));
        return GraphJson.given(context, "id")
                .map(id -> new Quoted(id, !own.isEmpty() && own.equals(from)))
                .or(() -> reactedTo);
    }

    private static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }

    private static Optional<Said> said(JsonNode message) {
        String type = GraphJson.text(message, "type");
        JsonNode part = message.path(type);
        return switch (type) {
            case "text" -> Optional.of(new Said(GraphJson.text(part, "body")));
            case "image", "document", "audio", "video", "sticker" ->
                Optional.of(file(Kind.valueOf(type.toUpperCase(Locale.ROOT)), part));
            case "location" -> Optional.of(location(part));
            case "contacts" -> Optional.of(contacts(part));
            case "interactive" -> Optional.of(interactive(part));
            case "button" ->
                Optional.of(picked(
                        GraphJson.text(part, "text"),
                        GraphJson.first(GraphJson.text(part, "payload"), GraphJson.text(part, "text"))));
            case "order" -> Optional.of(order(part));
            case "unsupported" -> Optional.of(unsupported(part));
            case "reaction" -> GraphJson.given(part, "message_id").map(_ -> reaction(GraphJson.text(part, "emoji")));
            case "system", "request_welcome", "" -> Optional.empty();
            // WhatsApp gains kinds faster than we do: people should know that something came.
            default -> Optional.of(unknown(type));
        };
    }

    private static Said reaction(String emoji) {
        return new Said(emoji, new MessageContent.Reaction(emoji));
    }

    private static Said file(Kind kind, JsonNode part) {
        String type = GraphJson.text(part, "mime_type");
        var reference = new CloudDownloads.Reference(GraphJson.text(part, "id"), GraphJson.text(part, "sha256"));
        return new Said(
                GraphJson.text(part, "caption"),
                new MessageContent.File(kind, part.path("voice").asBoolean(false)),
                Optional.of(new RemoteMedia(
                        reference.written(), GraphJson.text(part, "url"), GraphJson.text(part, "filename"), type)));
    }

    private static Said location(JsonNode part) {
        double latitude = part.path("latitude").asDouble();
        double longitude = part.path("longitude").asDouble();
        String name = GraphJson.text(part, "name");
        String address = GraphJson.text(part, "address");
        return new Said(
                GraphJson.first(name, address, latitude + ", " + longitude),
                new MessageContent.Location(latitude, longitude, name, address));
    }

    private static Said contacts(JsonNode part) {
        var cards = new ArrayList<MessageContent.Contacts.Card>();
        for (JsonNode card : part) {
            JsonNode name = card.path("name");
            List<String> phones = card.path("phones")
                    .valueStream()
                    .map(phone -> GraphJson.first(GraphJson.text(phone, "wa_id"), GraphJson.text(phone, "phone")))
                    .map(number ->
                            CloudContacts.phone(number).map(Object::toString).orElse(number))
                    .toList();
            cards.addAll(ContactCards.of(
                    GraphJson.first(
                            GraphJson.text(name, "formatted_name"),
                            (GraphJson.text(name, "first_name") + " " + GraphJson.text(name, "last_name")).strip()),
                    phones,
                    GraphJson.text(card.path("org"), "company")));
        }
        return new Said(ContactCards.names(cards), new MessageContent.Contacts(cards));
    }

    private static Said interactive(JsonNode part) {
        String type = GraphJson.text(part, "type");
        JsonNode reply = part.path(type);
        return switch (type) {
            case "nfm_reply" -> form(reply);
            case "call_permission_reply" -> callPermission(reply);
            // Buttons and rows, also those of kinds to come.
            default ->
                reply.hasNonNull("title") || reply.hasNonNull("id")
                        ? picked(GraphJson.text(reply, "title"), GraphJson.text(reply, "id"))
                        : unknown(type);
        };
    }

    private static Said callPermission(JsonNode reply) {
        return new Said(
                GraphJson.text(reply, "response").equals("accept")
                        ? "The contact allows calls."
                        : "The contact doesn’t allow calls.");
    }

    private static Said picked(String title, String id) {
        return new Said(GraphJson.first(title, id), new MessageContent.Picked(id));
    }

    /// People read the answers; programs get them as they were given. WhatsApp itself writes out an address.
    private static Said form(JsonNode reply) {
        JsonNode json = reply.path("response_json");
        String answers = json.isObject() ? json.toString() : json.asText("");
        String body = GraphJson.text(reply, "body");
        String address = GraphJson.text(reply, "name").equals("address_message") ? body : "";
        return new Said(
                GraphJson.first(address, FormAnswers.lines(answers), body, "Form sent"),
                new MessageContent.Picked(answers));
    }

    private static Said order(JsonNode part) {
        return new Said(CloudLines.ofOrder(part), new MessageContent.Picked(part.toString()));
    }

    /// The contact has written something, and people should know, although WhatsApp doesn't tell what.
    private static Said unsupported(JsonNode part) {
        return new Said("Message that WhatsApp doesn’t pass on" + named(GraphJson.text(part, "type"))
                + ". Ask the contact to send it in another form.");
    }

    private static Said unknown(String type) {
        return new Said(
                "Message that can’t be shown here" + named(type) + ". Ask the contact to send it in another form.");
    }

    private static String named(String type) {
        return type.isEmpty() || type.equals("unknown") ? "" : " (" + type.replace('_', ' ') + ")";
    }
}
