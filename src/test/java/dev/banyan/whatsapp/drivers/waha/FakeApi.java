package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.FakeJson.object;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.banyan.whatsapp.drivers.HeldCalls;
import dev.banyan.whatsapp.drivers.waha.FakeFaults.Fault;
import dev.banyan.whatsapp.drivers.waha.FakeJson.Answer;
import dev.banyan.whatsapp.drivers.waha.FakeJson.Refused;

/// The HTTP of a fake server: key, faults, errors, and who answers what.
final class FakeApi {

    /// A call.
    ///
    /// @param path its parts, decoded
    record Call(String method, List<String> path, Map<String, String> query, JsonNode body, String accept) {

        boolean is(String wanted, int parts) {
            return method.equals(wanted) && path.size() == parts;
        }

        String at(int index) {
            return path.get(index);
        }

        String parameter(String name) {
            return query.getOrDefault(name, "");
        }
    }

    /// An engine’s own error.
    static final class EngineFailed extends RuntimeException {
        EngineFailed(String message) {
            super(message);
        }
    }

    private final FakeWaha waha;
    private final FakeSessionsApi sessions;
    private final FakeAuthApi auth;
    private final FakeSendApi sending;
    private final FakeChatsApi chats;

    FakeApi(FakeWaha waha, FakeSessions states) {
        this.waha = waha;
        this.sessions = new FakeSessionsApi(waha, states);
        this.auth = new FakeAuthApi(waha, states);
        this.sending = new FakeSendApi(waha);
        this.chats = new FakeChatsApi(waha);
    }

    void answer(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        Runnable ends = waha.load.begins(name);
        try (exchange) {
            waha.load.pass(name);
            byte[] body = exchange.getRequestBody().readAllBytes();
            waha.locked(() -> waha.calls.add(name));
            switch (waha.faults.of(name).orElse(null)) {
                case Fault.Answers(int status, String text) ->
                    write(
                            exchange,
                            ends,
                            new Answer(status, "application/json", text.getBytes(StandardCharsets.UTF_8)));
                case Fault.Hangs _ -> waha.faults.hang();
                case Fault.Closes _ -> {}
                case Fault.DoesItAndHangs _ -> {
                    answered(exchange, body);
                    waha.faults.hang();
                }
                case Fault.DoesItAndCloses _ -> answered(exchange, body);
                case null -> write(exchange, ends, answered(exchange, body));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            ends.run();
        }
    }

    /// @param ends the call is over before its answer is read, because the next one may follow at once
    private static void write(HttpExchange exchange, Runnable ends, Answer answer) throws IOException {
        ends.run();
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    private Answer answered(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        Call call = call(exchange, body);
        if (!hasKey(exchange, call)) {
            return Answer.json(401, object().put("message", "Unauthorized").put("statusCode", 401));
        }
        if (mustHang(call)) {
            waha.faults.hang();
        }
        waha.held.pass();
        if (!FakeSendApi.isSending(call)) {
            return answered(call);
        }
        var message = new HeldCalls.Held(
                call.body().path("session").asText(), call.body().path("text").asText());
        if (waha.held.refuses(message)) {
            return failed(call, new EngineFailed("websocket not connected"));
        }
        return waha.held.send(message, () -> answered(call), () -> failed(call, new EngineFailed("context canceled")));
    }

    private Answer answered(Call call) {
        try {
            return waha.changed(() -> route(call));
        } catch (Refused refused) {
            waha.hooks.flush();
            return refused.answer;
        } catch (EngineFailed failure) {
            waha.hooks.flush();
            return failed(call, failure);
        }
    }

    private static Call call(HttpExchange exchange, byte[] body) {
        var query = new HashMap<String, String>();
        String raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        for (String pair : raw.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
        }
        List<String> path = List.of(
                        exchange.getRequestURI().getRawPath().substring(1).split("/", -1))
                .stream()
                .map(FakeApi::decoded)
                .toList();
        String accept = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept"))
                .orElse("");
        return new Call(exchange.getRequestMethod(), path, query, FakeJson.read(body), accept);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static boolean hasKey(HttpExchange exchange, Call call) {
        return call.at(0).equals("ping")
                || FakeWaha.KEY.equals(exchange.getRequestHeaders().getFirst("X-Api-Key"))
                || FakeWaha.KEY.equals(call.parameter("x-api-key"));
    }

    private boolean mustHang(Call call) {
        String name = call.body().path("session").asText(call.parameter("session"));
        return waha.locked(() -> {
            FakeSession session =
                    waha.sessions.get(name.isEmpty() && call.path().size() > 1 ? call.at(1) : name);
            if (session == null) {
                return false;
            }
            boolean isCheck =
                    call.path().contains("check-exists") || call.path().contains("presence");
            return isCheck && session.is(FakeSession.Deafness.CHECKS_HANG)
                    || FakeSendApi.isSending(call) && session.is(FakeSession.Deafness.SENDS_HANG);
        });
    }

    /// The answer to an error of the engine repeats the request.
    private Answer failed(Call call, EngineFailed failure) {
        var body = object().put("statusCode", 500).put("timestamp", Instant.EPOCH.toString());
        body.putObject("exception")
                .put("name", "Error")
                .put("message", failure.getMessage())
                .put("stack", "Error: " + failure.getMessage());
        body.putObject("request")
                .put("path", "/" + String.join("/", call.path()))
                .put("method", call.method())
                .set("body", call.body());
        body.putObject("version").put("version", waha.version);
        return Answer.json(500, body);
    }

    private Answer route(Call call) {
        if (call.is("GET", 1) && call.at(0).equals("ping")) {
            return Answer.ok(object().put("message", "pong"));
        }
        if (call.path().size() < 2 || !call.at(0).equals("api")) {
            throw missing(call);
        }
        Optional<Answer> answer = switch (call.at(1)) {
            case "server", "version" -> server(call);
            case "sessions" -> sessions.answer(call);
            case "files" -> chats.file(call);
            case "contacts", "sendSeen", "startTyping", "stopTyping" -> chats.contact(call);
            default ->
                call.path().size() == 2
                        ? sending.answer(call)
                        : call.at(2).equals("auth") ? auth.answer(call) : chats.answer(call);
        };
        return answer.orElseThrow(() -> missing(call));
    }

    private static Refused missing(Call call) {
        return FakeJson.notFound("Cannot " + call.method() + " /" + String.join("/", call.path()));
    }

    private Optional<Answer> server(Call call) {
        boolean isVersion = call.method().equals("GET") && call.path().getLast().equals("version");
        var version = object().put("version", waha.version)
                .put("engine", waha.engine)
                .put("tier", waha.tier)
                .putNull("browser")
                .put("platform", "linux/x64");
        version.putObject("worker").put("id", "w1");
        return isVersion ? Optional.of(Answer.ok(version)) : Optional.empty();
    }

    /// Returns a session that works, as most calls need one.
    static FakeSession working(FakeWaha waha, String name) {
        FakeSession session = Optional.ofNullable(waha.sessions.get(name))
                .orElseThrow(() -> new Refused(Answer.json(
                        422,
                        object().put("error", "Session \"" + name + "\" does not exist")
                                .put("session", name))));
        if (!session.isWorking()) {
            throw unexpected(session, "WORKING");
        }
        return session;
    }

    static Refused unexpected(FakeSession session, String expected) {
        var body = object().put("error", "Session status is not as expected. Try again later or restart the session")
                .put("session", session.name)
                .put("status", session.status);
        body.putArray("expected").add(expected);
        return new Refused(Answer.json(422, body));
    }
}
