package dev.banyan.accounts.support;

import module java.base;
import dev.banyan.accounts.SupportAccess;
import dev.banyan.platform.web.page.TimeText;
import dev.banyan.platform.web.page.Words;

/// A line of the history.
///
/// @param when from when, or when it was asked for
record SupportRow(String reason, TimeText when, Optional<TimeText> until, String tone, String state, boolean forced) {

    static SupportRow of(SupportAccess access, Instant now) {
        String state = Support.stateOf(access, now);
        return new SupportRow(
                access.reason(),
                access.begunAt().map(Words::time).orElseGet(() -> Words.time(access.askedAt())),
                access.begunAt()
                        .map(_ -> Words.time(access.endedAt()
                                .filter(ended -> ended.isBefore(access.expiresAt()))
                                .orElse(access.expiresAt()))),
                switch (state) {
                    case "active" -> "live";
                    case "requested" -> "info";
                    default -> "idle";
                },
                switch (state) {
                    case "active" -> "Active";
                    case "requested" -> "Requested";
                    case "ended" -> "Ended";
                    default -> "Not allowed";
                },
                access.forced());
    }
}
