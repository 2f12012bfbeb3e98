package dev.banyan.accounts.domains;

import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import jakarta.inject.Singleton;

/// Looks proofs up again: hourly while a domain is new or its proof is gone, else daily.
@Singleton
final class DomainChecks implements Recurring {

    private static final int AT_ONCE = 50;

    private final Domains domains;

    DomainChecks(Domains domains) {
        this.domains = domains;
    }

    @Override
    public Job job() {
        return Job.scheduled(
                "1m", "1m", "check-domains", "Looks up whether custom domains are still proved.", this::run);
    }

    void run() {
        domains.checkDue(AT_ONCE);
    }
}
