package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.failover.FailoverDecision.Rejected;

/// Chooses the pool that stands in for one that has failed (design 7): the one that is set, else a backup, then by
/// priority, then the least loaded. A pure function of what was seen.
final class FailoverTargets {

    /// Another pool of the account.
    ///
    /// @param isReal whether its messages reach people
    /// @param able how many of its numbers can send
    /// @param waiting how many messages wait for it
    record Candidate(Sender master, boolean isReal, int able, int waiting, PoolState state) {}

    /// @param rules the rules that applied, in their order
    /// @param able all that could stand in, the chosen one included
    record Choice(Optional<SenderId> chosen, List<String> rules, List<Rejected> rejected, Set<SenderId> able) {

        Choice {
            rules = List.copyOf(rules);
            rejected = List.copyOf(rejected);
            able = Set.copyOf(able);
        }
    }

    private FailoverTargets() {}

    static Choice choose(Sender failed, boolean isReal, FailoverSettings settings, List<Candidate> candidates) {
        var rules = new ArrayList<String>();
        var rejected = new ArrayList<Rejected>();
        var able = new ArrayList<Candidate>();
        rules.add("policy " + settings.policy().key());
        rules.add(isReal ? "only real numbers" : "only simulated numbers");
        for (Candidate candidate : candidates) {
            Optional<String> why = unable(failed, isReal, settings, candidate);
            why.ifPresentOrElse(
                    reason -> rejected.add(new Rejected(candidate.master().id(), reason)), () -> able.add(candidate));
        }
        settings.backup().ifPresent(backup -> rules.add("backup master " + backup));
        rules.add("type backup first, then priority, then the fewest waiting messages");
        Optional<Candidate> chosen = able.stream()
                .min(Comparator.comparing((Candidate one) -> !settings.backup()
                                .equals(Optional.of(one.master().id())))
                        .thenComparing(one -> !isBackup(one))
                        .thenComparing(one -> one.master().traits().priority())
                        .thenComparing(Candidate::waiting)
                        .thenComparing(one -> one.master().createdAt())
                        .thenComparing(one -> one.master().id().value()));
        chosen.ifPresent(best -> able.stream()
                .filter(one -> one != best)
                .forEach(one -> rejected.add(new Rejected(one.master().id(), behind(settings, best, one)))));
        chosen.filter(best -> best.master().driver().isBusinessPlatform())
                .ifPresent(_ -> rules.add("the Cloud API sends only templates to contacts who haven’t written to its"
                        + " number in the last 24 hours; their other messages wait"));
        return new Choice(
                chosen.map(best -> best.master().id()),
                rules,
                rejected,
                able.stream().map(one -> one.master().id()).collect(Collectors.toSet()));
    }

    private static Optional<String> unable(
            Sender failed, boolean isReal, FailoverSettings settings, Candidate candidate) {
        if (settings.policy() == FailoverPolicy.SAME_BRAND_ONLY
                && !candidate
                        .master()
                        .assignment()
                        .brand()
                        .equals(failed.assignment().brand())) {
            return Optional.of("works for another brand");
        }
        return hindrance(isReal, candidate);
    }

    /// Returns why a pool can't stand in, whatever the policy and whoever wants it. Messages of real numbers would
    /// reach no one from simulated ones, and what is only tried out would reach people the other way
    /// round (design 7).
    ///
    /// @param isReal whether the messages of the failed pool reach people
    static Optional<String> hindrance(boolean isReal, Candidate candidate) {
        if (candidate.isReal() != isReal) {
            return Optional.of(
                    isReal
                            ? "its numbers are simulated"
                            : "its numbers are real, and those of this pool are simulated");
        }
        if (candidate.state().pause().isPresent()) {
            return Optional.of("paused");
        }
        if (candidate.state().failover() != FailoverState.NORMAL) {
            return Optional.of("failed itself");
        }
        return candidate.able() == 0 ? Optional.of("none of its numbers can send") : Optional.empty();
    }

    private static boolean isBackup(Candidate candidate) {
        return candidate.master().masterType().equals(Optional.of(MasterType.BACKUP));
    }

    private static String behind(FailoverSettings settings, Candidate best, Candidate other) {
        if (settings.backup().equals(Optional.of(best.master().id()))) {
            return "the backup master was chosen";
        }
        if (isBackup(best) && !isBackup(other)) {
            return "not of type backup";
        }
        int priority = other.master().traits().priority();
        if (best.master().traits().priority() < priority) {
            return "priority " + priority + " comes after "
                    + best.master().traits().priority();
        }
        return best.waiting() < other.waiting()
                ? other.waiting() + " messages wait for it already"
                : "equal, but newer";
    }
}
