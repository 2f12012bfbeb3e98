package dev.banyan.accounts.support;

import module java.base;
import dev.banyan.accounts.SupportAccess;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.RawString;

/// A line of the history.
///
/// @param when from and to, or when it was asked for
record SupportRow(String reason, RawString when, String tone, String state, boolean forced) {

    static SupportRow of(SupportAccess access, Instant now) {
        String state = Support.stateOf(access, now);
        return new SupportRow(
                access.reason(),
                access.begunAt()
                        .map(begun -> Html.text(
                                "{} to {}",
                                Words.time(begun),
                                Words.time(access.endedAt()
                                        .filter(ended -> ended.isBefore(access.expiresAt()))
                                        .orElse(access.expiresAt()))))
                        .orElseGet(() -> Words.time(access.askedAt())),
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
