package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.UncertainPolicy;
import dev.banyan.whatsapp.failover.FailoverDecision;
import dev.banyan.whatsapp.failover.FailoverSettings;
import dev.banyan.whatsapp.failover.PoolState;

/// The JSON output of the `failover` commands, with the names of the JSON API.
final class FailoverJson {

    record Pools(List<Status> pools) {}

    record Status(
            String id,
            String displayName,
            String policy,
            Optional<String> backupMaster,
            boolean failBack,
            Optional<String> uncertain,
            long spreadMinutes,
            Detection detection,
            String state,
            Optional<String> on,
            Optional<String> since,
            Optional<Integer> waiting,
            Optional<String> decision) {}

    record Detection(int checkSeconds, int failures, int recoverySeconds, int tries) {}

    record Decisions(List<Decision> decisions) {}

    record Decision(
            String id,
            String pool,
            String at,
            String kind,
            String outcome,
            String trigger,
            String by,
            List<String> seen,
            List<String> rules,
            Optional<String> chosen,
            List<Rejected> rejected,
            Moved moved,
            long tookMs) {}

    record Rejected(String candidate, String why) {}

    record Moved(int servants, int contacts, int messages) {}

    private FailoverJson() {}

    /// @param uncertain left out in the list of all pools, as `waiting`
    static Status of(
            Sender master,
            FailoverSettings settings,
            PoolState state,
            Optional<UncertainPolicy> uncertain,
            Optional<Integer> waiting) {
        boolean unusual = state.isUnusual();
        return new Status(
                master.id().value(),
                master.displayName(),
                settings.policy().key(),
                settings.backup().map(SenderId::value),
                settings.failsBack(),
                uncertain.map(UncertainPolicy::key),
                settings.spread().toMinutes(),
                new Detection(
                        settings.detection().checkSeconds(),
                        settings.detection().failures(),
                        settings.detection().recoverySeconds(),
                        settings.detection().tries()),
                state.failover().key(),
                state.standIn().map(SenderId::value),
                Optional.of(state.changedAt().toString()).filter(_ -> unusual),
                waiting,
                state.decision().filter(_ -> unusual).map(UUID::toString));
    }

    static Decision of(FailoverDecision decision) {
        return new Decision(
                decision.id().toString(),
                decision.pool().value(),
                decision.at().toString(),
                decision.kind().key(),
                decision.outcome(),
                decision.trigger(),
                decision.actor(),
                decision.seen(),
                decision.rules(),
                decision.chosen().map(SenderId::value),
                decision.rejected().stream()
                        .map(one -> new Rejected(one.candidate().value(), one.why()))
                        .toList(),
                new Moved(
                        decision.moved().servants(),
                        decision.moved().contacts(),
                        decision.moved().messages()),
                decision.took().toMillis());
    }
}
