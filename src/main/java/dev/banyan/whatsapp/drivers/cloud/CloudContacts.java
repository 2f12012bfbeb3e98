package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.ContactAddress.UserId;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.ChatAddress;
import dev.banyan.whatsapp.drivers.HookEvent;

/// Who a contact is: a phone number, or the id that stands for it where WhatsApp hides the number.
final class CloudContacts {

    private static final Pattern FORMER_ID = Pattern.compile(" from (\\S+) to \\S+$");

    private CloudContacts() {}

    static boolean isHidden(String chat) {
        return UserId.isId(chat);
    }

    /// Reads a number as WhatsApp writes it.
    static Optional<Phone> phone(String written) {
        return Phone.given(written.replaceAll("[^0-9]", ""));
    }

    /// Returns whom to answer: by digits if there are any, because they work for every kind of message.
    ///
    /// @param message with `from` and `from_user_id`, either of which may be missing
    /// @param contact the matching contact of the webhook; may be missing
    static Optional<ChatAddress> of(JsonNode message, JsonNode contact) {
        String digits = GraphJson.first(GraphJson.text(message, "from"), GraphJson.text(contact, "wa_id"));
        String hidden = GraphJson.first(
                onlyHidden(GraphJson.text(message, "from_user_id")),
                onlyHidden(GraphJson.text(contact, "user_id")),
                onlyHidden(digits));
        if (!digits.isEmpty() && !isHidden(digits)) {
            return Optional.of(
                    new ChatAddress(digits, phone(digits), Optional.of(hidden).filter(id -> !id.isEmpty())));
        }
        return hidden.isEmpty()
                ? Optional.empty()
                : Optional.of(new ChatAddress(hidden, Optional.empty(), Optional.of(hidden)));
    }

    /// Returns those who are named by both addresses. A webhook may tell of them without a message.
    static List<HookEvent> pairs(JsonNode contacts) {
        var events = new ArrayList<HookEvent>();
        for (JsonNode contact : contacts) {
            pair(GraphJson.text(contact, "wa_id"), GraphJson.text(contact, "user_id"))
                    .ifPresent(events::add);
        }
        return events;
    }

    static Optional<HookEvent> pair(String digits, String user) {
        return phone(digits).filter(_ -> isHidden(user)).map(phone -> new HookEvent.Paired(phone, user));
    }

    /// Reads that a person has another number or another id from now on. A new number brings a new id along; what comes
    /// before the types, and who is named in the head, differs between versions.
    static List<HookEvent> changed(String remote, JsonNode message) {
        JsonNode system = message.path("system");
        String type = GraphJson.text(system, "type");
        boolean isNumber = type.endsWith("changed_number");
        if (!isNumber && !type.endsWith("changed_user_id")) {
            return List.of();
        }
        String digits = GraphJson.first(GraphJson.text(system, "wa_id"), GraphJson.text(system, "new_wa_id"));
        String user = GraphJson.text(system, "user_id");
        String former = GraphJson.first(
                onlyHidden(GraphJson.text(system, "previous_user_id")),
                onlyHidden(formerId(GraphJson.text(system, "body"))),
                onlyHidden(GraphJson.text(message, "from_user_id")));
        Optional<HookEvent> moved = phone(GraphJson.text(message, "from"))
                .flatMap(before -> phone(digits).map(now -> new HookEvent.NumberChanged(remote, before, now)));
        return Stream.of(
                        moved.filter(_ -> isNumber),
                        userIdChanged(former, user, digits).or(() -> pair(digits, user)))
                .flatMap(Optional::stream)
                .toList();
    }

    /// Reads the former id from `User Amal changed from AE.13 to AE.24`: no field has it.
    private static String formerId(String sentence) {
        Matcher found = FORMER_ID.matcher(sentence);
        return found.find() ? found.group(1) : "";
    }

    /// @param digits of the phone number that belongs to the new id; may be empty
    static Optional<HookEvent> userIdChanged(String from, String to, String digits) {
        return isHidden(from) && isHidden(to) && !from.equals(to)
                ? Optional.of(new HookEvent.UserIdChanged(from, to, phone(digits)))
                : Optional.empty();
    }

    /// Reads the number that a contact has shared on our request, or on WhatsApp’s: the card is the sender’s own. Other
    /// cards prove nothing.
    static Optional<HookEvent> shared(JsonNode message) {
        JsonNode phones = message.path("contacts").path(0).path("phones");
        return GraphJson.text(message, "origin").startsWith("contact_request") && phones.size() == 1
                ? pair(
                        GraphJson.first(
                                GraphJson.text(phones.path(0), "wa_id"), GraphJson.text(phones.path(0), "phone")),
                        GraphJson.text(message, "from_user_id"))
                : Optional.empty();
    }

    private static String onlyHidden(String text) {
        return isHidden(text) ? text : "";
    }

    /// Finds the contact that a message of a webhook is from.
    static JsonNode contactOf(JsonNode value, JsonNode message) {
        String from = GraphJson.text(message, "from");
        String user = GraphJson.text(message, "from_user_id");
        JsonNode contacts = value.path("contacts");
        for (JsonNode contact : contacts) {
            boolean sameNumber = !from.isEmpty() && from.equals(GraphJson.text(contact, "wa_id"));
            boolean sameUser = !user.isEmpty() && user.equals(GraphJson.text(contact, "user_id"));
            if (sameNumber || sameUser) {
                return contact;
            }
        }
        boolean isTheOnlyOne = contacts.size() == 1 && value.path("messages").size() == 1;
        return isTheOnlyOne ? contacts.path(0) : value.path("no contact");
    }
}
