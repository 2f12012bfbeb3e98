package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.accounts.plans.GracePeriod;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Owned;
import dev.banyan.platform.Owner;
import dev.banyan.platform.dns.HostName;
import dev.banyan.platform.web.page.Words;

/// A host name that an account has, or wants to prove that it owns.
///
/// @param page what is at `/`: a page; empty: the default page
/// @param workspace the workspace that is there instead of pages
/// @param problem what the last check found wrong, for people
/// @param missingSince since when the proof is gone
/// @param lapse if the plan no longer includes it
public record Domain(
        UUID id,
        Owner owner,
        HostName host,
        Optional<String> page,
        Optional<String> workspace,
        State state,
        Optional<String> problem,
        Optional<Instant> provedAt,
        Optional<Instant> missingSince,
        Optional<Instant> checkedAt,
        Instant createdAt,
        Optional<Lapse> lapse)
        implements Owned {

    private static final List<Integer> NOTICE_DAYS = List.of(7, 21, 29);

    @Override
    public String idText() {
        return id.toString();
    }

    /// The days in which a domain is shown that the plan no longer includes.
    ///
    /// @param due when owners get the next mail, or the end; empty once it is over
    public record Lapse(Instant endsAt, Optional<Instant> due) {

        /// Returns what remains after what was due by now.
        Lapse after(Instant now) {
            Instant start = endsAt.minus(GracePeriod.LENGTH);
            return new Lapse(
                    endsAt,
                    Stream.concat(NOTICE_DAYS.stream().map(day -> start.plus(Duration.ofDays(day))), Stream.of(endsAt))
                            .filter(now::isBefore)
                            .findFirst());
        }
    }

    /// A domain that was just named.
    static Domain pending(
            UUID id, Owner owner, HostName host, Optional<String> page, Optional<String> workspace, Instant now) {
        return new Domain(
                id,
                owner,
                host,
                page,
                workspace,
                State.PENDING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now,
                Optional.empty());
    }

    static final String NOWHERE =
            "The domain is yours, but it doesn’t lead here yet: it has no address. Enter the records below.";
    static final String ELSEWHERE = "The domain is yours, but it leads to another address than this server’s."
            + " Enter the records below, unless a proxy of yours passes visitors on to us.";

    /// Where a proof is looked up, in front of the host.
    static final String PROOF_AT = "_banyan.";

    public enum State implements Keyed {
        /// Not proved yet.
        PENDING(false),
        ACTIVE(true),
        /// The proof is gone, for less than seven days.
        MISSING(true),
        /// The proof was gone for seven days, or the host was proved by another account.
        OFF(false);

        private final boolean served;

        State(boolean served) {
            this.served = served;
        }

        public boolean isServed() {
            return served;
        }
    }

    /// Returns what is wrong with it, for people: the host itself, or what the last check has found.
    public Optional<String> trouble() {
        return Optional.of(host)
                .filter(name -> provedAt.isEmpty() && name.isPublicSuffix())
                .map(name -> "Anyone can register names below " + name.shown()
                        + ". Remove this domain, and add your own name below it.")
                .or(() -> lapse.filter(_ -> state.isServed()).map(this::outOfPlan))
                .or(() -> problem);
    }

    private String outOfPlan(Lapse gone) {
        return isLapsed()
                ? "Your plan doesn’t include custom domains. This one shows your pages again once your plan includes it."
                : "Your plan no longer includes custom domains. This one works until " + Words.day(gone.endsAt()) + ".";
    }

    private boolean isLapsed() {
        return lapse.filter(gone -> gone.due().isEmpty()).isPresent();
    }

    /// Whether visitors of the host come to this server, as far as is known.
    boolean leadsHere() {
        return problem.filter(List.of(NOWHERE, ELSEWHERE)::contains).isEmpty();
    }

    /// Whether visitors find something there: it is proved, and the plan includes it or did lately.
    public boolean isShown() {
        return state.isServed() && !isLapsed();
    }

    /// Returns its state for people and programs: that of its proof, or `lapsed`.
    String shownState() {
        return state.isServed() && isLapsed() ? "lapsed" : state.key();
    }

    /// Returns the text that proves it.
    public String proof() {
        return "verify=" + id;
    }

    public String proofName() {
        return PROOF_AT + host;
    }

    /// Returns the same host without the workspace that is there.
    Domain released() {
        return new Domain(
                id,
                owner,
                host,
                page,
                Optional.empty(),
                state,
                problem,
                provedAt,
                missingSince,
                checkedAt,
                createdAt,
                lapse);
    }

    Domain lapsing(Optional<Lapse> other) {
        return new Domain(
                id, owner, host, page, workspace, state, problem, provedAt, missingSince, checkedAt, createdAt, other);
    }

    Domain checked(State now, Optional<String> found, Optional<Instant> proved, Optional<Instant> missing, Instant at) {
        return new Domain(
                id, owner, host, page, workspace, now, found, proved, missing, Optional.of(at), createdAt, lapse);
    }
}
