package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.FakeJson.object;

import module java.base;
import dev.banyan.whatsapp.drivers.waha.FakeApi.Call;
import dev.banyan.whatsapp.drivers.waha.FakeJson.Answer;
import dev.banyan.whatsapp.drivers.waha.FakeJson.Refused;

/// Codes and passkeys of a fake server.
final class FakeAuthApi {

    /// The smallest picture.
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private final FakeWaha waha;
    private final FakeSessions states;

    FakeAuthApi(FakeWaha waha, FakeSessions states) {
        this.waha = waha;
        this.states = states;
    }

    Optional<Answer> answer(Call call) {
        FakeSession session = Optional.ofNullable(waha.sessions.get(call.at(1)))
                .orElseThrow(() -> new Refused(Answer.json(
                        422,
                        object().put("error", "Session \"" + call.at(1) + "\" does not exist")
                                .put("session", call.at(1)))));
        String what = String.join("/", call.path().subList(3, call.path().size()));
        return switch (call.method() + " " + what) {
            case "GET qr" -> Optional.of(qr(session, call));
            case "POST request-code" -> Optional.of(pairing(session, call));
            case "GET passkey/challenge" -> Optional.of(challenge(session));
            case "POST passkey" -> Optional.of(signed(session, call));
            case "GET passkey/confirmation" -> Optional.of(confirmation(session));
            case "POST passkey/confirm" -> Optional.of(confirmed(session));
            default -> Optional.empty();
        };
    }

    private Answer qr(FakeSession session, Call call) {
        expect(session, "SCAN_QR_CODE");
        if (call.parameter("format").equals("raw")) {
            String front = waha.showsCodesAsLinks ? "https://wa.me/settings/linked_devices#" : "";
            return Answer.ok(object().put("value", front + session.qr));
        }
        return call.accept().contains("application/json")
                ? Answer.ok(object().put("mimetype", "image/png").put("data", PNG))
                : new Answer(200, "image/png", Base64.getDecoder().decode(PNG));
    }

    private static Answer pairing(FakeSession session, Call call) {
        if (!call.body().path("phoneNumber").asText().matches("[0-9]{6,15}")) {
            throw FakeJson.badRequest("phoneNumber must be a string");
        }
        if (!session.status.equals("SCAN_QR_CODE")) {
            throw FakeJson.unprocessable(
                    "Can request code only in SCAN_QR_CODE status. The current status is " + session.status);
        }
        String code = String.format(Locale.ROOT, "BNYN-%04d", ++session.pairingCodes);
        return Answer.created(object().put("code", code));
    }

    private Answer challenge(FakeSession session) {
        onlyGows();
        expect(session, "PASSKEY_REQUIRED");
        return Answer.ok(FakeSessions.challenge());
    }

    private Answer signed(FakeSession session, Call call) {
        onlyGows();
        expect(session, "PASSKEY_REQUIRED");
        if (!call.body().has("rawId") || !call.body().has("response")) {
            throw FakeJson.badRequest("rawId must be a string");
        }
        states.signed(session, call.body().toString());
        return Answer.created(object());
    }

    private Answer confirmation(FakeSession session) {
        onlyGows();
        expect(session, "PASSKEY_CONFIRMATION_REQUIRED");
        return Answer.ok(object().put("code", "1234"));
    }

    private Answer confirmed(FakeSession session) {
        onlyGows();
        expect(session, "PASSKEY_CONFIRMATION_REQUIRED");
        states.accepted(session);
        return Answer.created(object());
    }

    private void onlyGows() {
        if (!waha.isGows()) {
            throw FakeJson.unprocessable("The method is not implemented by the engine. Use another one.");
        }
    }

    private static void expect(FakeSession session, String status) {
        if (!session.status.equals(status)) {
            throw FakeApi.unexpected(session, status);
        }
    }
}
