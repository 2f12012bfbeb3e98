package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.context.RouteEffects;
import dev.banyan.platform.audit.ActsOfSupport;
import org.junit.jupiter.api.Test;

/// Operators who help an account do what the routes do that are open to them, and nothing else: each act of the audit
/// log
/// is followed back to its routes.
class ActsOfSupportTest {

    @Test
    void eachActOfAnOpenRouteIsSupportsAndNoOther() throws IOException {
        var open = new TreeSet<String>();
        LastingActsTest.acts().forEach((act, routes) -> {
            if (routes.stream().anyMatch(route -> !route.startsWith("GET ") && RouteEffects.isOpenToSupport(route))) {
                open.add(act);
            }
        });
        open.remove("AccessDenied"); // says what was refused
        assertThat(open)
                .as("a route that is open to support, or was: what does it do?")
                .isEqualTo(new TreeSet<>(ActsOfSupport.ALL));
    }
}
