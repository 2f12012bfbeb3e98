package dev.banyan.platform.web.request;

import dev.banyan.platform.web.answer.Answered;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.Answers;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// Answers requests for the things of an owner in the shape of their entrance.
final class OwnerAnswers {

    /// A value in the envelope.
    record Enveloped(boolean success, Object data) {}

    @ServerExceptionMapper
    Response answered(Answered answered) {
        return answered.getResponse();
    }

    @ServerExceptionMapper
    Response refused(Refused refused, RoutingContext context) {
        return Objects.requireNonNull(context.<OwnerRequest>get(OwnerRequests.KEY))
                .answer(refused);
    }

    @ServerResponseFilter
    void shape(ContainerResponseContext response, RoutingContext context) {
        OwnerRequest request = context.get(OwnerRequests.KEY);
        if (request == null || request instanceof OwnerPage || response.getStatus() >= 300) {
            return;
        }
        // Without the charset that the framework adds to values: JSON has only one.
        response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_TYPE);
        if (request.isEnveloped()) {
            response.setEntity(
                    response.getEntity() instanceof DoneMessage(String message)
                            ? new Answers.Envelope(true, Optional.of(message), Optional.empty())
                            : new Enveloped(true, response.getEntity()));
        }
    }
}
