package dev.banyan.whatsapp.drivers.evolution;

import static dev.banyan.whatsapp.drivers.GatewayAnswer.done;

import module java.base;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;
import dev.banyan.whatsapp.drivers.Line;

/// Proves that an instance reaches WhatsApp.
///
/// `open` is not enough, because frozen instances report it too. Asking whether a number exists is answered from the
/// database for a week, showing a presence waits for nothing, and a message would be seen. Asking WhatsApp for the
/// picture of the number itself needs WhatsApp's answer each time, and disturbs no contact. Without an address, that
/// answer is ambiguous: the gateway also gives it when the connection is closed. Only then the business profile is
/// asked for, whose failures are not hidden.
///
/// @param patience after which a call counts as hanging: WhatsApp answers within a second or two
record EvolutionProof(EvolutionCalls calls, EvolutionInstances instances, Duration patience) {

    GatewayAnswer<Boolean> prove(Line line) {
        return instances.memory(line).then(state -> {
            if (!state.equals("open")) {
                return done(false);
            }
            return phone(line).then(phone -> phone.isEmpty() ? done(false) : picture(line, phone.get()));
        });
    }

    private GatewayAnswer<Optional<Phone>> phone(Line line) {
        return line.phone().isPresent()
                ? done(line.phone())
                : instances.existing(line).map(EvolutionStates.Row::phone);
    }

    private GatewayAnswer<Boolean> picture(Line line, Phone phone) {
        return switch (ask(line, "/chat/fetchProfilePictureUrl", phone)) {
            case Reply.Answered answered
            when answered.isSuccess() ->
                answered.json().path("profilePictureUrl").asText("").isEmpty() ? profile(line, phone) : done(true);
            case Reply reply -> deadOr(reply);
        };
    }

    private GatewayAnswer<Boolean> profile(Line line, Phone phone) {
        return switch (ask(line, "/chat/fetchBusinessProfile", phone)) {
            // Where this route is missing, the picture was answered in time, which is all that can be known.
            case Reply.Answered answered when answered.isSuccess() || answered.status() == 404 -> done(true);
            case Reply.Answered answered when answered.status() == 500 -> done(false);
            case Reply reply -> deadOr(reply);
        };
    }

    private Reply ask(Line line, String action, Phone phone) {
        return calls.call(
                calls.post(line, action, Map.of("number", phone.digits())).within(patience));
    }

    /// Distinguishes an instance that doesn't respond from a gateway that doesn't.
    private static GatewayAnswer<Boolean> deadOr(Reply reply) {
        return switch (reply) {
            case Reply.Answered answered when answered.status() == 400 -> done(false);
            case Reply.Silence silence when silence.trouble().kind() == Trouble.Kind.TIMED_OUT -> done(false);
            case Reply other -> EvolutionCalls.answer(other).map(_ -> false);
        };
    }
}
