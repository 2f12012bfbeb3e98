package dev.banyan.accounts.support;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.SupportAccess;
import dev.banyan.platform.AccountId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// An access in the API.
///
/// @param state requested, active, ended or not allowed
/// @param withoutConsent begun because the server needs none
/// @param endedBy time, operator, owner or consent
@JsonInclude(Include.NON_ABSENT)
record SupportView(
        UUID id,
        AccountId accountId,
        String state,
        String reason,
        boolean withoutConsent,
        Instant requestedAt,
        Optional<Instant> begunAt,
        Instant expiresAt,
        Optional<Instant> endedAt,
        @Schema(implementation = SupportAccess.End.class) Optional<String> endedBy) {

    static SupportView of(SupportAccess access, Instant now) {
        return new SupportView(
                access.id(),
                access.account(),
                Support.stateOf(access, now),
                access.reason(),
                access.forced(),
                access.askedAt(),
                access.begunAt(),
                access.expiresAt(),
                access.endedAt(),
                access.end().map(SupportAccess.End::key));
    }
}
