package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.WahaCalls.gone;
import static dev.banyan.whatsapp.drivers.waha.WahaCalls.isUnknown;
import static dev.banyan.whatsapp.drivers.waha.WahaCalls.read;
import static dev.banyan.whatsapp.drivers.waha.WahaCalls.session;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.connections.RemoteNumber;
import dev.banyan.whatsapp.drivers.Gateway.Checked;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;
import dev.banyan.whatsapp.drivers.Line;

/// The sessions of a WAHA server: looking at them, creating, starting, stopping and removing them.
record WahaSessions(WahaCalls calls, Clock clock) {

    private static final String ALL = "/api/sessions?all=true"; // without "all", stopped sessions are hidden
    private static final String VERSION = "/api/server/version";
    private static final String OLD_VERSION = "/api/version";

    GatewayAnswer<Checked> check(GatewayAccess gateway) {
        Reply newer = calls.get(gateway, VERSION, calls.limits().state());
        Reply version = newer instanceof Reply.Answered missing && missing.status() == 404
                ? calls.get(gateway, OLD_VERSION, calls.limits().state())
                : newer;
        if (version instanceof Reply.Answered answer && answer.status() == 404
                || version instanceof Reply.Answered page
                        && page.isSuccess()
                        && !page.json().has("version")) {
            return GatewayAnswer.failed(
                    Trouble.Kind.REFUSED, "There is no WAHA at this address. Check the address and the port.");
        }
        return read(version, GatewayAnswer::done)
                .then(facts -> sessions(gateway).map(sessions -> checked(facts, sessions)));
    }

    private Checked checked(JsonNode facts, List<JsonNode> sessions) {
        Optional<String> version = WahaJson.text(facts.path("version"));
        Optional<String> name = WahaJson.text(facts.path("engine"));
        List<RemoteNumber> numbers = sessions.stream()
                .map(session ->
                        new RemoteNumber(session.path("name").asText(), WahaStates.of(session, clock.instant())))
                .toList();
        boolean isPlus = facts.path("tier").asText().equals("PLUS");
        return new Checked(
                version, name, numbers, missing(WahaEngine.of(name, version), isPlus), true, Optional.empty());
    }

    private static List<String> missing(WahaEngine engine, boolean isPlus) {
        var all = new ArrayList<String>();
        if (!engine.isComplete() && !isPlus) {
            all.add("Update WAHA to 2026.6.1 or later: older free versions have one session and can’t send files.");
        } else if (engine.isWithoutBrowser() && !engine.takesOurIds()) {
            all.add("Update WAHA to 2026.4.3 or later, so that a message can be repeated without arriving twice.");
        }
        return all;
    }

    GatewayAnswer<Map<String, NumberStatus>> statuses(GatewayAccess gateway, List<Line> lines) {
        return sessions(gateway).map(sessions -> {
            var all = new HashMap<String, NumberStatus>();
            lines.forEach(line -> all.put(line.remote(), NumberStatus.of(NumberStatus.State.STOPPED)));
            sessions.forEach(
                    session -> all.put(session.path("name").asText(), WahaStates.of(session, clock.instant())));
            return Map.copyOf(all);
        });
    }

    /// A session that is missing is made when a number of ours is linked, but can't be adopted.
    GatewayAnswer<NumberStatus> numberOf(GatewayAccess gateway, String remote) {
        return sessions(gateway)
                .then(sessions -> sessions.stream()
                        .filter(session -> session.path("name").asText().equals(remote))
                        .findFirst()
                        .map(session -> GatewayAnswer.done(WahaStates.of(session, clock.instant())))
                        .orElseGet(
                                () -> GatewayAnswer.failed(Trouble.Kind.UNKNOWN, "WAHA doesn’t know this session.")));
    }

    private GatewayAnswer<List<JsonNode>> sessions(GatewayAccess gateway) {
        return read(calls.get(gateway, ALL), list -> {
            var all = new ArrayList<JsonNode>();
            list.forEach(all::add);
            return GatewayAnswer.done(all);
        });
    }

    GatewayAnswer<NumberStatus> status(Line line) {
        Reply reply = calls.get(line.gateway(), session(line), calls.limits().state());
        return isUnknown(reply) ? GatewayAnswer.done(NumberStatus.of(NumberStatus.State.STOPPED)) : state(reply);
    }

    private GatewayAnswer<NumberStatus> state(Reply reply) {
        return read(reply, session -> GatewayAnswer.done(WahaStates.of(session, clock.instant())));
    }

    GatewayAnswer<NumberStatus> prepare(Line line) {
        if (line.proxy().filter(proxy -> !proxy.kind().equals("http")).isPresent()) {
            return GatewayAnswer.failed(
                    Trouble.Kind.UNSUPPORTED, "WAHA can use HTTP proxies only. Choose another proxy.");
        }
        Reply there = calls.get(line.gateway(), session(line), calls.limits().state());
        return isUnknown(there)
                ? engine(line, WahaCalls.object()).then(engine -> create(line, engine))
                : read(there, session -> complete(line, session));
    }

    private GatewayAnswer<NumberStatus> create(Line line, WahaEngine engine) {
        ObjectNode body = WahaCalls.object().put("name", line.remote()).put("start", false);
        body.set("config", WahaConfig.fresh(line, engine));
        Reply reply = calls.post(line.gateway(), "/api/sessions", body);
        boolean exists = reply instanceof Reply.Answered answer
                && answer.status() == 422
                && WahaErrors.words(answer.json()).contains("already exists");
        return exists
                ? read(calls.get(line.gateway(), session(line), calls.limits().state()), now -> complete(line, now))
                : state(reply);
    }

    private GatewayAnswer<NumberStatus> complete(Line line, JsonNode session) {
        return engine(line, session)
                .then(engine -> WahaConfig.fits(session.path("config"), line, engine)
                        ? GatewayAnswer.done(WahaStates.of(session, clock.instant()))
                        : change(line, session, engine));
    }

    private GatewayAnswer<NumberStatus> change(Line line, JsonNode session, WahaEngine engine) {
        ObjectNode body = WahaCalls.object().put("name", line.remote());
        body.set("config", WahaConfig.completed(session.path("config"), line, engine));
        return state(calls.call(
                "PUT", line.gateway(), session(line), body, calls.limits().usual()));
    }

    /// Returns the engine of a session, else of the last check, else of the server.
    private GatewayAnswer<WahaEngine> engine(Line line, JsonNode session) {
        var facts = line.gateway().connection().facts();
        Optional<String> known =
                WahaJson.text(session.path("engine").path("engine")).or(facts::engine);
        if (known.isPresent()) {
            return GatewayAnswer.done(WahaEngine.of(known, facts.version()));
        }
        return read(calls.get(line.gateway(), VERSION, calls.limits().state()), GatewayAnswer::done)
                .map(server ->
                        WahaEngine.of(WahaJson.text(server.path("engine")), WahaJson.text(server.path("version"))));
    }

    /// A session that has failed counts as started for WAHA, and only a restart moves it.
    GatewayAnswer<NumberStatus> start(Line line) {
        return again(line, it -> post(it, "/start")).then(status -> switch (status.state()) {
            case UNLINKED, GIVEN_UP -> restart(line);
            case STOPPED, STARTING, CODE, PASSKEY, WORKING, RESTRICTED, BANNED, BLOCKED -> GatewayAnswer.done(status);
        });
    }

    GatewayAnswer<NumberStatus> restart(Line line) {
        return again(line, it -> post(it, "/restart"));
    }

    /// A server that has lost its sessions gets this one back.
    private GatewayAnswer<NumberStatus> again(Line line, Function<Line, Reply> step) {
        Reply reply = step.apply(line);
        return isUnknown(reply) ? prepare(line).then(_ -> state(post(line, "/start"))) : state(reply);
    }

    GatewayAnswer<Boolean> pause(Line line) {
        return gone(post(line, "/stop"));
    }

    /// Logging out comes first, because a session that is deleted while it is broken may stay on the phone’s list.
    /// A broken session can’t log out, and is deleted all the same.
    GatewayAnswer<Boolean> remove(Line line) {
        Reply logout = post(line, "/logout");
        boolean isWorthDeleting =
                logout instanceof Reply.Answered answer && answer.status() != 401 && answer.status() != 403;
        return isWorthDeleting ? gone(calls.delete(line.gateway(), session(line))) : gone(logout);
    }

    private Reply post(Line line, String step) {
        return calls.post(line.gateway(), session(line) + step, WahaCalls.object());
    }
}
