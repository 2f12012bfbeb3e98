package dev.banyan.whatsapp.api;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.UncertainPolicy;
import dev.banyan.whatsapp.failover.FailoverPolicy;
import dev.banyan.whatsapp.failover.FailoverSettings;
import dev.banyan.whatsapp.failover.FailoverSettings.Detection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The requested settings of a pool's failover; absent fields stay unchanged.
@NoOtherFields
record FailoverBody(
        @Schema(description = "`auto`, `same-brand-only` or `never-silent`", example = "never-silent")
        Optional<String> policy,

        @Schema(description = "The master that stands in before all others; empty: one is chosen", example = "backup")
        Optional<String> backupMaster,

        @Schema(description = "Whether what was moved comes back by itself when the pool works again")
        Optional<Boolean> failBack,

        @Schema(description = "What to do with messages whose result is unknown: `ask` or `resend`")
        Optional<String> uncertain,

        @Schema(description = "Minutes over which the messages of a failed pool are spread, 0 to 1,440")
        Optional<Integer> spreadMinutes,

        Optional<DetectionBody> detection) {

    @NoOtherFields
    record DetectionBody(
            @Schema(description = "Seconds between two checks, 1 to 300")
            Optional<Integer> checkSeconds,

            @Schema(description = "Failed checks in a row until a number has failed, 1 to 100")
            Optional<Integer> failures,

            @Schema(description = "Seconds a number must work without a break until it has recovered, 1 to 3,600")
            Optional<Integer> recoverySeconds,

            @Schema(description = "Reconnections tried after a failure, 0 to 100")
            Optional<Integer> tries) {

        Detection on(Detection before) {
            return new Detection(
                    checkSeconds.orElse(before.checkSeconds()),
                    failures.orElse(before.failures()),
                    recoverySeconds.orElse(before.recoverySeconds()),
                    tries.orElse(before.tries()));
        }
    }

    /// @param before the current settings
    Outcome<FailoverSettings> on(FailoverSettings before) {
        Optional<FailoverPolicy> wanted = policy.flatMap(FailoverPolicy::parse);
        if (policy.isPresent() && wanted.isEmpty()) {
            return Outcome.rejected(new Invalid("policy", FailoverPolicy.RULE));
        }
        if (uncertain.isPresent() && policyOfUncertain().isEmpty()) {
            return Outcome.rejected(new Invalid("uncertain", "uncertain must be ask or resend"));
        }
        Optional<SenderId> backup = backupMaster.flatMap(SenderId::parse);
        if (backup.isEmpty() && backupMaster.filter(id -> !id.isEmpty()).isPresent()) {
            return Outcome.rejected(new Invalid("backupMaster", "backupMaster must be another master of this account"));
        }
        return Outcome.done(new FailoverSettings(
                wanted.orElse(before.policy()),
                backupMaster.isPresent() ? backup : before.backup(),
                failBack.orElse(before.failsBack()),
                spreadMinutes.map(Duration::ofMinutes).orElse(before.spread()),
                detection.map(body -> body.on(before.detection())).orElse(before.detection())));
    }

    Optional<UncertainPolicy> policyOfUncertain() {
        return uncertain.flatMap(UncertainPolicy::parse);
    }
}
