package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.FakeJson.object;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.drivers.waha.FakeApi.Call;
import dev.banyan.whatsapp.drivers.waha.FakeJson.Answer;

/// The sessions API of a fake server.
final class FakeSessionsApi {

    private final FakeWaha waha;
    private final FakeSessions states;

    FakeSessionsApi(FakeWaha waha, FakeSessions states) {
        this.waha = waha;
        this.states = states;
    }

    Optional<Answer> answer(Call call) {
        if (call.is("GET", 2)) {
            return Optional.of(Answer.ok(list(call.parameter("all").equals("true"))));
        }
        if (call.is("POST", 2)) {
            return Optional.of(Answer.created(create(call.body())));
        }
        if (call.path().size() == 3) {
            return one(call);
        }
        return call.path().size() == 4 ? step(call) : Optional.empty();
    }

    private JsonNode list(boolean withStopped) {
        var all = FakeJson.JSON.createArrayNode();
        waha.sessions.values().stream()
                .filter(session -> withStopped || !session.status.equals("STOPPED"))
                .forEach(session -> all.add(shown(session)));
        return all;
    }

    private ObjectNode shown(FakeSession session) {
        ObjectNode node = object().put("name", session.name).put("status", session.status);
        node.set("config", session.config.deepCopy());
        node.set("me", me(session));
        node.put("presence", "offline").put("assignedWorker", "w1");
        node.putObject("timestamps").put("activity", waha.time.now().toEpochMilli());
        return node;
    }

    private static JsonNode me(FakeSession session) {
        return session.me.isPresent() ? FakeShapes.me(session, true) : NullNode.getInstance();
    }

    /// Only the call for one session asks the engine.
    private ObjectNode whole(FakeSession session) {
        ObjectNode node = shown(session);
        node.set("engine", FakeShapes.engine(session, waha.engine));
        return node;
    }

    private ObjectNode create(JsonNode body) {
        String name = body.path("name").asText("session_" + waha.sessions.size());
        if (waha.sessions.containsKey(name)) {
            throw FakeJson.unprocessable("Session '" + name + "' already exists. Use PUT to update it.");
        }
        var session = new FakeSession(name, config(body));
        waha.sessions.put(name, session);
        if (body.path("start").asBoolean(true)) {
            states.begin(session);
        }
        return whole(session);
    }

    private static ObjectNode config(JsonNode body) {
        return body.path("config") instanceof ObjectNode config ? config.deepCopy() : object();
    }

    private Optional<Answer> one(Call call) {
        Optional<FakeSession> session = Optional.ofNullable(waha.sessions.get(call.at(2)));
        return switch (call.method()) {
            case "DELETE" -> {
                session.ifPresent(states::stop);
                waha.sessions.remove(call.at(2));
                yield Optional.of(Answer.ok(object()));
            }
            case "GET" -> Optional.of(Answer.ok(whole(known(session))));
            case "PUT" -> Optional.of(Answer.ok(update(known(session), call.body())));
            default -> Optional.empty();
        };
    }

    private static FakeSession known(Optional<FakeSession> session) {
        return session.orElseThrow(() -> FakeJson.notFound("Session not found"));
    }

    private ObjectNode update(FakeSession session, JsonNode body) {
        boolean isRunning = !session.status.equals("STOPPED");
        states.stop(session);
        session.config = config(body);
        if (isRunning) {
            states.begin(session);
        }
        return whole(session);
    }

    private Optional<Answer> step(Call call) {
        FakeSession session = known(Optional.ofNullable(waha.sessions.get(call.at(2))));
        if (call.method().equals("GET")) {
            return switch (call.at(3)) {
                case "me" -> Optional.of(Answer.ok(me(session)));
                case "timelock" -> Optional.of(Answer.ok(timelock(session)));
                case "capping" -> Optional.of(Answer.ok(capping(session)));
                default -> Optional.empty();
            };
        }
        switch (call.at(3)) {
            // A session that has failed is still there, so it is not started again.
            case "start" -> {
                if (session.status.equals("STOPPED")) {
                    states.begin(session);
                }
            }
            case "stop" -> states.stop(session);
            case "restart" -> {
                waha.held.restarted(call.at(2));
                states.stop(session);
                states.begin(session);
            }
            case "logout" -> {
                boolean isRunning = !session.status.equals("STOPPED");
                states.stop(session);
                states.logout(session);
                if (isRunning) {
                    states.begin(session);
                }
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(Answer.created(whole(session)));
    }

    private static JsonNode timelock(FakeSession session) {
        return session.timelock.isObject()
                ? session.timelock
                : object().put("isActive", false)
                        .put("enforcementType", "DEFAULT")
                        .putNull("timeEnforcementEnds");
    }

    private static JsonNode capping(FakeSession session) {
        return session.capping.isObject()
                ? session.capping
                : object().put("cappingStatus", "NONE").put("totalQuota", -1).put("usedQuota", 0);
    }
}
