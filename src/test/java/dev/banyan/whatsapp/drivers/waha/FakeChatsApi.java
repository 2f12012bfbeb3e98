package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.FakeJson.object;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.waha.FakeApi.Call;
import dev.banyan.whatsapp.drivers.waha.FakeApi.EngineFailed;
import dev.banyan.whatsapp.drivers.waha.FakeJson.Answer;
import dev.banyan.whatsapp.drivers.waha.FakeJson.Refused;
import dev.banyan.whatsapp.drivers.waha.FakeSession.Deafness;

/// What a fake server remembers and knows: messages, files, contacts.
final class FakeChatsApi {

    private final FakeWaha waha;

    FakeChatsApi(FakeWaha waha) {
        this.waha = waha;
    }

    /// Files die after their lifetime.
    Optional<Answer> file(Call call) {
        String path = "/" + String.join("/", call.path());
        return Optional.ofNullable(waha.files.get(path))
                .filter(file -> file.expires().isAfter(waha.time.now()))
                .map(file -> new Answer(200, file.type(), file.bytes()))
                .or(() -> {
                    var error = object();
                    error.putObject("error")
                            .put("code", 404)
                            .put("key", "FILE_NOT_FOUND")
                            .put("message", "File not found");
                    return Optional.of(Answer.json(404, error));
                });
    }

    Optional<Answer> contact(Call call) {
        if (call.is("GET", 3) && call.at(2).equals("check-exists")) {
            FakeSession session = FakeApi.working(waha, call.parameter("session"));
            if (session.is(Deafness.CHECKS_FAIL)) {
                throw new EngineFailed("4 DEADLINE_EXCEEDED: Deadline exceeded");
            }
            return Optional.of(Answer.ok(exists(new Phone("+" + call.parameter("phone")))));
        }
        if (!call.is("POST", 2)) {
            return Optional.empty();
        }
        FakeSession session = FakeApi.working(waha, call.body().path("session").asText());
        String chat = call.body().path("chatId").asText();
        switch (call.at(1)) {
            case "sendSeen" -> session.seen.add((ObjectNode) call.body());
            case "startTyping" -> session.typing.add("start " + chat);
            case "stopTyping" -> session.typing.add("stop " + chat);
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(Answer.created(object().put("result", true)));
    }

    private ObjectNode exists(Phone phone) {
        boolean isThere = !waha.notOnWhatsApp.contains(phone);
        ObjectNode answer = object().put("numberExists", isThere);
        return isThere ? answer.put("chatId", FakeShapes.chat(phone)) : answer;
    }

    Optional<Answer> answer(Call call) {
        return switch (call.at(2)) {
            case "new-message-id" -> Optional.of(newId(call));
            case "presence" -> Optional.of(presence(call));
            case "lids" -> call.is("GET", 4) ? Optional.of(lid(call.at(3))) : Optional.empty();
            case "chats" ->
                call.path().size() >= 5
                                && call.at(4).equals("messages")
                                && call.method().equals("GET")
                        ? Optional.of(messages(call))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Answer newId(Call call) {
        FakeApi.working(waha, call.at(1));
        return Answer.ok(object().put("id", waha.newWire()));
    }

    private Answer presence(Call call) {
        FakeSession session = FakeApi.working(waha, call.at(1));
        if (session.is(Deafness.CHECKS_FAIL)) {
            throw new EngineFailed("websocket not connected");
        }
        return Answer.created(
                object().put("presence", call.body().path("presence").asText()));
    }

    /// What it doesn’t know is null, not an error.
    private Answer lid(String lid) {
        String pn =
                Optional.ofNullable(waha.lids.get(lid)).map(FakeShapes::chat).orElse(null);
        return Answer.ok(object().put("lid", lid).put("pn", pn));
    }

    private Answer messages(Call call) {
        FakeSession session = FakeApi.working(waha, call.at(1));
        boolean withFiles = call.parameter("downloadMedia").equals("true");
        return call.path().size() == 6
                ? Answer.ok(shown(session, one(session, call.at(5)), withFiles))
                : Answer.ok(list(session, call, withFiles));
    }

    private ObjectNode one(FakeSession session, String id) {
        String wire = WahaIds.wire(id);
        return session.messages.stream()
                .filter(message -> WahaIds.wire(message.path("id").asText()).equals(wire))
                .filter(message -> waha.isGows() || message.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> waha.isGows()
                        ? new EngineFailed("2 UNKNOWN: sql: no rows in result set")
                        : FakeJson.notFound("Message not found"));
    }

    private ArrayNode list(FakeSession session, Call call, boolean withFiles) {
        boolean isAll = call.at(3).equals("all");
        if (isAll && waha.isBrowser()) {
            throw FakeJson.unprocessable("The method is not implemented by the engine. Use another one.");
        }
        boolean hasStore =
                session.config.path("noweb").path("store").path("enabled").asBoolean();
        if (waha.engine.equals("NOWEB") && !hasStore) {
            throw new Refused(Answer.error(400, "Enable NOWEB store to use this", "Bad Request"));
        }
        Comparator<ObjectNode> order =
                Comparator.comparing(message -> message.path("timestamp").asLong());
        List<ObjectNode> rows = session.messages.stream()
                .filter(message -> isAll || message.path("from").asText().equals(call.at(3)))
                .filter(message -> fits(message, call))
                .sorted(call.parameter("sortOrder").equals("asc") ? order : order.reversed())
                .skip(number(call, "offset", 0))
                .limit(number(call, "limit", 10))
                .toList();
        ArrayNode answer = FakeJson.JSON.createArrayNode();
        rows.forEach(row -> answer.add(shown(session, row, withFiles)));
        return answer;
    }

    private static boolean fits(ObjectNode message, Call call) {
        String ours = call.parameter("filter.fromMe");
        long at = message.path("timestamp").asLong();
        return at >= number(call, "filter.timestamp.gte", 0)
                && at <= number(call, "filter.timestamp.lte", Long.MAX_VALUE)
                && (ours.isEmpty() || message.path("fromMe").asBoolean() == ours.equals("true"));
    }

    private static long number(Call call, String name, long otherwise) {
        String text = call.parameter(name);
        return text.isEmpty() ? otherwise : Long.parseLong(text);
    }

    /// With files, WhatsApp is asked for them again.
    private ObjectNode shown(FakeSession session, ObjectNode message, boolean withFiles) {
        ObjectNode copy = message.deepCopy();
        copy.remove("kept");
        copy.putNull("media");
        JsonNode kept = message.path("kept");
        if (withFiles && kept.isObject() && waha.failsToDownload) {
            copy.set("media", object().putNull("url").put("error", "Failed to download the media"));
        } else if (withFiles && kept.isObject() && !waha.downloadsNothing) {
            copy.set("media", media(waha, session, kept));
        }
        return copy;
    }

    /// Stores a file, and returns how a message names it.
    static ObjectNode media(FakeWaha waha, FakeSession session, JsonNode kept) {
        String path = "/api/files/" + session.name + "/" + kept.path("file").asText();
        byte[] bytes = java.util.Base64.getDecoder().decode(kept.path("data").asText());
        String type = kept.path("mimetype").asText();
        waha.files.put(path, new FakeWaha.File(bytes, type, waha.time.now().plus(waha.filesLast)));
        return object().put("url", waha.calledUrl + path)
                .put("mimetype", type)
                .put("filename", kept.path("filename").asText(null))
                .putNull("error");
    }
}
