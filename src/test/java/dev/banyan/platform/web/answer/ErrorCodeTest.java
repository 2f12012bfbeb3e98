package dev.banyan.platform.web.answer;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {

    private static ErrorCode of(int status, String... fields) {
        return ErrorCode.of(status, Set.of(fields)::contains);
    }

    @Test
    void theBodyTellsWhatTheStatusDoesNot() {
        assertThat(of(403)).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(of(403, "error", "reauthenticate", "confirmAt")).isEqualTo(ErrorCode.CONFIRMATION_REQUIRED);
        assertThat(of(403, "upgradeRequired", "currentTier", "field")).isEqualTo(ErrorCode.PLAN_REQUIRED);
        assertThat(of(403, "currentCount", "limit", "upgradeRequired")).isEqualTo(ErrorCode.LIMIT_REACHED);
        assertThat(of(400, "currentCount", "maxAllowed")).isEqualTo(ErrorCode.LIMIT_REACHED);
        assertThat(of(403, "readOnlyUntil")).isEqualTo(ErrorCode.READ_ONLY);
        assertThat(of(400)).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(of(400, "field", "rule")).isEqualTo(ErrorCode.INVALID_FIELD);
        assertThat(of(429, "retryAfter", "limit")).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
    }

    @Test
    void everyStatusHasACode() {
        assertThat(of(418)).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(of(502)).isEqualTo(ErrorCode.SERVER_ERROR);
        assertThat(of(503)).isEqualTo(ErrorCode.UNAVAILABLE);
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(of(code.status).status).isEqualTo(code.status);
        }
    }
}
