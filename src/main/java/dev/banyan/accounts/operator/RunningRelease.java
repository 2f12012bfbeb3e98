package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.platform.config.Release;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;

/// The release that runs here, and since when.
@Singleton
record RunningRelease(Release release, AgencyMeters meters, Clock clock) {

    String name() {
        return release.name();
    }

    String start() {
        return Words.moment(meters.start());
    }

    String age() {
        Duration age = Duration.between(meters.start(), clock.instant());
        return age.toDays() > 0
                ? Words.count(age.toDays(), "day", "days")
                : age.toHours() > 0
                        ? Words.count(age.toHours(), "hour", "hours")
                        : Words.count(Math.max(0, age.toMinutes()), "minute", "minutes");
    }
}
