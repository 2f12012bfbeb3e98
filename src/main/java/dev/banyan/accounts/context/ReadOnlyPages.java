package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Paths;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.ReadOnlyHtml;
import dev.banyan.platform.web.page.Words;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// Switches off every control of a page that would change something: of a read-only account’s, and for a viewer.
final class ReadOnlyPages {

    static final String VIEWER = "You have view-only access. Ask an owner if you need to change something.";

    private static final String KEY = "banyan.account-shown";

    /// Forms that work in a read-only account, because they change nothing in it.
    private static final Set<String> CHANGE_NOTHING = Set.of(Paths.CONTEXT, "/theme", "/logout");

    /// Keeps which account the answer of this request shows.
    static void shown(Call call, AccountContext context) {
        call.routing().put(KEY, context);
    }

    @ServerResponseFilter
    void adapt(ContainerResponseContext response, RoutingContext routing) {
        AccountContext context = routing.get(KEY);
        if (context != null && response.getEntity() instanceof String html && isHtml(response.getMediaType())) {
            response.setEntity(adapted(context, html));
        }
    }

    private static String adapted(AccountContext context, String html) {
        return context.acting()
                .suspendsAt()
                .map(until -> "This brand is read-only until " + Words.day(until) + ".")
                .or(() -> Optional.of(VIEWER).filter(_ -> context.membership().readOnly()))
                .map(why -> ReadOnlyHtml.of(html, context.acting().username(), why, CHANGE_NOTHING))
                .orElse(html);
    }

    private static boolean isHtml(MediaType type) {
        return type != null && MediaType.TEXT_HTML_TYPE.isCompatible(type);
    }
}
