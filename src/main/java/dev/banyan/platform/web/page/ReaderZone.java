package dev.banyan.platform.web.page;

import module java.base;
import dev.banyan.platform.web.Call;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.qute.TemplateExtension;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/// The time zone of the person who reads the answer to the request at hand
/// (docs/decisions/0151-times-in-the-readers-zone.md).
///
/// Times are formatted in a hundred places, most of which know nothing of the request, and all of a page are in the
/// same zone. So it is looked up here instead of being passed through all of them.
public final class ReaderZone {

    private ReaderZone() {}

    /// @return empty outside of requests, and before the browser has told its zone
    public static Optional<ZoneId> known() {
        @Nullable ArcContainer container = Arc.container();
        if (container == null || !container.requestContext().isActive()) {
            return Optional.empty();
        }
        @Nullable
        RoutingContext routing =
                container.instance(CurrentVertxRequest.class).get().getCurrent();
        return routing == null ? Optional.empty() : new Call(routing).zone();
    }

    public static ZoneId zone() {
        return known().orElse(ZoneOffset.UTC);
    }

    /// Returns the name that pages show next to times and fields, such as “Asia/Dubai”.
    @TemplateExtension(namespace = "reader", matchName = "zone")
    public static String name() {
        return known().map(ZoneId::getId).orElse("UTC");
    }

    public static LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, zone());
    }
}
