package dev.banyan.platform.web.request;

import module java.base;
import dev.banyan.platform.web.answer.AnswerShape;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.answer.Refused;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.*;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// Puts what resource methods return and throw into the shape of the request’s entrance ([AnswerShape]).
final class ShapedAnswers {

    @ServerExceptionMapper
    Response answered(EarlyAnswer answered) {
        return answered.getResponse();
    }

    @ServerExceptionMapper
    Response refused(Refused refused, RoutingContext request) {
        return AnswerShape.of(request)
                .map(shape -> shape.answer(refused))
                .orElseThrow(() -> new IllegalStateException("No entrance of this request can say it: " + refused));
    }

    /// Values are records; anything else, such as a file, was shaped by its method.
    @ServerResponseFilter
    void shape(ContainerResponseContext response, RoutingContext request) {
        Optional<AnswerShape> shape = AnswerShape.of(request).filter(known -> !known.isPage());
        if (shape.isEmpty() || response.getStatus() >= 300 || !(response.getEntity() instanceof Record value)) {
            return;
        }
        // Without the charset that the framework adds to values: JSON has only one.
        response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_TYPE);
        if (shape.get().isEnveloped()) {
            response.setEntity(Enveloped.of(value));
        }
    }
}
