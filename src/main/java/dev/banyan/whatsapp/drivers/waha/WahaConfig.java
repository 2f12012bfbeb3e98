package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.Line;

/// The configuration of a session: our webhook, our proxy and our mark. What others have set is kept.
final class WahaConfig {

    private static final List<String> EVENTS = List.of(
            "message.any",
            "message.ack",
            "message.reaction",
            "message.edited",
            "message.revoked",
            "poll.vote",
            "session.status",
            "call.rejected",
            "presence.update");
    private static final String ENGINE_EVENT = "engine.event";
    private static final String CONNECTION = "banyan.connection";
    private static final String SENDER = "banyan.sender";
    /// Marks a proxy as ours, so that we may take it away again.
    private static final String PROXY = "banyan.proxy";

    private static final int RETRY_DELAY_SECONDS = 2;
    private static final int RETRIES = 15;

    private WahaConfig() {}

    /// Returns the configuration of a new session. Groups are left to us; stories and channels never leave WAHA.
    static ObjectNode fresh(Line line, WahaEngine engine) {
        ObjectNode config = WahaCalls.object();
        config.putObject("ignore")
                .put("status", true)
                .put("groups", false)
                .put("channels", true)
                .put("broadcast", true);
        if (engine.isNoweb()) {
            // Without its store there is no history, and it can’t be turned on after linking.
            config.putObject("noweb").putObject("store").put("enabled", true).put("fullSync", false);
        }
        return completed(config, line, engine);
    }

    /// Returns whether nothing is to be changed. A change restarts the session.
    static boolean fits(JsonNode config, Line line, WahaEngine engine) {
        return hooks(config).stream()
                                .filter(hook -> isOurs(hook, line.gateway()))
                                .count()
                        == 1
                && hooks(config).stream().anyMatch(hook -> isReady(hook, line.gateway(), engine))
                && hasItsProxy(config, line);
    }

    private static boolean isReady(JsonNode hook, GatewayAccess gateway, WahaEngine engine) {
        return hook.path("url").asText().equals(gateway.hook().toString())
                && isSame(hook.path("hmac").path("key"), gateway.credentials().hookSecret())
                && events(hook).containsAll(events(engine));
    }

    private static Set<String> events(JsonNode hook) {
        var all = new HashSet<String>();
        hook.path("events").forEach(event -> all.add(event.asText()));
        return all;
    }

    private static List<String> events(WahaEngine engine) {
        var all = new ArrayList<>(EVENTS);
        if (engine.isGows()) {
            all.add(ENGINE_EVENT);
        }
        return all;
    }

    /// Secrets that are shown as asterisks only are taken as right: otherwise each look would restart the session.
    private static boolean isSame(JsonNode there, String wanted) {
        String text = there.asText();
        return text.equals(wanted) || !text.isEmpty() && text.chars().allMatch(letter -> letter == '*');
    }

    private static boolean hasItsProxy(JsonNode config, Line line) {
        JsonNode there = config.path("proxy");
        return line.proxy()
                .map(proxy -> there.path("server").asText().equals(server(proxy))
                        && there.path("username").asText("").equals(proxy.user())
                        && (proxy.password().isEmpty() || isSame(there.path("password"), proxy.password())))
                .orElseGet(() -> !hasOurProxy(config));
    }

    private static boolean hasOurProxy(JsonNode config) {
        return config.path("proxy").isObject() && config.path("metadata").has(PROXY);
    }

    private static String server(Line.Proxy proxy) {
        return proxy.host() + ":" + proxy.port();
    }

    /// Returns the whole configuration with what is ours: WAHA replaces all of it.
    static ObjectNode completed(JsonNode config, Line line, WahaEngine engine) {
        ObjectNode all = config instanceof ObjectNode object ? object.deepCopy() : WahaCalls.object();
        ArrayNode hooks = all.arrayNode();
        hooks(config).stream().filter(hook -> !isOurs(hook, line.gateway())).forEach(hooks::add);
        hooks.add(hook(line.gateway(), engine));
        all.set("webhooks", hooks);
        boolean hadOurProxy = hasOurProxy(config);
        ObjectNode metadata = all.path("metadata") instanceof ObjectNode there ? there : all.putObject("metadata");
        metadata.put(CONNECTION, line.gateway().connection().id().toString());
        metadata.put(SENDER, line.sender().id().value());
        metadata.remove(PROXY);
        line.proxy()
                .ifPresentOrElse(
                        proxy -> {
                            all.set("proxy", proxy(proxy));
                            metadata.put(PROXY, "true");
                        },
                        () -> {
                            if (hadOurProxy) {
                                all.remove("proxy");
                            }
                        });
        return all;
    }

    private static ObjectNode proxy(Line.Proxy proxy) {
        ObjectNode node = WahaCalls.object().put("server", server(proxy));
        if (!proxy.user().isEmpty()) {
            node.put("username", proxy.user()).put("password", proxy.password());
        }
        return node;
    }

    private static ObjectNode hook(GatewayAccess gateway, WahaEngine engine) {
        ObjectNode hook = WahaCalls.object().put("url", gateway.hook().toString());
        ArrayNode events = hook.putArray("events");
        events(engine).forEach(events::add);
        hook.putObject("hmac").put("key", gateway.credentials().hookSecret());
        hook.putObject("retries")
                .put("policy", "exponential")
                .put("delaySeconds", RETRY_DELAY_SECONDS)
                .put("attempts", RETRIES);
        return hook;
    }

    private static List<JsonNode> hooks(JsonNode config) {
        var all = new ArrayList<JsonNode>();
        config.path("webhooks").forEach(all::add);
        return all;
    }

    /// Ours, also under an address that this server had before.
    private static boolean isOurs(JsonNode hook, GatewayAccess gateway) {
        String url = hook.path("url").asText();
        return url.equals(gateway.hook().toString())
                || url.endsWith("/" + gateway.connection().id());
    }
}
