package dev.banyan.platform.web.gate;

import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/// Lets a stop wait for what is worked on, even if its client has left: it would find the database closed.
@PreMatching
@Provider
@Singleton
record WorkUnderWay(Drain drain) implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String KEY = WorkUnderWay.class.getName();

    @Override
    public void filter(ContainerRequestContext request) {
        if (drain.began()) {
            request.setProperty(KEY, true);
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(KEY) != null) {
            request.removeProperty(KEY);
            drain.ended();
        }
    }
}
