package dev.banyan.whatsapp.failover;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.failover.Failovers.Status;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The failover of a pool in the API: its settings and its state.
@JsonInclude(Include.NON_ABSENT)
@Schema(name = "Failover")
record WireFailover(
        @Schema(description = "`auto`, `same-brand-only` or `never-silent`")
        String policy,

        @Schema(description = "The master that stands in before all others; missing: one is chosen")
        Optional<SenderId> backupMaster,

        @Schema(description = "Whether what was moved comes back by itself when the pool works again")
        boolean failBack,

        @Schema(description = "What to do with messages whose result is unknown: `ask` or `resend`")
        String uncertain,

        @Schema(
                description =
                        "Minutes over which the messages of a failed pool are spread; 0: as fast as the limits allow")
        long spreadMinutes,

        DetectionView detection,

        @Schema(description = "`normal`, `failing-over`, `failed-over`, `waiting-for-approval` or `failing-back`")
        String state,

        @Schema(description = "The master of the pool that stands in")
        Optional<SenderId> on,

        @Schema(description = "Since when the state is not normal")
        Optional<Instant> since,

        @Schema(description = "Messages that wait for this pool, in its own queue or the other one’s")
        int waiting,

        @Schema(description = "The decision that led to this state, or that waits for approval")
        Optional<UUID> decision) {

    @Schema(name = "FailoverDetection")
    record DetectionView(
            @Schema(description = "Seconds between two checks, 1 to 300")
            int checkSeconds,

            @Schema(description = "Failed checks in a row until a number has failed, 1 to 100")
            int failures,

            @Schema(description = "Seconds a number must work without a break until it has recovered, 1 to 3,600")
            int recoverySeconds,

            @Schema(description = "Reconnections tried after a failure, 0 to 100")
            int tries) {}

    static WireFailover of(Status status) {
        FailoverSettings settings = status.settings();
        boolean unusual = status.state().failover() != FailoverState.NORMAL;
        return new WireFailover(
                settings.policy().key(),
                settings.backup(),
                settings.failsBack(),
                status.uncertain().key(),
                settings.spread().toMinutes(),
                new DetectionView(
                        settings.detection().checkSeconds(),
                        settings.detection().failures(),
                        settings.detection().recoverySeconds(),
                        settings.detection().tries()),
                status.state().failover().key(),
                status.state().standIn(),
                Optional.of(status.state().changedAt()).filter(_ -> unusual),
                status.waiting(),
                status.state().decision().filter(_ -> unusual));
    }
}
