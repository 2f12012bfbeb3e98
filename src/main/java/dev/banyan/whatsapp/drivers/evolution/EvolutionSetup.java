package dev.banyan.whatsapp.drivers.evolution;

import static dev.banyan.whatsapp.drivers.GatewayAnswer.done;
import static dev.banyan.whatsapp.drivers.GatewayAnswer.failed;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.Parse;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.connections.NumberStatus.State;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;
import dev.banyan.whatsapp.drivers.Line;

/// Makes instances ready: they exist, send their webhooks to us, and use their proxy.
record EvolutionSetup(EvolutionCalls calls, EvolutionInstances instances) {

    /// The header that our webhooks carry, because the gateway signs nothing.
    static final String HOOK_HEADER = "x-banyan-secret";

    static final List<String> EVENTS = List.of(
            "QRCODE_UPDATED",
            "CONNECTION_UPDATE",
            "STATUS_INSTANCE",
            "LOGOUT_INSTANCE",
            "REMOVE_INSTANCE",
            "MESSAGES_UPSERT",
            "MESSAGES_UPDATE",
            "MESSAGES_EDITED",
            "MESSAGES_DELETE",
            "SEND_MESSAGE",
            "CALL",
            "PRESENCE_UPDATE");

    /// Its check of the body wants texts, which it then throws away.
    private static final Map<String, Object> NO_PROXY_FIELDS =
            Map.of("enabled", false, "host", "none", "port", "0", "protocol", "http");

    private static final String NO_PROXY =
            "Evolution API can’t use the proxy: it doesn’t answer, or doesn’t change the address that others see.";

    GatewayAnswer<NumberStatus> prepare(Line line) {
        return instances.row(line).then(row -> row.isPresent() ? adopt(line) : create(line));
    }

    private GatewayAnswer<NumberStatus> create(Line line) {
        return make(line).then(made -> made ? done(NumberStatus.of(State.STOPPED)) : adopt(line));
    }

    /// Creates the instance without connecting it, because that blocks for five seconds.
    ///
    /// @return false if another one with this name was faster
    GatewayAnswer<Boolean> make(Line line) {
        var body = new LinkedHashMap<String, Object>();
        body.put("instanceName", line.remote());
        body.put("integration", "WHATSAPP-BAILEYS");
        body.put("qrcode", false);
        line.phone().ifPresent(phone -> body.put("number", phone.digits()));
        body.put("groupsIgnore", false);
        line.proxy().ifPresent(proxy -> proxyFields(proxy, "proxy").forEach(body::put));
        body.put("webhook", webhook(line));
        Reply reply = calls.call(calls.post(line.gateway(), "/instance/create", body));
        if (reply instanceof Reply.Answered answered && !answered.isSuccess()) {
            String words = EvolutionErrors.words(answered);
            if (words.contains("already in use")) {
                return done(false);
            }
            if (words.contains("proxy")) {
                return failed(Trouble.Kind.REFUSED, NO_PROXY);
            }
        }
        return EvolutionCalls.answer(reply).map(_ -> true);
    }

    private GatewayAnswer<NumberStatus> adopt(Line line) {
        return webhookIsOurs(line)
                .then(remark ->
                        proxyIsSet(line).then(_ -> instances.status(line).map(status -> remarked(status, remark))));
    }

    /// One that ran out of codes before is ready to start again.
    private static NumberStatus remarked(NumberStatus status, String remark) {
        boolean isReady = status.state() == State.GIVEN_UP;
        return new NumberStatus(
                isReady ? State.STOPPED : status.state(),
                status.phone(),
                status.device(),
                isReady ? "" : status.reason(),
                status.until(),
                remark);
    }

    private static Map<String, Object> webhook(Line line) {
        return Map.of(
                "enabled",
                true,
                "url",
                line.gateway().hook().toString(),
                "byEvents",
                false,
                "base64",
                false,
                "headers",
                Map.of(HOOK_HEADER, line.gateway().credentials().hookSecret()),
                "events",
                EVENTS);
    }

    /// An instance has one webhook, so registering ours replaces another one; people are told.
    ///
    /// @return the remark; empty if there is nothing to tell
    private GatewayAnswer<String> webhookIsOurs(Line line) {
        return optional(calls.call(calls.get(line, "/webhook/find"))).then(found -> {
            if (found.filter(webhook -> isOurs(webhook, line)).isPresent()) {
                return done("");
            }
            return calls.ask(calls.post(line, "/webhook/set", Map.of("webhook", webhook(line))))
                    .map(_ -> replaced(found, line));
        });
    }

    private static boolean isOurs(JsonNode webhook, Line line) {
        List<String> events = StreamSupport.stream(webhook.path("events").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return webhook.path("enabled").asBoolean(false)
                && webhook.path("url").asText("").equals(line.gateway().hook().toString())
                && !webhook.path("webhookByEvents")
                        .asBoolean(webhook.path("byEvents").asBoolean(false))
                && !webhook.path("webhookBase64")
                        .asBoolean(webhook.path("base64").asBoolean(false))
                && webhook.path("headers")
                        .path(HOOK_HEADER)
                        .asText("")
                        .equals(line.gateway().credentials().hookSecret())
                && events.containsAll(EVENTS);
    }

    /// Names the host only: the address of another webhook may contain a secret.
    private static String replaced(Optional<JsonNode> former, Line line) {
        return former.filter(webhook -> webhook.path("enabled").asBoolean(false))
                .map(webhook -> webhook.path("url").asText(""))
                .filter(url ->
                        !url.isEmpty() && !url.equals(line.gateway().hook().toString()))
                .map(url -> "Banyan has replaced the webhook of this instance, which went to " + host(url)
                        + ". Evolution API allows one webhook per instance.")
                .orElse("");
    }

    private static String host(String url) {
        return Parse.of(url, URI::create).map(URI::getHost).orElse("another address");
    }

    /// Sets the proxy that was chosen, or takes away the one that was chosen before.
    GatewayAnswer<Boolean> changeProxy(Line line) {
        return line.proxy().isPresent()
                ? proxyIsSet(line)
                : EvolutionCalls.answer(calls.call(calls.post(line, "/proxy/set", NO_PROXY_FIELDS)))
                        .map(_ -> true);
    }

    /// Sets the proxy of the line. One that was set without us stays.
    private GatewayAnswer<Boolean> proxyIsSet(Line line) {
        if (line.proxy().isEmpty()) {
            return done(false);
        }
        var fields = proxyFields(line.proxy().get(), "");
        return optional(calls.call(calls.get(line, "/proxy/find"))).then(found -> {
            boolean isSet = found.filter(proxy -> proxy.path("enabled").asBoolean(false)
                            && fields.entrySet().stream()
                                    .allMatch(field -> proxy.path(field.getKey())
                                            .asText("")
                                            .equals(field.getValue())))
                    .isPresent();
            return isSet ? done(false) : setProxy(line, fields);
        });
    }

    private GatewayAnswer<Boolean> setProxy(Line line, Map<String, String> fields) {
        var body = new LinkedHashMap<String, Object>(fields);
        body.put("enabled", true);
        Reply reply = calls.call(calls.post(line, "/proxy/set", body));
        return reply instanceof Reply.Answered answered && answered.status() == 400
                ? failed(Trouble.Kind.REFUSED, NO_PROXY)
                : EvolutionCalls.answer(reply).map(_ -> true);
    }

    /// All values are texts, also the port.
    private static Map<String, String> proxyFields(Line.Proxy proxy, String prefix) {
        var fields = new LinkedHashMap<String, String>();
        fields.put(named(prefix, "host"), proxy.host());
        fields.put(named(prefix, "port"), Integer.toString(proxy.port()));
        fields.put(named(prefix, "protocol"), proxy.kind());
        if (!proxy.user().isEmpty()) {
            fields.put(named(prefix, "username"), proxy.user());
            fields.put(named(prefix, "password"), proxy.password());
        }
        return fields;
    }

    private static String named(String prefix, String field) {
        return prefix.isEmpty() ? field : prefix + field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1);
    }

    /// Takes `null` and 404 as "there is none".
    private static GatewayAnswer<Optional<JsonNode>> optional(Reply reply) {
        if (reply instanceof Reply.Answered answered && answered.status() == 404) {
            return done(Optional.empty());
        }
        return EvolutionCalls.answer(reply).map(json -> Optional.of(json).filter(JsonNode::isObject));
    }
}
