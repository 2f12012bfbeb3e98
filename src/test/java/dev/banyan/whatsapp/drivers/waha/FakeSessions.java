package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.FakeJson.object;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.waha.FakeSession.PasskeyStep;
import dev.banyan.whatsapp.drivers.waha.FakeSession.Was;

/// The states of a fake server’s sessions, and how they follow one another.
final class FakeSessions {

    private static final int CODES = 6;
    private static final int STATUSES_TOLD = 3;
    private static final Duration FIRST_CODE = Duration.ofSeconds(60);
    private static final Duration OTHER_CODES = Duration.ofSeconds(20);

    private final FakeWaha waha;

    FakeSessions(FakeWaha waha) {
        this.waha = waha;
    }

    void become(FakeSession session, String status, JsonNode data) {
        session.status = status;
        session.statuses.add(new Was(status, waha.time.now()));
        while (session.statuses.size() > STATUSES_TOLD) {
            session.statuses.remove();
        }
        ObjectNode payload = object().put("name", session.name).put("status", status);
        var statuses = payload.putArray("statuses");
        session.statuses.forEach(was -> statuses.addObject()
                .put("status", was.status())
                .put("timestamp", was.at().toEpochMilli()));
        payload.set("data", data);
        waha.events.emit(session, "session.status", payload);
    }

    private void become(FakeSession session, String status) {
        become(session, status, NullNode.getInstance());
    }

    void begin(FakeSession session) {
        session.run++;
        become(session, "STARTING");
        if (session.isBanned) {
            become(session, "FAILED");
        } else if (session.linked.isPresent()) {
            connect(session);
        } else {
            showCode(session, 1);
        }
    }

    private void connect(FakeSession session) {
        session.me = session.linked;
        session.deaf.clear();
        session.unheard.clear();
        become(session, "WORKING");
        var missed = List.copyOf(session.waiting);
        session.waiting.clear();
        missed.forEach(Runnable::run);
    }

    private void showCode(FakeSession session, int number) {
        if (number > CODES) {
            become(session, "FAILED");
            return;
        }
        session.code = number;
        session.qr = "2@" + session.name + "/" + session.run + "/" + number + ",key,key,key==";
        if (!session.status.startsWith("PASSKEY")) {
            become(session, "SCAN_QR_CODE");
        }
        int run = session.run;
        waha.time.in(number == 1 ? FIRST_CODE : OTHER_CODES, () -> waha.change(() -> expire(session, run, number)));
    }

    private void expire(FakeSession session, int run, int number) {
        boolean isShown = session.run == run && session.code == number;
        if (isShown && (session.status.equals("SCAN_QR_CODE") || session.status.startsWith("PASSKEY"))) {
            showCode(session, number + 1);
        }
    }

    void scanned(FakeSession session, Phone phone) {
        if (!session.status.equals("SCAN_QR_CODE")) {
            return;
        }
        session.scanning = Optional.of(phone);
        if (session.passkey == PasskeyStep.NONE) {
            accepted(session);
        } else {
            become(session, "PASSKEY_REQUIRED", challenge());
        }
    }

    static ObjectNode challenge() {
        ObjectNode options = object().put("challenge", "cGFzc2tleQ")
                .put("timeout", 60_000)
                .put("rpId", "web.whatsapp.com")
                .put("userVerification", "required");
        options.putArray("allowCredentials")
                .addObject()
                .put("id", "Y3JlZGVudGlhbA")
                .put("type", "public-key");
        return options;
    }

    void signed(FakeSession session, String credential) {
        session.credential = credential;
        if (session.passkey == PasskeyStep.CONFIRMATION) {
            become(session, "PASSKEY_CONFIRMATION_REQUIRED", object().put("code", "1234"));
        } else {
            accepted(session);
        }
    }

    void accepted(FakeSession session) {
        session.linked = session.scanning;
        session.passkey = PasskeyStep.NONE;
        // After pairing, WhatsApp asks the device to connect anew (code 515).
        become(session, "STARTING");
        connect(session);
    }

    void stop(FakeSession session) {
        session.run++;
        session.me = Optional.empty();
        if (!session.status.equals("STOPPED")) {
            become(session, "STOPPED");
        }
    }

    void logout(FakeSession session) {
        session.linked = Optional.empty();
        session.me = Optional.empty();
        session.messages.clear();
        session.chats.clear();
    }

    void disconnect(FakeSession session) {
        if (session.isWorking()) {
            become(session, "STARTING");
        }
    }

    void reconnect(String name, int run) {
        Optional.ofNullable(waha.sessions.get(name))
                .filter(session -> session.run == run && session.status.equals("STARTING"))
                .filter(session -> session.comesBack && session.linked.isPresent())
                .ifPresent(this::connect);
    }

    void loggedOut(FakeSession session, int code) {
        session.linked = Optional.empty();
        waha.events.ofEngine(
                session,
                "events.LoggedOut",
                object().put("OnConnect", code != 401).put("Reason", code));
        become(session, "FAILED");
    }

    void banned(FakeSession session, int code, Duration duration) {
        session.isBanned = true;
        waha.events.ofEngine(
                session, "events.TemporaryBan", object().put("Code", code).put("Expire", duration.toNanos()));
        become(session, "FAILED");
        waha.time.in(duration, () -> waha.change(() -> session.isBanned = false));
    }

    /// The process dies: nobody is told.
    void die() {
        for (FakeSession session : waha.sessions.values()) {
            session.run++;
            session.me = Optional.empty();
            if (!session.status.equals("STOPPED")) {
                session.status = "KILLED";
            }
        }
    }

    void resume() {
        waha.sessions.values().stream()
                .filter(session -> session.status.equals("KILLED"))
                .toList()
                .forEach(this::begin);
    }
}
