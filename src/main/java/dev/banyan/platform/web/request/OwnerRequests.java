package dev.banyan.platform.web.request;

import module java.base;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.RequestPath;
import io.quarkus.arc.All;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriInfo;

/// Makes [OwnerRequest] and [OwnerPage] available as parameters of resource methods.
@Singleton
record OwnerRequests(@All List<OwnerEntrance> entrances) {

    @Produces
    @Dependent
    @Unremovable
    @Typed(OwnerRequest.class)
    OwnerRequest request(Call call, UriInfo address) {
        return open(call, address);
    }

    @Produces
    @Dependent
    @Unremovable
    @Typed(OwnerPage.class)
    OwnerPage page(Call call, UriInfo address) {
        return (OwnerPage) open(call, address);
    }

    private OwnerRequest open(Call call, UriInfo address) {
        String path = RequestPath.of(call.routing().request());
        OwnerEntrance entrance = entrances.stream()
                .filter(one -> path.startsWith(one.root()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No entrance leads to " + path));
        OwnerRequest request = entrance.open(call, address.getPathParameters(), FormAccount.named());
        request.keep(call.routing());
        return request;
    }
}
