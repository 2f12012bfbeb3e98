package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.web.RequestPath;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Measures what agencies do with their sub-accounts and how long it takes, at the edge: from the request to the end of
/// its answer. Each node measures its own requests.
@Exempt(from = "onlyResourcesSpeakHttp", because = "measures requests at the edge, where their whole time is known")
@Singleton
final class AgencyMeters {

    private static final int AFTER_THE_GATE = 900;
    private static final double MEDIAN = 0.5;
    private static final double NINETY_FIVE = 0.95;

    /// Percentiles cover everything since the start, not the last minutes.
    private static final Duration WHOLE_LIFE = Duration.ofDays(3_650);

    /// The outcome of an operation: done, refused with a reason, or failed.
    enum Outcome implements Keyed {
        DONE,
        REFUSED,
        FAILED
    }

    /// The counts of one kind of operation since the start.
    ///
    /// @param median of the time from request to answer; empty if nothing was counted
    record Counted(long done, long refused, long failed, Optional<Duration> median, Optional<Duration> p95) {

        long all() {
            return done + refused + failed;
        }
    }

    private record Meters(Map<Outcome, Counter> counters, Timer timer) {}

    private final MeterRegistry registry;
    private final Instant start;
    private final Map<AgencyOperation, Meters> meters = new EnumMap<>(AgencyOperation.class);
    private final Map<Outcome, Counter> switches = new EnumMap<>(Outcome.class);
    private final Timer all;

    AgencyMeters(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.start = clock.instant();
        this.all = timer("all");
        for (AgencyOperation operation : AgencyOperation.values()) {
            var counters = new EnumMap<Outcome, Counter>(Outcome.class);
            for (Outcome outcome : Outcome.values()) {
                counters.put(
                        outcome,
                        Counter.builder("banyan.sub_account_operations")
                                .description("What agencies did with their sub-accounts")
                                .tag("operation", operation.key())
                                .tag("outcome", outcome.key())
                                .register(registry));
            }
            meters.put(operation, new Meters(counters, timer(operation.key())));
        }
        for (Outcome outcome : Outcome.values()) {
            switches.put(
                    outcome,
                    Counter.builder("banyan.context_switches")
                            .description("Switches between accounts")
                            .tag("outcome", outcome.key())
                            .register(registry));
        }
    }

    /// @param operation its key, or `all`
    private Timer timer(String operation) {
        return Timer.builder("banyan.sub_account_operation.time")
                .description("From the request to the end of its answer")
                .tag("operation", operation)
                .publishPercentiles(MEDIAN, NINETY_FIVE)
                .distributionStatisticExpiry(WHOLE_LIFE)
                .distributionStatisticBufferLength(1)
                .register(registry);
    }

    void register(@Observes Filters filters) {
        filters.register(this::measure, AFTER_THE_GATE);
    }

    private void measure(RoutingContext context) {
        operation(context).ifPresent(operation -> {
            Timer.Sample sample = Timer.start(registry);
            context.addEndHandler(ended -> {
                if (ended.succeeded()) {
                    count(operation, outcome(context.response()), sample);
                }
            });
        });
        context.next();
    }

    private static Optional<AgencyOperation> operation(RoutingContext context) {
        String path = RequestPath.of(context.request());
        return path.startsWith("/api/admin/") || path.startsWith("/admin/")
                ? AgencyOperation.of(context.request().method() + " " + path)
                : Optional.empty();
    }

    private void count(AgencyOperation operation, Outcome outcome, Timer.Sample sample) {
        Meters of = meters.get(operation);
        if (of == null) {
            throw new IllegalStateException("No meters for " + operation);
        }
        all.record(sample.stop(of.timer()), TimeUnit.NANOSECONDS);
        increment(of.counters(), outcome);
        if (operation == AgencyOperation.SWITCH) {
            increment(switches, outcome);
        }
    }

    private static void increment(Map<Outcome, Counter> counters, Outcome outcome) {
        Optional.ofNullable(counters.get(outcome)).ifPresent(Counter::increment);
    }

    /// Returns the outcome. A form that is redirected to the login was refused.
    private static Outcome outcome(HttpServerResponse response) {
        int status = response.getStatusCode();
        String location = response.headers().get("Location");
        if (status >= 500) {
            return Outcome.FAILED;
        }
        return status >= 400 || location != null && location.startsWith("/login") ? Outcome.REFUSED : Outcome.DONE;
    }

    /// Returns the start of the measurement.
    Instant start() {
        return start;
    }

    Counted counted(AgencyOperation operation) {
        Meters of = meters.get(operation);
        if (of == null) {
            throw new IllegalStateException("No meters for " + operation);
        }
        HistogramSnapshot times = of.timer().takeSnapshot();
        return new Counted(
                number(of, Outcome.DONE),
                number(of, Outcome.REFUSED),
                number(of, Outcome.FAILED),
                percentile(times, MEDIAN),
                percentile(times, NINETY_FIVE));
    }

    /// Returns the counts of all operations together.
    Counted all() {
        long done = 0;
        long refused = 0;
        long failed = 0;
        for (Meters of : meters.values()) {
            done += number(of, Outcome.DONE);
            refused += number(of, Outcome.REFUSED);
            failed += number(of, Outcome.FAILED);
        }
        HistogramSnapshot times = all.takeSnapshot();
        return new Counted(done, refused, failed, percentile(times, MEDIAN), percentile(times, NINETY_FIVE));
    }

    private static long number(Meters of, Outcome outcome) {
        return Optional.ofNullable(of.counters().get(outcome))
                .map(counter -> Math.round(counter.count()))
                .orElse(0L);
    }

    private static Optional<Duration> percentile(HistogramSnapshot times, double wanted) {
        if (times.count() == 0) {
            return Optional.empty();
        }
        for (var value : times.percentileValues()) {
            if (value.percentile() == wanted) {
                return Optional.of(Duration.ofNanos(Math.round(value.value(TimeUnit.NANOSECONDS))));
            }
        }
        return Optional.empty();
    }
}
