package dev.banyan.platform.web.answer;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/// Ends a request with an answer before its resource method is called, such as a guard's 401. It has no stack: it is no
/// failure. What isn't a `WebApplicationException` would become a 400 where parameters are made.
public final class EarlyAnswer extends WebApplicationException {

    public EarlyAnswer(Response response) {
        super("EarlyAnswer", response);
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
