package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Done;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Failed;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;

/// Makes Meta send the webhooks of a business account here.
record CloudSubscriptions(GraphCalls graph) {

    static final String NO_WABA =
            "Enter the WhatsApp Business Account ID: without it, numbers and templates can’t be listed and webhooks"
                    + " can’t be registered.";

    /// Meta takes no longer one.
    private static final int LONGEST_ADDRESS = 200;

    /// Where the webhooks of a business account go.
    ///
    /// @param isSubscribed whether any app gets them
    /// @param isHere whether an address was set for this account that is ours
    record Subscription(boolean isSubscribed, boolean isHere) {}

    GatewayAnswer<Subscription> of(GatewayAccess gateway, String waba) {
        return graph.get(gateway, path(waba)).map(list -> {
            boolean isHere = false;
            for (JsonNode app : list.path("data")) {
                isHere |= GraphJson.text(app, "override_callback_uri").equals(hook(gateway));
            }
            return new Subscription(!list.path("data").isEmpty(), isHere);
        });
    }

    /// Returns whether the webhooks of a number come here, as its node says: its own address counts first, then that of
    /// its business account, then that of the app.
    static boolean comesHere(GatewayAccess gateway, JsonNode node) {
        JsonNode addresses = node.path("webhook_configuration");
        String effective = GraphJson.first(
                GraphJson.text(addresses, "phone_number"),
                GraphJson.text(addresses, "whatsapp_business_account"),
                GraphJson.text(addresses, "application"));
        return effective.equals(hook(gateway));
    }

    /// Subscribes the app, and sets our address where Meta takes it. Does nothing if that is done already.
    ///
    /// @return what is missing, as a full sentence for people; empty if all is well
    Optional<String> ensure(GatewayAccess gateway, JsonNode node) {
        Optional<String> waba = GraphCalls.waba(gateway);
        if (waba.isEmpty()) {
            return comesHere(gateway, node) ? Optional.empty() : Optional.of(NO_WABA);
        }
        return switch (of(gateway, waba.get())) {
            case Failed<Subscription>(Trouble trouble) ->
                Optional.of("We can’t see where webhooks go: " + trouble.sentence());
            case Done<Subscription>(Subscription now) ->
                isDone(gateway, node, now) ? elsewhere(gateway, node) : subscribe(gateway, waba.get());
        };
    }

    private static boolean isDone(GatewayAccess gateway, JsonNode node, Subscription now) {
        return now.isSubscribed() && (now.isHere() || comesHere(gateway, node) || !isTaken(gateway));
    }

    /// Meta calls encrypted addresses only.
    static boolean isTaken(GatewayAccess gateway) {
        return hook(gateway).toLowerCase(Locale.ROOT).startsWith("https://")
                && hook(gateway).length() <= LONGEST_ADDRESS;
    }

    private static Optional<String> elsewhere(GatewayAccess gateway, JsonNode node) {
        String own = GraphJson.text(node.path("webhook_configuration"), "phone_number");
        return own.isEmpty() || own.equals(hook(gateway))
                ? Optional.empty()
                : Optional.of(
                        "Webhooks of this number go to another address, which was set for the number itself. Remove"
                                + " it in Meta’s dashboard.");
    }

    private Optional<String> subscribe(GatewayAccess gateway, String waba) {
        ObjectNode body = GraphJson.object();
        if (isTaken(gateway)) {
            body.put("override_callback_uri", hook(gateway))
                    .put("verify_token", GraphCalls.credentials(gateway).verifyToken());
        }
        return switch (graph.post(gateway, path(waba), body)) {
            case Done<JsonNode> _ -> Optional.empty();
            case Failed<JsonNode>(Trouble trouble) ->
                Optional.of("Webhooks couldn’t be registered: " + trouble.sentence() + " " + byHand(gateway));
        };
    }

    /// Returns what to enter where.
    static String byHand(GatewayAccess gateway) {
        return "In Meta’s app dashboard, under WhatsApp > Configuration, enter the callback URL " + hook(gateway)
                + " and the verify token of this connection, and subscribe to the field “messages”.";
    }

    private static String hook(GatewayAccess gateway) {
        URI hook = gateway.hook();
        return hook.toString();
    }

    private static String path(String waba) {
        return "/" + GraphCalls.encoded(waba) + "/subscribed_apps";
    }
}
