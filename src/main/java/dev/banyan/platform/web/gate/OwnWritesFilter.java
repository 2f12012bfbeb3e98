package dev.banyan.platform.web.gate;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.platform.Caller;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OwnWrites;
import dev.banyan.platform.db.ReplicatedDatabase;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.SetCookie;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/// Knows how far each caller's own writes reach, so that a replica is read only if it has them. Browsers carry it on to
/// other servers in a cookie, which is no secret: a forged one leads to the primary. Programs keep no cookies, so
/// where there are other servers, they read from the primary; so do strangers. Without a replica it does nothing.
@Provider
@Singleton
@Priority(Priorities.AUTHENTICATION + 2)
final class OwnWritesFilter implements ContainerRequestFilter, ContainerResponseFilter {

    static final String COOKIE = "banyan_written";

    /// A replica that is further behind is not read at all.
    private static final Duration KEPT = Duration.ofMinutes(1);

    private static final int MOST = 100_000;
    private static final Pattern POSITION = Pattern.compile("[0-9a-f]{1,15}");
    private static final String READER = OwnWritesFilter.class.getName();

    private final Settings settings;
    private final CurrentVertxRequest current;
    private final boolean hasReplica;
    private final Cache<String, OwnWrites> readers =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(KEPT).build();

    OwnWritesFilter(Database database, Settings settings, MeterRegistry registry, CurrentVertxRequest current) {
        this.settings = settings;
        this.current = current;
        this.hasReplica = database instanceof ReplicatedDatabase;
        if (database instanceof ReplicatedDatabase replicated) {
            Gauge.builder("banyan.database.replica.read", replicated, replica -> replica.isReplicaRead() ? 1 : 0)
                    .description("1 while the replica is read, 0 while everything is read from the primary")
                    .register(registry);
            Gauge.builder("banyan.database.replica.lag", replicated, OwnWritesFilter::seconds)
                    .description("How far the replica is behind")
                    .baseUnit("seconds")
                    .register(registry);
        }
    }

    private static double seconds(ReplicatedDatabase database) {
        return database.behind().map(behind -> behind.toMillis() / 1_000.0).orElse(Double.NaN);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (hasReplica) {
            var call = new Call(current.getCurrent());
            Optional<OwnWrites> reader = Callers.owner(call.caller())
                    .filter(_ -> !settings.cluster() || !isProgram(call.caller()))
                    .map(owner -> readers.get(owner, _ -> new OwnWrites()));
            reader.ifPresent(known -> {
                known.raise(position(call));
                request.setProperty(READER, known);
            });
            OwnWrites.bind(reader);
        }
    }

    private static boolean isProgram(Caller caller) {
        return caller instanceof Caller.ApiKey || caller instanceof Caller.WorkspaceKey;
    }

    private static long position(Call call) {
        return call.cookie(COOKIE)
                .filter(text -> POSITION.matcher(text).matches())
                .map(text -> Long.parseLong(text, 16))
                .orElse(0L);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext answer) {
        if (request.getProperty(READER) instanceof OwnWrites reader && !RenewedCookieFilter.isForEverybody(answer)) {
            var call = new Call(current.getCurrent());
            if (reader.position() > position(call) && !isProgram(call.caller())) {
                String position = Long.toHexString(reader.position());
                answer.getHeaders()
                        .add(HttpHeaders.SET_COOKIE, SetCookie.of(COOKIE, position, KEPT, settings.isHttps()));
            }
        }
    }
}
