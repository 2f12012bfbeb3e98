package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.SendResult.NotSent;
import dev.banyan.whatsapp.drivers.SendResult.Why;

/// What an error means for a message, for a question, and for a number.
final class CloudErrors {

    /// @param pause how long to wait before the next attempt, if that is known
    record Meaning(Why why, String sentence, Optional<Duration> pause) {

        Meaning(Why why, String sentence) {
            this(why, sentence, Optional.empty());
        }

        Meaning(Why why, String sentence, Duration pause) {
            this(why, sentence, Optional.of(pause));
        }
    }

    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int BAD_PARAMETER = 100;
    static final int NO_SUCH_OBJECT = 33;
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private CloudErrors() {}

    static Meaning meaning(GraphError error) {
        if (isUnknownObject(error)) {
            return new Meaning(
                    Why.DISCONNECTED,
                    "WhatsApp doesn’t know this phone number ID, or the access token may not use it. Check both in"
                            + " Meta’s WhatsApp Manager.");
        }
        return CloudErrorTable.of(error.code()).orElseGet(() -> unlisted(error));
    }

    /// Graph reports an object that is gone, or out of the token's reach, as a bad parameter with a subcode.
    private static boolean isUnknownObject(GraphError error) {
        return error.code() == NO_SUCH_OBJECT
                || error.code() == BAD_PARAMETER && error.subcode() == NO_SUCH_OBJECT
                || !error.isReadable() && error.status() == NOT_FOUND;
    }

    private static Meaning unlisted(GraphError error) {
        if (error.status() == TOO_MANY) {
            return new Meaning(Why.LATER, "Too many calls at once. We try again soon.", A_WHILE);
        }
        if (error.isTransient() || error.isOverload()) {
            return new Meaning(Why.LATER, "WhatsApp has a problem of its own. We try again soon.", A_WHILE);
        }
        if (error.status() == UNAUTHORIZED) {
            return CloudErrorTable.TOKEN;
        }
        return new Meaning(Why.MESSAGE, "WhatsApp refused this.");
    }

    static NotSent notSent(GraphError error, Instant now) {
        Meaning meaning = meaning(error);
        return new NotSent(
                meaning.why(),
                sentence(meaning, error),
                meaning.pause().map(now::plus),
                Optional.of(Integer.toString(error.code())).filter(_ -> error.isReadable()));
    }

    static Trouble trouble(GraphError error) {
        Meaning meaning = meaning(error);
        return new Trouble(kind(meaning.why(), error), sentence(meaning, error));
    }

    private static Trouble.Kind kind(Why why, GraphError error) {
        return switch (why) {
            case LATER, PAIR_LIMIT -> Trouble.Kind.LATER;
            case CREDENTIALS -> Trouble.Kind.CREDENTIALS;
            case DISCONNECTED -> isUnknownObject(error) ? Trouble.Kind.UNKNOWN : Trouble.Kind.OPERATOR;
            case RESTRICTED, BANNED -> Trouble.Kind.OPERATOR;
            case CONTACT, OPTED_OUT, WINDOW_CLOSED, TEMPLATE, MESSAGE -> Trouble.Kind.REFUSED;
        };
    }

    /// Returns what an error says about the number itself; empty if it says nothing.
    static Optional<NumberStatus> status(GraphError error) {
        Meaning meaning = meaning(error);
        String reason = sentence(meaning, error);
        return switch (meaning.why()) {
            case BANNED -> Optional.of(NumberStatus.of(NumberStatus.State.BANNED, reason));
            case RESTRICTED -> Optional.of(NumberStatus.of(NumberStatus.State.RESTRICTED, reason));
            case LATER, PAIR_LIMIT, CREDENTIALS, DISCONNECTED, CONTACT, OPTED_OUT, WINDOW_CLOSED, TEMPLATE, MESSAGE ->
                Optional.empty();
        };
    }

    /// The code goes along: it is what people search for, and what Meta's support asks for.
    private static String sentence(Meaning meaning, GraphError error) {
        if (error.isReadable()) {
            return meaning.sentence() + " (Error " + error.code() + ")";
        }
        return error.status() == 0 ? meaning.sentence() : meaning.sentence() + " (HTTP " + error.status() + ")";
    }
}
