package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A person with a phone, who writes to an instance.
public final class FakeContact {

    private static final String PHONE = "@s.whatsapp.net";

    private final FakeEvolution server;
    private final FakeInstance instance;
    private final String phone;
    private final String name;
    private Optional<String> lid = Optional.empty();
    private boolean isOnlyHidden;
    private Optional<String> group = Optional.empty();
    private Optional<JsonNode> quoted = Optional.empty();

    FakeContact(FakeEvolution server, FakeInstance instance, String phone, String name) {
        this.server = server;
        this.instance = instance;
        this.phone = phone;
        this.name = name;
    }

    /// Makes the contact's messages come with a hidden address too.
    public FakeContact hidden(String digits) {
        lid = Optional.of(digits + "@lid");
        instance.phones.put(digits + "@lid", phone);
        return this;
    }

    /// Makes the contact's messages come with a hidden address only.
    public FakeContact onlyHidden(String digits) {
        lid = Optional.of(digits + "@lid");
        isOnlyHidden = true;
        return this;
    }

    /// Makes the contact write in a group.
    public FakeContact in(String digits) {
        group = Optional.of(digits + "@g.us");
        return this;
    }

    /// Makes the next message answer another one.
    public FakeContact answering(String id, boolean isOurs) {
        String author = isOurs ? instance.ownerJid().orElse("") : phone + PHONE;
        quoted = Optional.of(FakeMessages.json().put("stanzaId", id).put("participant", author));
        return this;
    }

    /// The key as versions write it: `senderPn`, then `remoteJidAlt`, then both the phone.
    private ObjectNode key(String id) {
        ObjectNode key = FakeMessages.json().put("fromMe", false).put("id", id);
        String address = lid.orElse(phone + PHONE);
        if (group.isPresent()) {
            key.put("remoteJid", group.get()).put("participant", address);
            return isOnlyHidden || lid.isEmpty() ? key : key.put("participantAlt", phone + PHONE);
        }
        key.put("remoteJid", address).put("participant", "");
        if (lid.isEmpty() || isOnlyHidden) {
            return key;
        }
        key.put("addressingMode", "lid");
        return switch (server.version()) {
            case V2_3_5 -> key.put("senderPn", phone + PHONE);
            case V2_3_6 -> key.put("remoteJidAlt", phone + PHONE);
            case V2_3_7, V2_4_0 -> key.put("remoteJid", phone + PHONE).put("remoteJidAlt", phone + PHONE);
        };
    }

    public String nextId() {
        return String.format("3AF0%016X", server.nextNumber());
    }

    public String writes(String text) {
        return sends(nextId(), FakeMessages.text(text));
    }

    public String writes(String id, String text) {
        return sends(id, FakeMessages.text(text));
    }

    /// Gets a message that someone writes on the phone of the number.
    public void getsFromThePhone(String id, String text) {
        ObjectNode record = FakeMessages.outgoing(
                        instance, id, lid.orElse(phone + PHONE), server.now(), FakeMessages.text(text))
                .put("source", "android");
        synchronized (instance.messages) {
            instance.messages.add(record);
        }
        server.hook(instance, "messages.upsert", record);
        server.settle();
    }

    /// Sends any message in WhatsApp's form.
    public String sends(String id, ObjectNode message) {
        ObjectNode record = FakeMessages.incoming(instance, key(id), name, server.now(), message);
        quoted.ifPresent(context -> record.set("contextInfo", context));
        quoted = Optional.empty();
        synchronized (instance.messages) {
            instance.messages.add(record);
        }
        server.hook(instance, "messages.upsert", record);
        server.hook(
                instance,
                "contacts.update",
                FakeMessages.json().put("remoteJid", phone + PHONE).put("pushName", name));
        server.settle();
        return id;
    }

    /// Sends a file.
    ///
    /// @param type such as `imageMessage`
    public String sends(String type, String mimetype, String caption, byte[] content) {
        ObjectNode message = FakeMessages.json();
        ObjectNode file = message.putObject(type)
                .put("url", "https://mmg.whatsapp.net/v/t62.7118-24/none.enc")
                .put("mimetype", mimetype)
                .put("fileLength", Integer.toString(content.length))
                .put("mediaKey", "AAAA");
        if (!caption.isEmpty()) {
            file.put("caption", caption);
        }
        String id = nextId();
        instance.files.put(id, content);
        return sends(id, message);
    }

    public String sendsVoice(byte[] content) {
        ObjectNode message = FakeMessages.json();
        message.putObject("audioMessage")
                .put("mimetype", "audio/ogg; codecs=opus")
                .put("ptt", true);
        String id = nextId();
        instance.files.put(id, content);
        return sends(id, message);
    }

    public String sendsPlace(double latitude, double longitude, String place, String address) {
        ObjectNode message = FakeMessages.json();
        message.putObject("locationMessage")
                .put("degreesLatitude", latitude)
                .put("degreesLongitude", longitude)
                .put("name", place)
                .put("address", address);
        return sends(nextId(), message);
    }

    public String sendsCard(String called, String number, String organization) {
        ObjectNode message = FakeMessages.json();
        message.putObject("contactMessage")
                .put("displayName", called)
                .put(
                        "vcard",
                        "BEGIN:VCARD\nVERSION:3.0\nN:;" + called + ";;;\nFN:" + called + "\nORG:" + organization
                                + ";\nitem1.TEL;waid=" + number + ":+" + number + "\nEND:VCARD");
        return sends(nextId(), message);
    }

    public String reacts(String to, String emoji) {
        ObjectNode message = FakeMessages.json();
        ObjectNode reaction = message.putObject("reactionMessage");
        reaction.putObject("key").put("id", to).put("fromMe", true).put("remoteJid", phone + PHONE);
        reaction.put("text", emoji);
        return sends(nextId(), message);
    }

    /// Changes a message.
    public void edits(String id, String text) {
        ObjectNode data = FakeMessages.json();
        data.set("key", key(id));
        data.put("type", "MESSAGE_EDIT");
        data.set("editedMessage", FakeMessages.text(text));
        data.put("timestampMs", Long.toString(server.now().toEpochMilli()));
        server.hook(instance, "messages.edited", data);
        server.settle();
    }

    /// Changes a message, told with the key as the contact's own phone writes it.
    public void editsAsItsPhoneSeesIt(String id, String text) {
        ObjectNode data = FakeMessages.json();
        data.putObject("key")
                .put("id", id)
                .put("fromMe", true)
                .put("remoteJid", instance.ownerJid().orElse(""));
        data.put("type", 14);
        data.set("editedMessage", FakeMessages.text(text));
        server.hook(instance, "messages.edited", data);
        server.settle();
    }

    /// Sees a message of ours changed on our phone.
    public void seesOurEdit(String id, String text) {
        ObjectNode data = FakeMessages.json().put("type", "MESSAGE_EDIT");
        data.set("key", key(id).put("fromMe", true));
        data.set("editedMessage", FakeMessages.text(text));
        server.hook(instance, "messages.edited", data);
        server.settle();
    }

    /// Sees a message of ours deleted on our phone. It is told twice.
    public void seesOurDeletion(String id) {
        ObjectNode revocation = FakeMessages.json().put("type", "REVOKE");
        revocation.set("key", key(id).put("fromMe", true));
        server.hook(instance, "messages.edited", revocation);
        ObjectNode deleted = FakeMessages.json();
        deleted.set("key", key(id).put("fromMe", true));
        server.hook(instance, "messages.delete", deleted);
        server.settle();
    }

    /// Deletes a message for everyone. It is told twice.
    public void deletes(String id) {
        ObjectNode revocation = FakeMessages.json();
        revocation.set("key", key(id));
        revocation.put("type", "REVOKE");
        server.hook(instance, "messages.edited", revocation);
        server.hook(instance, "messages.delete", key(id).put("status", "DELETED"));
        server.settle();
    }

    public void types(boolean isTyping) {
        ObjectNode data = FakeMessages.json().put("id", lid.orElse(phone + PHONE));
        data.putObject("presences")
                .putObject(phone + PHONE)
                .put("lastKnownPresence", isTyping ? "composing" : "paused");
        server.hook(instance, "presence.update", data);
        server.settle();
    }

    /// WhatsApp keeps files for some weeks.
    public void filesExpire() {
        instance.files.clear();
    }
}
