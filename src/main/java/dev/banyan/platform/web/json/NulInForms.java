package dev.banyan.platform.web.json;

import module java.base;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.core.multipart.FormData;
import org.jboss.resteasy.reactive.server.handlers.FormBodyHandler;
import org.jboss.resteasy.reactive.server.multipart.FormValue;

/// Refuses U+0000 in fields of forms: see [NulInJson], and forms of too many fields. It reads the form before the
/// handler that would read it next, and which then finds it read. A converter of parameters would know less and cost
/// more (decision 0069).
@Provider
@Singleton
final class NulInForms implements ContainerRequestFilter {

    private static final String TOO_MANY = "A form can have up to 1,000 fields";

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        ResteasyReactiveRequestContext context = CurrentRequestManager.get();
        for (var handler : context.getHandlers()) {
            if (handler instanceof FormBodyHandler form) {
                read(form, context);
                if (context.getFormData() != null) {
                    refuseNul(context.getFormData());
                }
                return;
            }
        }
    }

    private static void read(FormBodyHandler form, ResteasyReactiveRequestContext context) throws IOException {
        try {
            form.handle(context);
        } catch (IOException | RuntimeException failure) {
            if (failure.getClass() == RuntimeException.class) { // it has no other for the 1,001st field
                throw new WebApplicationException(TOO_MANY, failure, 413);
            }
            throw failure;
        } catch (Exception failure) {
            throw new IOException(failure);
        }
    }

    private static void refuseNul(FormData form) {
        for (String name : form) {
            for (FormValue value : form.get(name)) {
                if (!value.isFileItem() && value.getValue().indexOf('\0') >= 0) {
                    throw new WebApplicationException("The form" + NulInJson.RULE, 400);
                }
            }
        }
    }
}
