package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.drivers.evolution.FakeEvolution.Version;

/// The routes about contacts and chats.
final class FakeChats {

    private final FakeEvolution server;

    FakeChats(FakeEvolution server) {
        this.server = server;
    }

    FakeAnswer handle(FakeInstance instance, FakeRoutes.Request request) {
        JsonNode body = request.body();
        return switch (request.action()) {
            case "POST /chat/whatsappNumbers" -> numbers(instance, body.path("numbers"));
            case "POST /chat/fetchProfilePictureUrl" -> picture(instance, body.path("number"));
            case "POST /chat/fetchBusinessProfile" -> {
                whatsApp(instance, 500);
                yield FakeAnswer.ok(Map.of("isBusiness", false));
            }
            case "POST /chat/sendPresence" -> presence(instance, body);
            case "POST /chat/markMessageAsRead" -> read(instance, body.path("readMessages"));
            case "POST /chat/findMessages" -> messages(instance, body);
            case "POST /chat/findContacts", "POST /chat/findChats", "POST /chat/findStatusMessage" ->
                FakeAnswer.ok(List.of());
            case "POST /chat/getBase64FromMediaMessage" ->
                file(instance, body.path("message").path("key").path("id").asText(""));
            default -> throw FakeAnswer.refuse(404, "Cannot " + request.action());
        };
    }

    /// Whatever needs WhatsApp's answer.
    private void whatsApp(FakeInstance instance, int status) {
        switch (instance.frozen()) {
            case HANGS, SWALLOWS -> server.hang();
            case CLOSED -> throw FakeAnswer.refuse(status, "Error: Connection Closed");
            case NO -> {
                if (!instance.isOpen()) {
                    throw FakeAnswer.refuse(status, "Error: Connection Closed");
                }
            }
        }
    }

    /// Known numbers are answered from the database, hidden ones are always said to exist.
    private FakeAnswer numbers(FakeInstance instance, JsonNode numbers) {
        ArrayNode found = FakeAnswer.JSON.createArrayNode();
        for (JsonNode number : numbers) {
            if (!number.isTextual()) {
                throw FakeAnswer.refuse(400, "instance.numbers[0] is not of a type(s) string");
            }
            String address = FakeSending.address(number.asText());
            String digits = address.substring(0, address.indexOf('@'));
            boolean isHidden = address.endsWith("@lid");
            if (!isHidden && !instance.checked.contains(digits)) {
                whatsApp(instance, 400);
            }
            boolean exists = isHidden || !server.isStranger(digits);
            if (exists && !isHidden) {
                instance.checked.add(digits);
            }
            String jid = Optional.ofNullable(instance.phones.get(address))
                    .map(phone -> phone + "@s.whatsapp.net")
                    .orElse(address);
            found.addObject().put("jid", jid).put("exists", exists).put("number", number.asText());
        }
        return FakeAnswer.ok(found);
    }

    /// Failures are hidden: the answer is that there is no picture.
    private FakeAnswer picture(FakeInstance instance, JsonNode number) {
        if (!number.isTextual()) {
            throw FakeAnswer.refuse(400, "instance.number is not of a type(s) string");
        }
        ObjectNode answer = FakeAnswer.JSON.createObjectNode().put("wuid", FakeSending.address(number.asText()));
        try {
            whatsApp(instance, 400);
        } catch (FakeAnswer.Refusal _) {
            return FakeAnswer.ok(answer.putNull("profilePictureUrl"));
        }
        return FakeAnswer.ok(answer.put("profilePictureUrl", "https://pps.whatsapp.net/v/picture.jpg"));
    }

    private FakeAnswer presence(FakeInstance instance, JsonNode body) {
        if (!body.path("number").isTextual() || !body.path("delay").isInt()) {
            throw FakeAnswer.refuse(400, "instance requires property \"delay\"");
        }
        if (!instance.isOpen()) {
            throw FakeAnswer.refuse(400, "Error: Connection Closed");
        }
        server.delay(body.path("delay").asInt());
        return FakeAnswer.created(Map.of("presence", body.path("presence").asText()));
    }

    private FakeAnswer read(FakeInstance instance, JsonNode keys) {
        whatsApp(instance, 500);
        for (JsonNode key : keys) {
            boolean isSkipped = key.path("remoteJid").asText().endsWith("@lid") && server.version() != Version.V2_4_0;
            if (!isSkipped) {
                instance.checked.add("read:" + key.path("id").asText());
            }
        }
        return FakeAnswer.created(Map.of("message", "Read messages", "read", "success"));
    }

    private static FakeAnswer messages(FakeInstance instance, JsonNode query) {
        JsonNode where = query.path("where");
        int size = query.path("offset").asInt(50);
        int page = query.path("page").asInt(1);
        List<ObjectNode> all;
        synchronized (instance.messages) {
            all = new ArrayList<>(instance.messages);
        }
        Collections.reverse(all);
        List<ObjectNode> found = all.stream()
                .filter(record -> matches(where, record))
                .sorted(Comparator.comparingLong((ObjectNode record) ->
                                record.path("messageTimestamp").asLong())
                        .reversed())
                .toList();
        ObjectNode answer = FakeAnswer.JSON.createObjectNode();
        ObjectNode messages = answer.putObject("messages")
                .put("total", found.size())
                .put("pages", (found.size() + size - 1) / size)
                .put("currentPage", page);
        ArrayNode records = messages.putArray("records");
        found.stream().skip((long) (page - 1) * size).limit(size).forEach(records::add);
        return FakeAnswer.ok(answer);
    }

    /// The chat is no filter in the versions whose query has an empty alternative.
    private static boolean matches(JsonNode where, JsonNode record) {
        JsonNode key = where.path("key");
        JsonNode time = where.path("messageTimestamp");
        long at = record.path("messageTimestamp").asLong();
        boolean isInTime = !time.has("gte")
                || !time.has("lte")
                || at >= Instant.parse(time.path("gte").asText()).getEpochSecond()
                        && at <= Instant.parse(time.path("lte").asText()).getEpochSecond();
        return isInTime
                && (!key.has("id") || key.path("id").equals(record.path("key").path("id")))
                && (!key.path("fromMe").asBoolean()
                        || record.path("key").path("fromMe").asBoolean());
    }

    private static FakeAnswer file(FakeInstance instance, String id) {
        byte[] content = Optional.ofNullable(instance.files.get(id))
                .orElseThrow(() -> FakeAnswer.refuse(400, "Message not found"));
        return FakeAnswer.created(Map.of(
                "mediaType",
                "imageMessage",
                "fileName",
                id + ".jpeg",
                "mimetype",
                "image/jpeg",
                "base64",
                Base64.getEncoder().encodeToString(content)));
    }
}
