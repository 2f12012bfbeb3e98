package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.WahaCalls.encoded;
import static dev.banyan.whatsapp.drivers.waha.WahaCalls.read;
import static dev.banyan.whatsapp.drivers.waha.WahaCalls.session;
import static dev.banyan.whatsapp.drivers.waha.WahaCalls.within;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;
import dev.banyan.whatsapp.drivers.Line;

/// Proves that a session reaches WhatsApp, because `WORKING` is only what WAHA believes.
///
/// It costs two calls: the session with its engine, which WAHA answers by itself, and the question whether the number
/// itself is on WhatsApp, which WhatsApp must answer. WhatsApp limits such questions, so each number should be asked at
/// most every few minutes while nothing else proves that it lives.
record WahaProof(WahaCalls calls) {

    /// A channel without a call in progress is idle; the stream of events always has one.
    private static final Set<String> BROKEN_CHANNEL = Set.of("TRANSIENT_FAILURE", "SHUTDOWN", "NO_CLIENT");

    GatewayAnswer<Boolean> prove(Line line) {
        return read(
                calls.get(line.gateway(), session(line), calls.limits().state()),
                session -> mayWork(session) ? ask(line, session) : GatewayAnswer.done(false));
    }

    /// Details are missing if the engine didn’t tell them within a second, or has none.
    private static boolean mayWork(JsonNode session) {
        JsonNode engine = session.path("engine");
        JsonNode gows = engine.path("gows");
        boolean isConnected =
                gows.path("connected").asBoolean(true) && gows.path("found").asBoolean(true);
        return session.path("status").asText().equals("WORKING")
                && isConnected
                && !gows.hasNonNull("error")
                && !BROKEN_CHANNEL.contains(engine.path("grpc").path("client").asText())
                && engine.path("grpc").path("stream").asText("READY").equals("READY")
                && engine.path("state").asText("CONNECTED").equals("CONNECTED");
    }

    private GatewayAnswer<Boolean> ask(Line line, JsonNode session) {
        return WahaStates.phone(session.path("me"))
                .or(line::phone)
                .map(phone -> askForItself(line, phone))
                .orElseGet(() -> showOffline(line));
    }

    private GatewayAnswer<Boolean> askForItself(Line line, Phone phone) {
        String path = "/api/contacts/check-exists?session=" + encoded(line.remote()) + "&phone=" + phone.digits();
        Reply reply = calls.get(line.gateway(), path, calls.limits().proof());
        return answered(reply, answer -> answer.path("numberExists").isBoolean());
    }

    /// Weaker, because WhatsApp doesn’t acknowledge it: it fails only without a connection.
    private GatewayAnswer<Boolean> showOffline(Line line) {
        var body = WahaCalls.object().put("presence", "offline");
        return answered(
                calls.call(
                        "POST",
                        line.gateway(),
                        within(line) + "/presence",
                        body,
                        calls.limits().proof()),
                _ -> true);
    }

    private static GatewayAnswer<Boolean> answered(Reply reply, java.util.function.Predicate<JsonNode> isProof) {
        return switch (reply) {
            case Reply.Answered answer when answer.isSuccess() -> GatewayAnswer.done(isProof.test(answer.json()));
            case Reply.Answered answer
            when answer.status() == 401 || answer.status() == 403 ->
                new GatewayAnswer.Failed<>(WahaErrors.trouble(answer));
            // WhatsApp has answered, though not what was asked.
            case Reply.Answered answer ->
                GatewayAnswer.done(WahaErrors.words(answer.json()).contains("rate-overlimit"));
            case Reply.Silence silence ->
                silence.trouble().kind() == Trouble.Kind.TIMED_OUT
                        ? GatewayAnswer.done(false)
                        : new GatewayAnswer.Failed<>(silence.trouble());
        };
    }
}
