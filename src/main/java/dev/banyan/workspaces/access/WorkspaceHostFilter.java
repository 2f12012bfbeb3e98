package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.accounts.domains.HostFilter;
import dev.banyan.accounts.domains.Site;
import dev.banyan.platform.Caller;
import dev.banyan.platform.web.Call;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.*;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;

/// Keeps everyone at a workspace's own host to that workspace: sessions and keys of accounts and of other workspaces
/// find nothing there, and neither does a body that names another workspace. Paths and queries are
/// [HostFilter]'s.
@Provider
@Singleton
@Priority(Priorities.AUTHENTICATION + 2)
public record WorkspaceHostFilter(CurrentVertxRequest current) implements ContainerRequestFilter, ReaderInterceptor {

    /// The field of bodies that names a workspace.
    private static final String NAMED = "shortPath";

    private Optional<Site.Workspace> here() {
        return HostFilter.site(current.getCurrent())
                .filter(Site.Workspace.class::isInstance)
                .map(Site.Workspace.class::cast);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Optional<Site.Workspace> here = here();
        if (here.isPresent() && !isOf(here.get(), new Call(current.getCurrent()).caller())) {
            throw new NotFoundException();
        }
    }

    private static boolean isOf(Site.Workspace here, Caller caller) {
        return switch (caller) {
            case Caller.Anonymous _ -> true;
            case Caller.WorkspaceMember member -> member.workspace().equals(here.id());
            case Caller.WorkspaceKey key -> key.workspace().equals(here.id());
            case Caller.SignedIn _, Caller.Operator _, Caller.Support _, Caller.ApiKey _ -> false;
        };
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException, WebApplicationException {
        Object body = context.proceed();
        Optional<Site.Workspace> here = here();
        if (here.isPresent()
                && named(body).filter(named -> !here.get().isAt(named)).isPresent()) {
            throw new NotFoundException();
        }
        return body;
    }

    private static Optional<String> named(Object body) {
        return body instanceof Record
                ? Arrays.stream(body.getClass().getRecordComponents())
                        .filter(field -> field.getName().equals(NAMED))
                        .findFirst()
                        .flatMap(field -> value(body, field))
                        .filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    private static Optional<String> value(Object body, RecordComponent field) {
        try {
            var accessor = field.getAccessor();
            accessor.setAccessible(true); // the bodies of resources are theirs
            return accessor.invoke(body) instanceof Optional<?> text ? text.map(Object::toString) : Optional.empty();
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
