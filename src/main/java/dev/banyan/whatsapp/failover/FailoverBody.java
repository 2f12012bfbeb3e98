package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.web.json.NoOtherFields;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The requested settings of a pool's failover; absent fields stay unchanged. [FailoverInput#FIELDS]
/// reads them. A name of another door is an unknown field here.
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
            Optional<Integer> tries) {}
}
