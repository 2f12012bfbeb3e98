package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Whether our app gets the webhooks of the account, and at which address.
final class FakeSubscription {

    private static final String APP = "600000000000001";

    private final FakeHooks hooks;
    private volatile boolean isSubscribed;
    private volatile Optional<String> override = Optional.empty();
    private volatile Optional<URI> greeted = Optional.empty();

    FakeSubscription(FakeHooks hooks) {
        this.hooks = hooks;
    }

    void greetsAt(URI address) {
        greeted = Optional.of(address);
    }

    Optional<String> override() {
        return override;
    }

    void subscribe() {
        isSubscribed = true;
    }

    boolean isSubscribed() {
        return isSubscribed;
    }

    FakeResponse answer(FakeRequest request) {
        return request.method().equals("GET") ? subscriptions() : subscribe(request);
    }

    private FakeResponse subscriptions() {
        ObjectNode answer = GraphJson.object();
        ArrayNode data = answer.putArray("data");
        if (isSubscribed) {
            ObjectNode app = data.addObject();
            app.putObject("whatsapp_business_api_data").put("id", APP).put("name", "Banyan");
            override.ifPresent(uri -> app.put("override_callback_uri", uri));
        }
        return FakeResponse.ok(answer);
    }

    private FakeResponse subscribe(FakeRequest request) {
        if (request.method().equals("DELETE")) {
            isSubscribed = false;
            override = Optional.empty();
            return FakeResponse.success();
        }
        JsonNode body = request.json();
        String uri = body.path("override_callback_uri").asText();
        if (!uri.isEmpty()) {
            if (!uri.startsWith("https://") || uri.length() > 200) {
                throw new FakeErrors.Refused(100, "override_callback_uri is not valid");
            }
            String verifyToken = body.path("verify_token").asText();
            if (greeted.isPresent() && !hooks.greets(greeted.get(), verifyToken)) {
                throw new FakeErrors.Refused(2200, "Callback verification failed");
            }
        }
        override = Optional.of(uri).filter(given -> !given.isEmpty());
        isSubscribed = true;
        return FakeResponse.success();
    }
}
