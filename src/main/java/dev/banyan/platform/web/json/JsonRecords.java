package dev.banyan.platform.web.json;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/// Sends records, maps and lists as JSON whatever the client accepts. Without it, a client that accepts only
/// `text/html` or a picture gets the text that Java makes of the record.
@Provider
@Singleton
final class JsonRecords implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext answer) {
        Object entity = answer.getEntity();
        boolean isData = entity instanceof Record && !(entity instanceof TemplateInstance)
                || entity instanceof Map
                || entity instanceof Collection
                || entity instanceof JsonNode;
        if (isData && !answer.getHeaders().containsKey(HttpHeaders.CONTENT_TYPE)) {
            answer.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_TYPE);
        }
    }
}
