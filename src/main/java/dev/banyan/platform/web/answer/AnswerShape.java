package dev.banyan.platform.web.answer;

import module java.base;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;

/// How the entrance of a request answers. What a resource method takes as `@Context` is one, such as an
/// `OwnerRequest`: it is kept with the request when that is let in, and shapes the method's value, or what it throws.
public interface AnswerShape {

    /// Returns whether it answers with the envelope `{success, data?, message?, error?}`; otherwise with the bare
    /// value.
    default boolean isEnveloped() {
        return false;
    }

    /// Returns the answer to an act that was refused.
    Response answer(Refused refused);

    /// Returns whether it answers with pages, which are shaped already.
    default boolean isPage() {
        return false;
    }

    default void keep(RoutingContext request) {
        request.put(AnswerShape.class.getName(), this);
    }

    static Optional<AnswerShape> of(RoutingContext request) {
        return Optional.ofNullable(request.get(AnswerShape.class.getName()));
    }
}
