package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.UncertainPolicy;
import dev.banyan.whatsapp.failover.DecisionView;
import dev.banyan.whatsapp.failover.FailoverSettings;
import dev.banyan.whatsapp.failover.FailoverSettings.Detection;
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

    record Decisions(List<DecisionView> decisions) {}

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
                settings.detection(),
                state.failover().key(),
                state.standIn().map(SenderId::value),
                Optional.of(state.changedAt().toString()).filter(_ -> unusual),
                waiting,
                state.decision().filter(_ -> unusual).map(UUID::toString));
    }
}
