package dev.banyan.whatsapp.drivers.evolution;

import static dev.banyan.whatsapp.drivers.GatewayAnswer.done;
import static dev.banyan.whatsapp.drivers.GatewayAnswer.failed;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.connections.NumberStatus.State;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;
import dev.banyan.whatsapp.drivers.Line;
import dev.banyan.whatsapp.drivers.QrCode;

/// Starts, links, restarts and removes instances.
record EvolutionLinking(EvolutionCalls calls, EvolutionInstances instances, EvolutionSetup setup) {

    static final int CODES = 30;

    /// Connects the instance. It reconnects if it has keys, else it makes QR codes, the first of which may be missing
    /// in the answer.
    GatewayAnswer<NumberStatus> start(Line line) {
        return connect(line, Optional.empty()).then(answer -> {
            if (answer.path("instance").path("state").asText("").equals("open")) {
                return instances.status(line);
            }
            return text(answer, "code").isPresent()
                    ? instances.status(line).map(EvolutionLinking::codeUnlessMore)
                    : instances.status(line).map(EvolutionLinking::atLeastStarting);
        });
    }

    /// A code in the answer may be an old one, made before the instance was linked; the state knows.
    private static NumberStatus codeUnlessMore(NumberStatus status) {
        return switch (status.state()) {
            case STOPPED, GIVEN_UP, UNLINKED -> NumberStatus.of(State.CODE);
            case STARTING, CODE, PASSKEY, WORKING, RESTRICTED, BANNED, BLOCKED -> status;
        };
    }

    private static NumberStatus atLeastStarting(NumberStatus status) {
        return switch (status.state()) {
            case STOPPED, GIVEN_UP -> NumberStatus.of(State.STARTING);
            case STARTING, CODE, PASSKEY, WORKING, RESTRICTED, BANNED, UNLINKED, BLOCKED -> status;
        };
    }

    /// A failure of this call comes with HTTP 200 and without a reason.
    private GatewayAnswer<JsonNode> connect(Line line, Optional<Phone> phone) {
        String query = phone.map(known -> "?number=" + known.digits()).orElse("");
        String path = "/instance/connect/" + EvolutionCalls.encoded(line.remote()) + query;
        return calls.ask(calls.get(line.gateway(), path));
    }

    /// Asking for a code connects an instance that is closed, so that is asked first: otherwise the codes
    /// would never end.
    GatewayAnswer<QrCode> code(Line line) {
        return instances.memory(line).then(state -> {
            if (!state.equals("connecting")) {
                return failed(Trouble.Kind.LATER, "There is no QR code right now.");
            }
            return connect(line, Optional.empty())
                    .then(answer -> text(answer, "code")
                            .map(code ->
                                    done(new QrCode(code, answer.path("count").asInt(0), CODES)))
                            .orElseGet(() -> failed(Trouble.Kind.LATER, "There is no QR code yet.")));
        });
    }

    /// The number must be named when the instance connects. One that shows codes already without knowing it must begin
    /// anew: by a logout, or from 2.4 on by being created again, because there a logout spoils the next linking.
    GatewayAnswer<String> pairingCode(Line line, Phone phone) {
        return pairingCodeNow(line, phone).then(code -> {
            if (code.isPresent()) {
                return done(code.get());
            }
            return instances
                    .memory(line)
                    .then(state -> state.equals("connecting")
                            ? anew(line).then(_ -> pairingCodeNow(line, phone)).then(EvolutionLinking::orLater)
                            : orLater(Optional.empty()));
        });
    }

    private static GatewayAnswer<String> orLater(Optional<String> code) {
        return code.map(GatewayAnswer::done)
                .orElseGet(() ->
                        failed(Trouble.Kind.LATER, "The pairing code isn’t ready yet. Try again in a few seconds."));
    }

    private GatewayAnswer<Optional<String>> pairingCodeNow(Line line, Phone phone) {
        return connect(line, Optional.of(phone))
                .map(answer -> text(answer, "pairingCode")
                        .or(() -> text(answer.path("qrcode"), "pairingCode"))
                        .filter(code -> code.length() == 8)
                        .map(code -> code.substring(0, 4) + "-" + code.substring(4)));
    }

    private GatewayAnswer<Boolean> anew(Line line) {
        if (!EvolutionInstances.version(line).isAtLeast24()) {
            return calls.ask(calls.delete(line, "/instance/logout")).map(_ -> true);
        }
        return calls.ask(calls.delete(line, "/instance/delete")).then(_ -> setup.make(line));
    }

    private static Optional<String> text(JsonNode answer, String field) {
        return Optional.of(answer.path(field).asText("")).filter(text -> !text.isEmpty());
    }

    /// A closed instance can't be restarted: the answer is HTTP 200 with an error inside. Starting it does the same.
    GatewayAnswer<NumberStatus> restart(Line line) {
        Reply reply = calls.call(calls.post(line, "/instance/restart", Map.of()));
        if (reply instanceof Reply.Answered answered
                && answered.isSuccess()
                && EvolutionErrors.isHidden(answered.json())) {
            return instances.status(line).then(status -> status.state() == State.STOPPED ? start(line) : done(status));
        }
        return EvolutionCalls.answer(reply)
                .map(_ -> NumberStatus.of(State.STARTING, "Evolution API is reconnecting to WhatsApp."));
    }

    /// Logs out, then deletes. Both may have happened already. Up to 2.3.6 the gateway doesn't wait for its logout and
    /// may refuse to delete an instance that is still open, so it is asked twice.
    GatewayAnswer<Boolean> remove(Line line) {
        return loggedOut(line)
                .then(_ -> deleted(line))
                .then(
                        done -> done
                                ? done(true)
                                : loggedOut(line)
                                        .then(_ -> deleted(line))
                                        .then(
                                                again -> again
                                                        ? done(true)
                                                        : failed(
                                                                Trouble.Kind.LATER,
                                                                "Evolution API couldn’t delete the instance. Try again, or restart its server.")));
    }

    private GatewayAnswer<Boolean> loggedOut(Line line) {
        return unlessRefused(calls.call(calls.delete(line, "/instance/logout")));
    }

    private GatewayAnswer<Boolean> deleted(Line line) {
        return unlessRefused(calls.call(calls.delete(line, "/instance/delete")));
    }

    /// @return false if it was refused, which is no trouble for a logout: the instance isn't connected
    private static GatewayAnswer<Boolean> unlessRefused(Reply reply) {
        return switch (reply) {
            case Reply.Answered answered when answered.status() == 400 || answered.status() == 500 -> done(false);
            case Reply.Answered answered when EvolutionErrors.isNoInstance(answered) -> done(true);
            default -> EvolutionCalls.answer(reply).map(_ -> true);
        };
    }
}
