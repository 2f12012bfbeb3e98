package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.accounts.domains.Domain.State;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import jakarta.inject.Singleton;

/// Checks the proofs of domains, which decide whether their hosts are served, and tells of every change.
@Singleton
record DomainStates(
        Database database,
        DomainProofs proofs,
        DnsRecords records,
        DomainMails mails,
        DomainLapses lapses,
        Audit audit,
        Clock clock) {

    /// How long a host is served without its proof.
    static final Duration TOLERATED = Duration.ofDays(7);

    private static final Duration HOURLY = Duration.ofHours(1);
    private static final Duration DAILY = Duration.ofDays(1);
    private static final Duration HOURLY_FOR = Duration.ofDays(3);
    private static final String NOT_FOUND = "The TXT record was not found.";
    private static final String OF_OTHERS = "Another account has proved that it owns this domain.";

    void added(Tx tx, Actor actor, Domain domain) {
        note(tx, actor, domain, "DomainAdded");
    }

    void removed(Tx tx, Actor actor, Domain domain) {
        note(tx, actor, domain, "DomainRemoved");
        lapses.changed(
                tx, domain.checked(State.OFF, Optional.empty(), Optional.empty(), Optional.empty(), clock.instant()));
    }

    /// Looks the proof up and keeps what was found.
    public Outcome<Domain> check(Owner owner, UUID id) {
        return database.read(owner.tenant(), tx -> new DomainStore(tx).find(owner, id))
                .map(domain -> {
                    DomainProofs.Seen seen = proofs.of(domain);
                    boolean isProved = seen instanceof DomainProofs.Seen.Texts texts && texts.contain(domain);
                    Optional<String> lost = isProved ? records.lost(domain.host()) : Optional.empty();
                    return database.write(tx -> new DomainStore(tx)
                            .find(owner, id)
                            .map(now -> Outcome.done(keep(tx, now, seen, lost)))
                            .orElseGet(Outcome::notFound));
                })
                .orElseGet(Outcome::notFound);
    }

    /// @return how many
    int checkDue(int most) {
        List<Domain> due = database.read(tx -> new DomainStore(tx).due(clock.instant(), most));
        List<Future<Outcome<Domain>>> looked;
        try (var lookingUp = Executors.newVirtualThreadPerTaskExecutor()) {
            looked = due.stream()
                    .map(domain -> lookingUp.submit(() -> check(domain.owner(), domain.id())))
                    .toList();
        }
        looked.stream()
                .filter(one -> one.state() == Future.State.FAILED)
                .map(Future::exceptionNow)
                .findFirst()
                .ifPresent(why -> {
                    throw new IllegalStateException("Not all domains could be checked", why);
                });
        return due.size();
    }

    private Domain keep(Tx tx, Domain before, DomainProofs.Seen seen, Optional<String> lost) {
        Domain after = switch (seen) {
            case DomainProofs.Seen.Unknown(String why) ->
                before.checked(
                        before.state(), Optional.of(why), before.provedAt(), before.missingSince(), clock.instant());
            case DomainProofs.Seen.Texts texts when !texts.contain(before) -> withoutProof(tx, before);
            case DomainProofs.Seen.Texts texts -> proved(tx, before, texts, lost);
        };
        new DomainStore(tx).checked(after.owner(), after, clock.instant().plus(pause(after)));
        if (before.state().isServed() != after.state().isServed()) {
            note(tx, Actor.SERVER, after, after.state().isServed() ? "DomainProved" : "DomainSwitchedOff");
            lapses.changed(tx, after);
        } else if (before.leadsHere() != after.leadsHere()) {
            lapses.changed(tx, after); // addresses of the account's pages are others now
        }
        return after.state().isServed() ? lapses.settle(tx, after) : after;
    }

    /// Hourly at first until all is right, and while a host is served without its proof; then daily.
    private Duration pause(Domain domain) {
        boolean isNew = domain.createdAt().plus(HOURLY_FOR).isAfter(clock.instant());
        boolean isRight = domain.state() == State.ACTIVE && domain.problem().isEmpty();
        return isNew && !isRight || domain.state() == State.MISSING ? HOURLY : DAILY;
    }

    private Domain proved(Tx tx, Domain before, DomainProofs.Seen.Texts texts, Optional<String> lost) {
        Instant now = clock.instant();
        Optional<Domain> other = new DomainStore(tx)
                .served(before.host())
                .filter(domain -> !domain.id().equals(before.id()));
        if (other.filter(texts::contain).isPresent()) {
            return before.checked(
                    before.state(), Optional.of(OF_OTHERS), before.provedAt(), before.missingSince(), now);
        }
        other.ifPresent(domain -> switchOff(tx, domain, OF_OTHERS));
        return before.checked(State.ACTIVE, lost, before.provedAt().or(() -> Optional.of(now)), Optional.empty(), now);
    }

    private Domain withoutProof(Tx tx, Domain before) {
        Instant now = clock.instant();
        Optional<Instant> since = before.missingSince().or(() -> Optional.of(now));
        return switch (before.state()) {
            case PENDING, OFF ->
                before.checked(
                        before.state(),
                        Optional.of(before.problem().filter(OF_OTHERS::equals).orElse(NOT_FOUND)),
                        before.provedAt(),
                        before.missingSince(),
                        now);
            case ACTIVE -> before.checked(State.MISSING, Optional.of(NOT_FOUND), before.provedAt(), since, now);
            case MISSING -> {
                boolean isOver = !since.orElseThrow().plus(TOLERATED).isAfter(now);
                if (isOver) {
                    mails.switchedOff(tx, before, NOT_FOUND);
                }
                yield before.checked(
                        isOver ? State.OFF : State.MISSING, Optional.of(NOT_FOUND), before.provedAt(), since, now);
            }
        };
    }

    private void switchOff(Tx tx, Domain domain, String why) {
        Domain off =
                domain.checked(State.OFF, Optional.of(why), domain.provedAt(), domain.missingSince(), clock.instant());
        new DomainStore(tx).checked(off.owner(), off, clock.instant().plus(DAILY));
        note(tx, Actor.SERVER, off, "DomainSwitchedOff");
        mails.switchedOff(tx, off, why);
        lapses.changed(tx, off);
    }

    private void note(Tx tx, Actor actor, Domain domain, String act) {
        audit.note(tx, actor, domain, act, Map.of("host", domain.host().value()));
    }
}
