package dev.banyan.platform.web.gate;

import module java.base;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;

/// Requires a body on JSON routes whose method takes one: no body, or the JSON `null`, is answered with 400 and never
/// becomes null.
@Provider
@Singleton
final class BodyRequired implements ReaderInterceptor {

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        Object body = context.proceed();
        if (body == null && MediaType.APPLICATION_JSON_TYPE.isCompatible(context.getMediaType())) {
            throw new WebApplicationException("The body must be a JSON object", 400);
        }
        return body;
    }
}
