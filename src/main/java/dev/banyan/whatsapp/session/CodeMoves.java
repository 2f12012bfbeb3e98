package dev.banyan.whatsapp.session;

import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.whatsapp.messages.Deliveries;
import dev.banyan.whatsapp.messages.Wake;
import jakarta.inject.Singleton;

/// Lets the next number send a one-time code that has not arrived.
@Singleton
record CodeMoves(Deliveries deliveries, Wake wake) implements Recurring {

    @Override
    public Job job() {
        return Job.scheduled(
                "2s", "5s", "move-codes", "Sends codes that have not arrived from the next number.", this::run);
    }

    void run() {
        deliveries.moveCodes().forEach(wake::wake);
    }
}
