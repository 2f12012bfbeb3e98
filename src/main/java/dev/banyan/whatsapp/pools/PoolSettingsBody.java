package dev.banyan.whatsapp.pools;

import module java.base;
import com.fasterxml.jackson.annotation.JsonAlias;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The requested settings of a pool; absent fields stay unchanged. [PoolSettings#FIELDS] reads them.
record PoolSettingsBody(
        @Schema(
                description = "`round-robin`, `weighted`, `least-loaded`, `priority`, `random-two` or `region`",
                example = "round-robin")
        Optional<String> strategy,

        @Schema(description = "What to do with messages whose result is unknown: `ask` or `resend`")
        Optional<String> uncertain,

        @Schema(description = "Messages per minute and sender; 0 for no limit") @JsonAlias("per-minute")
        Optional<Integer> perMinute,

        @Schema(description = "Messages per day and sender; 0 for no limit") @JsonAlias("per-day")
        Optional<Integer> perDay,

        @Schema(description = "Whether new numbers start with a low daily limit that grows: `on` or `off`")
        @JsonAlias({"warmsUp", "warm-up"})
        Optional<String> warmUp,

        @Schema(description = "Seconds between messages from a number to the same contact; 0 for no limit")
        @JsonAlias("pair-seconds")
        Optional<Integer> pairSeconds,

        @Schema(description = "Burst size: messages sent before that limit applies, 1 to 100") @JsonAlias("pair-burst")
        Optional<Integer> pairBurst,

        @Schema(description = "Start of quiet hours, in the pool's time zone; empty for none", example = "22:00")
        @JsonAlias("quiet-from")
        Optional<String> quietFrom,

        @Schema(description = "End of quiet hours", example = "07:30") @JsonAlias("quiet-until")
        Optional<String> quietUntil,

        @Schema(
                description = "Customers who wrote within these minutes are answered in quiet hours, 0 to 1440; 0 for"
                        + " none, 60 by default")
        @JsonAlias({"quietAnswers", "quiet-answers"})
        Optional<Integer> quietAnswerMinutes,

        @Schema(description = "Time zone of the pool's days and quiet hours", example = "Asia/Dubai") @JsonAlias("zone")
        Optional<String> timeZone,

        @Schema(description = "Longest queue, 1 to 1,000,000; further messages are refused") @JsonAlias("most-waiting")
        Optional<Integer> mostWaiting,

        @Schema(description = "Whether messages of groups are received: `on` or `off`, which is the default")
        @JsonAlias("withGroups")
        Optional<String> groups,

        @Schema(
                description =
                        "What the pool is for: `any`, `codes`, `service` or `marketing`. No campaign runs over a pool"
                                + " of codes, and its messages are sent by the next number if no receipt comes in time")
        @JsonAlias("pool-class")
        Optional<String> poolClass,

        @Schema(description = "For codes: seconds until the next number sends, 2 to 60; 8 by default")
        @JsonAlias("receipt-seconds")
        Optional<Integer> receiptSeconds) {}
