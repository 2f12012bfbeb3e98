package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.platform.Digests;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Contacts;
import dev.banyan.whatsapp.MessageContent.Location;
import dev.banyan.whatsapp.MessageContent.Quoted;
import dev.banyan.whatsapp.MessageContent.Reaction;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.Upload;

/// What is posted to send a message. `delay` is never used: the gateway would answer only after it.
///
/// @param action the last part of the path
/// @param file the field that takes the file, if there is one
record EvolutionBodies(String action, ObjectNode json, Optional<String> file) {

    /// Returns what to post; empty for a kind that can't be sent.
    ///
    /// @param to the address or the number
    /// @param ownId whether the gateway takes our message id
    static Optional<EvolutionBodies> of(OutgoingMessage message, String to, Optional<Upload> file, boolean ownId) {
        MessageContent.Kind kind = message.content().kind(message.media());
        if (kind.isFile() && file.isEmpty()) {
            return Optional.empty();
        }
        Optional<EvolutionBodies> made = switch (kind) {
            case TEXT -> Optional.of(text(message, to));
            case IMAGE, VIDEO, DOCUMENT -> Optional.of(media(kind, message, to, file.orElseThrow()));
            case AUDIO -> Optional.of(new EvolutionBodies("sendWhatsAppAudio", to(to), Optional.of("audio")));
            case STICKER -> Optional.of(new EvolutionBodies("sendSticker", to(to), Optional.of("sticker")));
            case LOCATION -> location(message.content(), to);
            case CONTACT -> contacts(message.content(), to);
            case REACTION -> reaction(message.content(), to);
            case TEMPLATE, BUTTONS, LIST -> Optional.empty();
        };
        made.ifPresent(body -> {
            if (kind != MessageContent.Kind.REACTION) {
                message.content()
                        .quoted()
                        .ifPresent(quoted -> body.json.putObject("quoted").set("key", key(quoted, to)));
            }
            if (ownId && takesOwnId(kind)) {
                body.json.put("messageId", ownId(message.id()));
            }
        });
        return made;
    }

    static boolean takesOwnId(MessageContent.Kind kind) {
        return switch (kind) {
            case TEXT, IMAGE, VIDEO, DOCUMENT, STICKER -> true;
            case AUDIO, LOCATION, CONTACT, REACTION, TEMPLATE, BUTTONS, LIST -> false;
        };
    }

    /// Returns the same id for the same message each time, in the form of WhatsApp Web's own.
    static String ownId(UUID message) {
        return "3EB0" + Digests.sha256Hex(message.toString()).substring(0, 16).toUpperCase(Locale.ROOT);
    }

    private static ObjectNode to(String to) {
        return GatewayHttp.JSON.createObjectNode().put("number", to);
    }

    private static EvolutionBodies text(OutgoingMessage message, String to) {
        return new EvolutionBodies("sendText", to(to).put("text", message.text()), Optional.empty());
    }

    private static EvolutionBodies media(MessageContent.Kind kind, OutgoingMessage message, String to, Upload file) {
        ObjectNode json =
                to(to).put("mediatype", kind.key()).put("mimetype", file.type()).put("fileName", file.name());
        if (!message.text().isEmpty()) {
            json.put("caption", message.text());
        }
        return new EvolutionBodies("sendMedia", json, Optional.of("media"));
    }

    /// Name and address must not be missing, so the coordinates stand in.
    private static Optional<EvolutionBodies> location(MessageContent content, String to) {
        if (!(content.detail() instanceof Location(double latitude, double longitude, String name, String address))) {
            return Optional.empty();
        }
        String place = latitude + ", " + longitude;
        String where = address.isBlank() ? place : address;
        ObjectNode json = to(to).put("name", name.isBlank() ? where : name)
                .put("address", where)
                .put("latitude", latitude)
                .put("longitude", longitude);
        return Optional.of(new EvolutionBodies("sendLocation", json, Optional.empty()));
    }

    private static Optional<EvolutionBodies> contacts(MessageContent content, String to) {
        if (!(content.detail() instanceof Contacts(var cards)) || cards.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode json = to(to);
        var list = json.putArray("contact");
        for (Contacts.Card card : cards) {
            ObjectNode entry = list.addObject()
                    .put("fullName", card.name())
                    .put("wuid", card.phone().replaceAll("\\D", ""))
                    .put("phoneNumber", card.phone());
            if (!card.organization().isEmpty()) {
                entry.put("organization", card.organization());
            }
        }
        return Optional.of(new EvolutionBodies("sendContact", json, Optional.empty()));
    }

    private static Optional<EvolutionBodies> reaction(MessageContent content, String to) {
        if (!(content.detail() instanceof Reaction(String emoji))
                || content.quoted().isEmpty()) {
            return Optional.empty();
        }
        ObjectNode json = GatewayHttp.JSON.createObjectNode().put("reaction", emoji);
        json.set("key", key(content.quoted().get(), to));
        return Optional.of(new EvolutionBodies("sendReaction", json, Optional.empty()));
    }

    private static ObjectNode key(Quoted quoted, String to) {
        return GatewayHttp.JSON
                .createObjectNode()
                .put("id", quoted.provider())
                .put("remoteJid", to.contains("@") ? to : to + "@s.whatsapp.net")
                .put("fromMe", quoted.isOurs());
    }

    /// Returns the body as bytes. A file is written behind the other fields, so that it is in memory as few
    /// times as possible.
    byte[] bytes(Optional<Upload> upload) throws IOException {
        byte[] fields = json.toString().getBytes(StandardCharsets.UTF_8);
        if (file.isEmpty() || upload.isEmpty()) {
            return fields;
        }
        byte[] content = Base64.getEncoder().encode(upload.get().bytes());
        var all = new ByteArrayOutputStream(fields.length + content.length + 32);
        all.write(fields, 0, fields.length - 1);
        all.writeBytes((",\"" + file.get() + "\":\"").getBytes(StandardCharsets.UTF_8));
        all.writeBytes(content);
        all.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
        return all.toByteArray();
    }
}
