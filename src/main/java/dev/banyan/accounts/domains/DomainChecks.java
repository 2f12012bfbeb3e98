package dev.banyan.accounts.domains;

import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import jakarta.inject.Singleton;

/// Looks proofs up again: hourly while a domain is new or its proof is gone, else daily.
@Singleton
record DomainChecks(DomainStates states, DomainLapses lapses) implements Recurring {

    private static final int AT_ONCE = 50;

    @Override
    public Job job() {
        return Job.scheduled(
                "1m",
                "1m",
                "check-domains",
                "Looks up whether custom domains are still proved, and in the plan.",
                this::run);
    }

    void run() {
        states.checkDue(AT_ONCE);
        lapses.run();
    }
}
