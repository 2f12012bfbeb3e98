package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.WahaCalls.session;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;
import dev.banyan.whatsapp.drivers.Line;
import dev.banyan.whatsapp.drivers.SendResult;
import dev.banyan.whatsapp.drivers.SendResult.NotSent;
import dev.banyan.whatsapp.drivers.SendResult.Why;
import dev.banyan.whatsapp.drivers.Upload;
import dev.banyan.whatsapp.drivers.waha.WahaBodies.Prepared;

/// Sends messages, and tells what has become of them from the answer: certainly sent, certainly not, or unknown.
record WahaSending(WahaCalls calls, WahaContacts contacts, Clock clock) {

    private static final long MEBIBYTE = 1_024L * 1_024;
    private static final long LONGEST_MEDIA = 16 * MEBIBYTE;
    /// WhatsApp takes more; but the file travels as text in one request, which WAHA and we hold in memory.
    private static final long LONGEST_DOCUMENT = 32 * MEBIBYTE;
    private static final long LONGEST_STICKER = MEBIBYTE / 2;

    static final String MAYBE = "WAHA reported an error while sending. The message may have been sent.";

    /// Returns the longest file that can be sent, in bytes.
    static long longestFile(MessageContent.Kind kind) {
        return switch (kind) {
            case IMAGE, AUDIO, VIDEO -> LONGEST_MEDIA;
            case STICKER -> LONGEST_STICKER;
            case DOCUMENT -> LONGEST_DOCUMENT;
            case TEXT, LOCATION, CONTACT, REACTION, TEMPLATE, BUTTONS, LIST -> 0;
        };
    }

    SendResult send(Line line, OutgoingMessage message, Optional<Upload> file, Optional<String> chat) {
        String to = chat.map(WahaIds::chat)
                .orElseGet(() -> WahaIds.chat(message.to().phone().orElseThrow()));
        return switch (new WahaBodies(line, message, to).prepared(file)) {
            case Prepared.Impossible(String reason) -> SendResult.notSent(Why.MESSAGE, reason);
            case Prepared.Ready ready -> {
                var limit = calls.limits().sending();
                yield result(
                        line, message, calls.call(ready.method(), line.gateway(), ready.path(), ready.body(), limit));
            }
        };
    }

    private SendResult result(Line line, OutgoingMessage message, Reply reply) {
        return switch (reply) {
            case Reply.Silence silence ->
                silence.mayHaveArrived()
                        ? new SendResult.Unknown(silence.trouble().sentence())
                        : SendResult.notSent(Why.LATER, silence.trouble().sentence());
            // An answer without an id is a success, too: sending again would double the message.
            case Reply.Answered answer
            when answer.isSuccess() ->
                new SendResult.Sent(WahaIds.wireOf(answer.json()).orElseGet(() -> WahaIds.own(message.id())));
            case Reply.Answered answer when answer.status() >= 500 -> failed(line, message, answer);
            case Reply.Answered answer -> refused(answer);
        };
    }

    private static SendResult refused(Reply.Answered answer) {
        int status = answer.status();
        if (status == 401 || status == 403) {
            return SendResult.notSent(
                    Why.CREDENTIALS, WahaErrors.trouble(answer).sentence());
        }
        if (status == 404) {
            return WahaErrors.isMissingCall(answer.json())
                    ? SendResult.notSent(Why.MESSAGE, WahaErrors.TOO_OLD)
                    : SendResult.notSent(Why.DISCONNECTED, WahaErrors.NO_SESSION);
        }
        if (status == 422) {
            return unprocessable(answer.json());
        }
        if (status == 429) {
            return SendResult.notSent(Why.LATER, WahaErrors.BUSY);
        }
        return status == 413
                ? SendResult.notSent(Why.MESSAGE, "The file is too large for this WAHA.")
                : SendResult.notSent(
                        status < 400 ? Why.LATER : Why.MESSAGE,
                        WahaErrors.trouble(answer).sentence());
    }

    private static SendResult unprocessable(JsonNode body) {
        return switch (WahaErrors.refusal(body)) {
            case STARTING -> SendResult.notSent(Why.LATER, WahaErrors.STARTING);
            case NOT_CONNECTED -> SendResult.notSent(Why.DISCONNECTED, WahaErrors.NOT_CONNECTED);
            case NO_SESSION -> SendResult.notSent(Why.DISCONNECTED, WahaErrors.NO_SESSION);
            case NOT_IN_ENGINE -> SendResult.notSent(Why.MESSAGE, WahaErrors.OTHER_ENGINE);
            case NEEDS_PLUS -> SendResult.notSent(Why.MESSAGE, WahaErrors.TOO_OLD);
            case OTHER -> SendResult.notSent(Why.MESSAGE, WahaErrors.REFUSED);
        };
    }

    /// An error of the engine. Only where its words say that WhatsApp refused the message, or that it never left, it
    /// was certainly not sent.
    private SendResult failed(Line line, OutgoingMessage message, Reply.Answered answer) {
        String words = WahaErrors.words(answer.json());
        if (words.contains("server returned error 463")) {
            return restricted(line, "/timelock", WahaStates::timeLock, WahaStates.LOCKED);
        }
        if (words.contains("server returned error 475")) {
            return restricted(line, "/capping", WahaStates::capped, WahaStates.CAPPED);
        }
        if (words.contains("server returned error 479")) {
            return SendResult.notSent(Why.MESSAGE, "WhatsApp didn’t accept this message (error 479). Update WAHA.");
        }
        if (words.contains("rate-overlimit")) {
            return SendResult.notSent(Why.LATER, WahaErrors.BUSY);
        }
        if (words.contains("websocket not connected") || words.contains("store doesn't contain a device JID")) {
            return SendResult.notSent(Why.DISCONNECTED, WahaErrors.NOT_CONNECTED);
        }
        return words.contains("No LID for user") ? unknownContact(line, message) : new SendResult.Unknown(MAYBE);
    }

    /// Engines also say so of contacts that they will know a moment later.
    private SendResult unknownContact(Line line, OutgoingMessage message) {
        boolean isGone = message.to()
                .phone()
                .map(phone -> contacts.addressOf(line, phone))
                .filter(answer -> answer instanceof GatewayAnswer.Done<Optional<String>> done
                        && done.value().isEmpty())
                .isPresent();
        return isGone
                ? SendResult.notSent(Why.CONTACT, "This number is not on WhatsApp.")
                : SendResult.notSent(Why.LATER, "WhatsApp has not told WAHA yet how to reach this contact.");
    }

    private SendResult restricted(
            Line line,
            String path,
            BiFunction<JsonNode, Instant, Optional<WahaStates.Restriction>> reader,
            String reason) {
        Reply reply =
                calls.get(line.gateway(), session(line) + path, calls.limits().state());
        Optional<Instant> until = reply instanceof Reply.Answered answer && answer.isSuccess()
                ? reader.apply(answer.json(), clock.instant()).flatMap(WahaStates.Restriction::until)
                : Optional.empty();
        return new NotSent(Why.RESTRICTED, reason, until);
    }
}
