package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.WahaCalls.encoded;
import static dev.banyan.whatsapp.drivers.waha.WahaCalls.read;
import static dev.banyan.whatsapp.drivers.waha.WahaCalls.within;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.drivers.Attempt;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Done;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Failed;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.Line;
import dev.banyan.whatsapp.drivers.MessageShape;

/// Looks into what WAHA remembers: for a message whose fate is unknown, and for messages whose webhooks were lost.
record WahaSearch(WahaCalls calls, Clock clock) {

    private static final int PAGE = 100;
    private static final int MOST_PAGES = 100;
    /// With an id of our own there is no danger to take another message for it.
    private static final Duration LONG_BEFORE = Duration.ofMinutes(10);

    GatewayAnswer<Optional<String>> find(Line line, OutgoingMessage message, Optional<String> chat, Attempt attempt) {
        String to = chat.map(WahaIds::chat)
                .orElseGet(() -> WahaIds.chat(message.to().phone().orElseThrow()));
        return WahaEngine.of(line.gateway().connection()).takesOurIds()
                ? findOurId(
                        line, to, WahaIds.own(message.id()), message.changedAt().minus(LONG_BEFORE))
                : findText(line, to, message, attempt);
    }

    private GatewayAnswer<Optional<String>> findOurId(Line line, String chat, String wire, Instant since) {
        String path = messages(line, chat) + "/" + encoded(WahaIds.full(true, chat, wire)) + "?downloadMedia=false";
        Reply reply = calls.get(line.gateway(), path);
        boolean isFound = reply instanceof Reply.Answered answer
                && answer.isSuccess()
                && isSent(answer.json())
                && WahaIds.wireOf(answer.json()).equals(Optional.of(wire));
        // It may be kept under the contact’s hidden address, so all chats are searched then.
        return isFound
                ? GatewayAnswer.done(Optional.of(wire))
                : ids(ofUs(line, "all", since, row -> WahaIds.wireOf(row).equals(Optional.of(wire))));
    }

    private GatewayAnswer<Optional<String>> findText(Line line, String chat, OutgoingMessage message, Attempt attempt) {
        boolean isComparable = !message.text().isEmpty()
                && switch (message.content().kind(message.media())) {
                    case TEXT, IMAGE, DOCUMENT, VIDEO -> true;
                    case AUDIO, STICKER, LOCATION, CONTACT, REACTION, TEMPLATE, BUTTONS, LIST -> false;
                };
        if (!isComparable) {
            return GatewayAnswer.done(Optional.empty());
        }
        boolean hasFile = message.media().isPresent();
        return ids(ofUs(
                line,
                chat,
                attempt.earliest(),
                row -> row.path("body").asText().equals(message.text())
                        && row.path("hasMedia").asBoolean() == hasFile
                        && WahaIds.wireOf(row).filter(attempt::mayBe).isPresent()));
    }

    private static boolean isSent(JsonNode row) {
        return row.path("fromMe").asBoolean(true) && row.path("ack").asInt(0) >= 0;
    }

    private static GatewayAnswer<Optional<String>> ids(GatewayAnswer<Optional<JsonNode>> found) {
        return switch (found) {
            case Done<Optional<JsonNode>>(Optional<JsonNode> row) -> GatewayAnswer.done(row.flatMap(WahaIds::wireOf));
            // A gateway that keeps no messages will never know.
            case Failed<Optional<JsonNode>>(Trouble trouble) ->
                trouble.kind() == Trouble.Kind.UNSUPPORTED
                        ? GatewayAnswer.done(Optional.empty())
                        : new Failed<>(trouble);
        };
    }

    private GatewayAnswer<Optional<JsonNode>> ofUs(
            Line line, String chat, Instant since, java.util.function.Predicate<JsonNode> wanted) {
        return rows(line, chat, since, "&filter.fromMe=true")
                .map(rows -> rows.stream()
                        .filter(WahaSearch::isSent)
                        .filter(row -> MessageShape.time(row.path("timestamp"))
                                .filter(at -> at.isBefore(Instant.ofEpochSecond(since.getEpochSecond())))
                                .isEmpty())
                        .filter(wanted)
                        .findFirst());
    }

    /// What contacts wrote since then, and what was written to them on the phone, oldest first.
    GatewayAnswer<List<HookEvent>> history(Line line, Instant since) {
        if (!WahaEngine.of(line.gateway().connection()).isWithoutBrowser()) {
            return GatewayAnswer.failed(Trouble.Kind.UNSUPPORTED, WahaErrors.OTHER_ENGINE);
        }
        var reader = new WahaMessages(line.remote(), MissingNode.getInstance(), clock.instant());
        return rows(line, "all", since, "")
                .map(rows -> rows.stream()
                        .filter(row -> !reader.at(row).isBefore(since.minusSeconds(1)))
                        .sorted(Comparator.comparing(reader::at))
                        .flatMap(row -> reader.written(row).stream())
                        .toList());
    }

    /// Pages may have fewer rows than asked for, because WAHA leaves some out; only an empty one is the last.
    private GatewayAnswer<List<JsonNode>> rows(Line line, String chat, Instant since, String whose) {
        var all = new ArrayList<JsonNode>();
        for (int page = 0; page < MOST_PAGES; page++) {
            String path = messages(line, chat) + "?limit=" + PAGE + "&offset=" + page * PAGE
                    + "&downloadMedia=false&sortBy=timestamp&sortOrder=asc&filter.timestamp.gte="
                    + since.getEpochSecond() + whose;
            Reply reply = calls.get(line.gateway(), path, calls.limits().file());
            if (!(reply instanceof Reply.Answered answer) || !answer.isSuccess()) {
                return read(reply, _ -> GatewayAnswer.done(List.<JsonNode>of()));
            }
            JsonNode rows = answer.json();
            if (rows.isEmpty()) {
                break;
            }
            rows.forEach(all::add);
        }
        return GatewayAnswer.done(all);
    }

    private static String messages(Line line, String chat) {
        return within(line) + "/chats/" + encoded(chat) + "/messages";
    }
}
