package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.platform.web.FilterOrder;
import dev.banyan.platform.web.RequestPath;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Leads requests for a host of an account to what is there, and to nothing else. Runs before anything that answers.
@Singleton
public record HostFilter(ServedHosts hosts) {

    private static final String SITE = "banyan.site";
    private static final String SEEN = "banyan.host-seen";
    private static final String NOTHING = "banyan.host-nothing";
    /// A public address that is never a page: its answer is that of an unknown one.
    private static final String NOWHERE = "/-";

    /// Why a request finds nothing.
    public enum Nothing {
        /// The host is neither ours nor an account's.
        UNKNOWN_HOST,
        /// The host of an account shows nothing at present.
        AWAY,
        /// The host has no such path.
        UNKNOWN_PATH
    }

    void register(@Observes Filters filters) {
        filters.register(this::lead, FilterOrder.HOSTS);
    }

    /// Returns the account’s host that a request was sent to; empty: our own.
    public static Optional<Site> site(RoutingContext context) {
        return Optional.ofNullable(context.get(SITE));
    }

    /// Returns the name of the account’s host that a request was sent to; empty: our own.
    public static Optional<String> host(RoutingContext context) {
        return site(context).map(_ -> named(context));
    }

    private static String named(RoutingContext context) {
        return Optional.ofNullable(context.request().authority())
                .map(HostAndPort::host)
                .map(OwnHosts::withoutPort)
                .orElse("")
                .toLowerCase(Locale.ROOT);
    }

    /// Returns why a request finds nothing, whatever its path and method are by now.
    public static Optional<Nothing> nothing(RoutingContext context) {
        return Optional.ofNullable(context.get(NOTHING));
    }

    /// Returns the pages at the account’s host that a request was sent to.
    public static Optional<Site.Pages> pages(RoutingContext context) {
        return site(context).flatMap(site -> site instanceof Site.Pages pages ? Optional.of(pages) : Optional.empty());
    }

    private void lead(RoutingContext context) {
        if (context.get(SEEN) != null) {
            context.next(); // led below, and here for the second time
            return;
        }
        context.put(SEEN, true);
        String host = named(context);
        if (!hosts.canBeOfAccount(host)) {
            context.next();
            return;
        }
        Optional<Optional<Site>> known = hosts.known(host);
        if (known.isPresent()) {
            lead(context, host, known.get());
            return;
        }
        context.request().pause(); // the body must wait for its reader
        context.vertx()
                .executeBlocking(() -> hosts.read(host), false)
                .onComplete(
                        site -> {
                            context.request().resume();
                            lead(context, host, site);
                        },
                        failure -> {
                            context.request().resume();
                            context.fail(failure);
                        });
    }

    /// Returns the value of a parameter of the query; of several, one that no address has.
    private static String parameters(RoutingContext context, String name) {
        return String.join(" ", context.queryParam(name));
    }

    private void lead(RoutingContext context, String host, Optional<Site> site) {
        if (site.isEmpty()) {
            if (hosts.opensOwnPages()) {
                context.next();
            } else {
                answerNothing(context, Nothing.UNKNOWN_HOST);
            }
            return;
        }
        context.put(SITE, site.get());
        String asked = context.normalizedPath(); // dots and escapes lead nowhere else
        Optional<Site.Place> place =
                site.get().place(asked).filter(_ -> site.get().answers(host, name -> parameters(context, name)));
        String query = Optional.ofNullable(context.request().query())
                .map(text -> "?" + text)
                .orElse("");
        if (place.isEmpty()) {
            answerNothing(context, site.get() instanceof Site.Away ? Nothing.AWAY : Nothing.UNKNOWN_PATH);
        } else if (place.get().isElsewhere()) {
            context.response()
                    .setStatusCode(302)
                    .putHeader("Location", place.get().path() + query)
                    .putHeader("Cache-Control", "no-store")
                    .end();
        } else if (place.get().path().equals(RequestPath.of(context.request()))) {
            context.next();
        } else {
            context.reroute(place.get().path() + query);
        }
    }

    private static void answerNothing(RoutingContext context, Nothing why) {
        context.put(NOTHING, why);
        context.reroute(NOWHERE);
    }
}
