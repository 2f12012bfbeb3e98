package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.WahaCalls.done;
import static dev.banyan.whatsapp.drivers.waha.WahaCalls.read;
import static dev.banyan.whatsapp.drivers.waha.WahaCalls.within;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.Driver.Passkey;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Failed;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.Line;
import dev.banyan.whatsapp.drivers.QrCode;

/// Codes and passkeys: how a phone accepts a session.
record WahaLinking(WahaCalls calls) {

    static final int CODES = 6;

    private static final Duration FIRST_CODE = Duration.ofSeconds(60);
    private static final Duration OTHER_CODES = Duration.ofSeconds(20);
    private static final int HALF = 4;
    private static final String NONE_YET = "WAHA has no code to show yet.";

    static Duration codeLasts(int number) {
        return number <= 1 ? FIRST_CODE : OTHER_CODES;
    }

    /// The text is shown as it is: newer versions put an address in front of the code.
    GatewayAnswer<QrCode> code(Line line) {
        String path = within(line) + "/auth/qr?format=raw";
        return read(
                calls.get(line.gateway(), path, calls.limits().code()),
                answer -> WahaJson.text(answer.path("value"))
                        .map(value -> GatewayAnswer.done(new QrCode(value, 0, 0)))
                        .orElseGet(() -> GatewayAnswer.failed(Trouble.Kind.LATER, NONE_YET)));
    }

    GatewayAnswer<String> pairingCode(Line line, Phone phone) {
        var body = WahaCalls.object().put("phoneNumber", phone.digits());
        String path = within(line) + "/auth/request-code";
        return read(
                calls.call("POST", line.gateway(), path, body, calls.limits().code()),
                answer -> WahaJson.text(answer.path("code"))
                        .map(code -> GatewayAnswer.done(hyphenated(code)))
                        .orElseGet(() -> GatewayAnswer.failed(Trouble.Kind.LATER, NONE_YET)));
    }

    private static String hyphenated(String code) {
        return code.length() == 2 * HALF ? code.substring(0, HALF) + "-" + code.substring(HALF) : code;
    }

    /// Returns the code to compare if there is one, because then the challenge was answered already.
    GatewayAnswer<Passkey> passkey(Line line) {
        var confirmation = this.<Passkey>ask(
                line,
                "/auth/passkey/confirmation",
                answer -> WahaJson.text(answer.path("code")).map(Passkey.Confirmation::new));
        return switch (confirmation) {
            case GatewayAnswer.Done<Passkey> it -> it;
            case Failed<Passkey>(Trouble trouble) ->
                switch (trouble.kind()) {
                    case LATER, REFUSED -> challenge(line);
                    case UNREACHABLE, TIMED_OUT, ADDRESS_REFUSED, CREDENTIALS, UNKNOWN, OPERATOR, UNSUPPORTED ->
                        confirmation;
                };
        };
    }

    private GatewayAnswer<Passkey> challenge(Line line) {
        return ask(
                line,
                "/auth/passkey/challenge",
                answer -> Optional.of(answer)
                        .filter(options -> options.has("challenge"))
                        .map(options -> new Passkey.Challenge(options.toString())));
    }

    private <T extends Passkey> GatewayAnswer<T> ask(
            Line line, String path, java.util.function.Function<JsonNode, Optional<T>> reader) {
        return read(
                calls.get(line.gateway(), within(line) + path),
                answer -> reader.apply(answer)
                        .map(GatewayAnswer::done)
                        .orElseGet(
                                () -> GatewayAnswer.failed(Trouble.Kind.LATER, "No passkey is asked for right now.")));
    }

    GatewayAnswer<Boolean> answerPasskey(Line line, String credential) {
        try {
            JsonNode body = GatewayHttp.JSON.readTree(credential);
            if (body != null && body.isObject()) {
                return done(calls.post(line.gateway(), within(line) + "/auth/passkey", body));
            }
        } catch (JsonProcessingException _) {
            // It is refused below.
        }
        return GatewayAnswer.failed(
                Trouble.Kind.REFUSED, "This is not the browser’s credential. Copy the whole text, from { to }.");
    }

    GatewayAnswer<Boolean> confirmPasskey(Line line) {
        return done(calls.post(line.gateway(), within(line) + "/auth/passkey/confirm", WahaCalls.object()));
    }
}
