package dev.banyan.whatsapp.drivers.evolution;

import static dev.banyan.whatsapp.drivers.GatewayAnswer.done;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.Attempt;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;
import dev.banyan.whatsapp.drivers.GatewayHttp.Request;
import dev.banyan.whatsapp.drivers.Line;
import dev.banyan.whatsapp.drivers.SendResult;
import dev.banyan.whatsapp.drivers.SendResult.Why;
import dev.banyan.whatsapp.drivers.Upload;

/// Sends messages, and looks for those whose fate is unknown.
record EvolutionSending(EvolutionCalls calls, Duration patience) {

    private static final int LATEST = 50;
    private static final long MEBIBYTE = 1_024L * 1_024;
    private static final String TOO_LARGE = "The file is too large for Evolution API.";
    private static final String MAYBE = " It is unknown whether it was sent.";

    SendResult send(Line line, OutgoingMessage message, Optional<Upload> file, Optional<String> chat) {
        EvolutionVersion version = EvolutionInstances.version(line);
        Optional<EvolutionBodies> body =
                EvolutionBodies.of(message, number(message, chat, version), file, version.isAtLeast24());
        if (body.isEmpty()) {
            return SendResult.notSent(Why.MESSAGE, "Evolution API can’t send this kind of message.");
        }
        try {
            if (file.isPresent()
                    && file.get().size() > longestFile(message.content().kind(message.media()))) {
                return SendResult.notSent(Why.MESSAGE, TOO_LARGE);
            }
            return result(calls.call(request(line, body.get(), file)));
        } catch (IOException _) {
            return SendResult.notSent(Why.LATER, "The file of this message can’t be read right now.");
        }
    }

    /// Returns the longest file that can be sent, in bytes: it travels as text in one request, which both sides hold in
    /// memory.
    static long longestFile(MessageContent.Kind kind) {
        return switch (kind) {
            case IMAGE, AUDIO -> 16 * MEBIBYTE;
            case STICKER -> MEBIBYTE;
            case VIDEO, DOCUMENT -> EvolutionChats.LONGEST_FILE;
            case TEXT, LOCATION, CONTACT, REACTION, TEMPLATE, BUTTONS, LIST -> 0;
        };
    }

    private Request request(Line line, EvolutionBodies body, Optional<Upload> file) throws IOException {
        Request request = calls.post(line, "/message/" + body.action(), Map.of());
        return new Request(
                request.method(),
                request.uri(),
                request.headers(),
                Optional.of(body.bytes(file)),
                patience,
                request.mostBytes());
    }

    /// Before 2.4, hidden addresses can't be relied on, so the phone number is used.
    private static String number(OutgoingMessage message, Optional<String> chat, EvolutionVersion version) {
        Optional<Phone> phone = message.to().phone();
        return chat.filter(address -> version.isAtLeast24() || phone.isEmpty() || !EvolutionAddresses.isHidden(address))
                .orElseGet(() -> phone.orElseThrow().digits());
    }

    /// WhatsApp shows a message with the same id once.
    static boolean isRepeatable(Line line, OutgoingMessage message) {
        return EvolutionInstances.version(line).isAtLeast24()
                && EvolutionBodies.takesOwnId(message.content().kind(message.media()));
    }

    private static SendResult result(Reply reply) {
        return switch (reply) {
            case Reply.Silence silence
            when silence.mayHaveArrived() ->
                new SendResult.Unknown(silence.trouble().sentence() + MAYBE);
            case Reply.Silence silence ->
                SendResult.notSent(Why.LATER, silence.trouble().sentence());
            case Reply.Answered answered when answered.isSuccess() -> sent(answered.json());
            case Reply.Answered answered -> refused(answered);
        };
    }

    private static SendResult sent(JsonNode answer) {
        String id = answer.path("key").path("id").asText("");
        return id.isEmpty()
                ? new SendResult.Unknown("Evolution API didn’t name the message in its answer." + MAYBE)
                : new SendResult.Sent(id);
    }

    private static SendResult refused(Reply.Answered answered) {
        int status = answered.status();
        String words = EvolutionErrors.words(answered);
        if (EvolutionErrors.isNotActivated(answered)) {
            return SendResult.notSent(Why.LATER, EvolutionErrors.NOT_ACTIVATED);
        }
        if (status == 401 || status == 403) {
            return SendResult.notSent(Why.CREDENTIALS, EvolutionErrors.WRONG_KEY);
        }
        if (status == 404) {
            return missing(words);
        }
        if (status == 413) {
            return SendResult.notSent(Why.MESSAGE, TOO_LARGE);
        }
        if (status == 429 || status == 503) {
            return SendResult.notSent(Why.LATER, "Evolution API can’t send right now. It may work later.");
        }
        return status == 400 || status == 500
                ? inside(status, words)
                : new SendResult.Unknown("Evolution API answered with an error (HTTP " + status + ")." + MAYBE);
    }

    private static SendResult missing(String words) {
        if (words.contains("group not found")) {
            return SendResult.notSent(Why.CONTACT, "The number isn’t a member of this group.");
        }
        return words.contains("cannot ")
                ? SendResult.notSent(Why.MESSAGE, "This version of Evolution API can’t send this kind of message.")
                : SendResult.notSent(Why.DISCONNECTED, EvolutionErrors.NO_INSTANCE);
    }

    /// Everything that goes wrong while sending is 400, or 500 if it went wrong early.
    private static SendResult inside(int status, String words) {
        if (words.contains("\"exists\":false")) {
            return SendResult.notSent(Why.CONTACT, "This contact isn’t on WhatsApp.");
        }
        if (EvolutionErrors.isSocketClosed(words)) {
            return SendResult.notSent(Why.DISCONNECTED, "The number isn’t connected to WhatsApp right now.");
        }
        if (EvolutionErrors.isTimeout(words)) {
            return new SendResult.Unknown("WhatsApp didn’t answer Evolution API in time." + MAYBE);
        }
        if (words.contains("overlimit")) {
            return SendResult.notSent(Why.LATER, "The number sends too fast for WhatsApp. It slows down.");
        }
        if (words.contains("media upload failed")) {
            return SendResult.notSent(Why.LATER, "The file couldn’t be uploaded to WhatsApp. It may work later.");
        }
        // An error of the program, which may have happened after WhatsApp took the message: when it was stored.
        boolean isInternal = status == 500 || words.contains("error:") || words.contains("prisma");
        return isInternal
                ? new SendResult.Unknown("Evolution API failed while it sent the message." + MAYBE)
                : SendResult.notSent(Why.MESSAGE, "Evolution API refused this message.");
    }

    /// Looks through the latest messages of the chat, because the gateway knows no key of ours before 2.4.
    GatewayAnswer<Optional<String>> find(Line line, OutgoingMessage message, Optional<String> chat, Attempt attempt) {
        EvolutionVersion version = EvolutionInstances.version(line);
        MessageContent.Kind kind = message.content().kind(message.media());
        String address = number(message, chat, version);
        String jid = address.contains("@") ? address : address + "@s.whatsapp.net";
        if (isRepeatable(line, message)) {
            String own = EvolutionBodies.ownId(message.id());
            return records(line, Map.of("id", own))
                    .map(found -> found.map(
                                    record -> record.path("key").path("id").asText(""))
                            .filter(own::equals)
                            .findFirst());
        }
        Instant since = attempt.earliest().truncatedTo(ChronoUnit.SECONDS);
        return records(line, Map.of("remoteJid", jid, "fromMe", true))
                .map(found -> found.filter(record -> isOurs(record, jid, message))
                        .filter(record -> !EvolutionMessages.at(record).isBefore(since))
                        .filter(record -> EvolutionMessages.isLike(record.path("message"), message, kind))
                        .map(record -> record.path("key").path("id").asText(""))
                        .filter(attempt::mayBe)
                        .findFirst());
    }

    /// Some versions ignore the filter by chat.
    private static boolean isOurs(JsonNode record, String jid, OutgoingMessage message) {
        JsonNode key = record.path("key");
        return key.path("fromMe").asBoolean(false)
                && Stream.of("remoteJid", "remoteJidAlt")
                        .map(field -> EvolutionAddresses.plain(key.path(field).asText("")))
                        .anyMatch(any -> any.equals(jid)
                                || message.to()
                                        .phone()
                                        .map(EvolutionAddresses::of)
                                        .equals(Optional.of(any)));
    }

    private GatewayAnswer<Stream<JsonNode>> records(Line line, Map<String, Object> key) {
        var body = Map.of("where", Map.of("key", key), "page", 1, "offset", LATEST);
        return calls.ask(calls.post(line, "/chat/findMessages", body)).then(answer -> done(records(answer)));
    }

    static Stream<JsonNode> records(JsonNode answer) {
        JsonNode records = answer.isArray() ? answer : answer.path("messages").path("records");
        return StreamSupport.stream(records.spliterator(), false);
    }
}
