package dev.banyan.platform.web.json;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// Says what of a contract's request did nothing ([OtherFields]), in `warnings` of its answer.
record OtherFieldWarnings(ObjectMapper json) {

    private static final String WARNINGS = "warnings";

    @ServerResponseFilter
    void add(ContainerResponseContext response, RoutingContext request) {
        List<String> without = OtherFields.withoutEffect(request);
        if (without.isEmpty()
                || response.getStatus() >= 400
                || !(response.getEntity() instanceof Record || response.getEntity() instanceof Map)) {
            return;
        }
        JsonNode tree = json.valueToTree(response.getEntity());
        if (tree instanceof ObjectNode answer) {
            var warnings = answer.withArray(WARNINGS);
            without.forEach(warnings::add);
            response.setEntity(answer);
        }
    }
}
