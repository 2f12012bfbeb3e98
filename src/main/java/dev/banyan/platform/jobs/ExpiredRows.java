package dev.banyan.platform.jobs;

import module java.base;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Deletes what has expired, wherever it lies.
@Singleton
record ExpiredRows(@All List<Expiring> all) implements Recurring {

    @Override
    public Job job() {
        return Job.scheduled(
                "10m",
                "1m",
                "forget-expired",
                "Deletes expired sessions, links and stored responses.",
                () -> all.forEach(Expiring::forgetExpired));
    }
}
