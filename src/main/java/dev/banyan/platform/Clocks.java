package dev.banyan.platform;

import module java.base;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// The only clock. Tests replace it with one that they control.
final class Clocks {

    private Clocks() {}

    @Produces
    @Singleton
    static Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC); // the precision of the database
    }
}
