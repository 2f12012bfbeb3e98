package dev.banyan.analytics;

import jakarta.inject.Singleton;

/// Takes what visitors do. Returns at once and never fails: who answers a visitor does not wait for counters.
@Singleton
public final class Events {

    public void happened(Event event, Visit visit) {}
}
