package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.plans.EffectivePlan;
import dev.banyan.accounts.plans.GracePeriod;
import dev.banyan.accounts.plans.PlanFollower;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import io.quarkus.arc.All;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Domains whose plan no longer includes them: they are served for the days of a [GracePeriod], of which the owners get
/// mails, and then lapse until the plan includes them again. A lapsed one stays its account's.
@Singleton
public final class DomainLapses implements PlanFollower {

    private static final int TENANTS_AT_ONCE = 100;

    private final Database database;
    private final Plans plans;
    private final List<HostedKind> kinds;
    private final DomainMails mails;
    private final Event<DomainChanged> changed;
    private final Audit audit;
    private final Clock clock;

    DomainLapses(
            Database database,
            Plans plans,
            @All List<HostedKind> kinds,
            DomainMails mails,
            Event<DomainChanged> changed,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.plans = plans;
        this.kinds = List.copyOf(kinds);
        this.mails = mails;
        this.changed = changed;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void follow(Tx tx, AccountId tenant) {
        List<Domain> domains = new DomainStore(tx).ofTenant(tenant);
        if (!domains.isEmpty()) {
            EffectivePlan plan = plan(tx, tenant);
            domains.forEach(domain -> settle(tx, domain, plan));
        }
    }

    /// Reads the plan as it is now, also in the transaction that changes it.
    private EffectivePlan plan(Tx tx, AccountId tenant) {
        return new AccountStore(tx)
                .find(tenant)
                .map(root -> plans.effective(tx, root))
                .orElseGet(() -> plans.of(Plan.FREE));
    }

    /// Begins the days of grace of a domain that is served, or ends them, as the plan says.
    Domain settle(Tx tx, Domain domain) {
        return settle(tx, domain, plan(tx, domain.owner().tenant()));
    }

    private Domain settle(Tx tx, Domain domain, EffectivePlan plan) {
        boolean isIncluded = isIncluded(domain, plan);
        if (isIncluded == domain.lapse().isEmpty()) {
            return domain;
        }
        Instant now = clock.instant();
        Domain after = domain.lapsing(
                isIncluded
                        ? Optional.empty()
                        : Optional.of(new Domain.Lapse(now.plus(GracePeriod.LENGTH), Optional.of(now))));
        new DomainStore(tx).lapsing(after.owner(), after);
        if (domain.isShown() != after.isShown()) {
            tell(tx, after, "DomainIncluded");
        }
        return after;
    }

    private static boolean isIncluded(Domain domain, EffectivePlan plan) {
        return plan.tierOf(domain.owner()).has(Feature.CUSTOM_DOMAIN);
    }

    /// Sends the mails that are due, and ends what is over. Meant for a job: missed steps are done later.
    void run() {
        List<AccountId> due = database.read(tx -> new DomainStore(tx).lapsesDue(clock.instant(), TENANTS_AT_ONCE));
        due.forEach(tenant -> database.write(tx -> {
            step(tx, tenant);
            return tenant;
        }));
    }

    private void step(Tx tx, AccountId tenant) {
        Instant now = clock.instant();
        EffectivePlan plan = plan(tx, tenant);
        List<Domain> due = new DomainStore(tx)
                .ofTenant(tenant).stream()
                        .filter(domain -> domain.lapse()
                                .flatMap(Domain.Lapse::due)
                                .filter(at -> !at.isAfter(now))
                                .isPresent())
                        .toList();
        due.stream().filter(domain -> isIncluded(domain, plan)).forEach(domain -> settle(tx, domain, plan));
        Map<Boolean, List<Domain>> byEnd = due.stream()
                .filter(domain -> !isIncluded(domain, plan))
                .map(domain -> domain.lapsing(domain.lapse().map(lapse -> lapse.after(now))))
                .collect(Collectors.partitioningBy(Domain::isShown));
        byEnd.values().stream()
                .flatMap(List::stream)
                .forEach(domain -> new DomainStore(tx).lapsing(domain.owner(), domain));
        List<Domain> lapsed = byEnd.getOrDefault(false, List.of());
        lapsed.forEach(domain -> tell(tx, domain, "DomainLapsed"));
        mails.lapsed(tx, tenant, lapsed);
        mails.lapsing(tx, tenant, byEnd.getOrDefault(true, List.of()));
    }

    private void tell(Tx tx, Domain domain, String act) {
        audit.note(tx, Actor.SERVER, domain, act, Map.of("host", domain.host().value()));
        changed(tx, domain);
    }

    /// Tells of a host that has begun or ceased to be shown.
    void changed(Tx tx, Domain domain) {
        HostedKind.of(kinds, domain).ifPresent(kind -> kind.served(tx, domain));
        tx.afterCommit(() -> changed.fire(new DomainChanged(domain.host().value())));
    }
}
