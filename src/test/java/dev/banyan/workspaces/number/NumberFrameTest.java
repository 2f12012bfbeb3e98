package dev.banyan.workspaces.number;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.banyan.workspaces.WorkspaceId;
import org.junit.jupiter.api.Test;

/// The frames that a simulated phone doesn't cause within the time of a test, literally as in the seed.
class NumberFrameTest {

    private static final WorkspaceId WORKSPACE = new WorkspaceId("scl_1704067200000_a1b2c3d4e");

    private static String json(NumberFrame frame) throws JsonProcessingException {
        return new ObjectMapper().registerModule(new Jdk8Module()).writeValueAsString(frame);
    }

    @Test
    void framesAreTheSeeds() throws JsonProcessingException {
        assertThat(json(NumberFrame.timeout(WORKSPACE)))
                .isEqualTo("{\"type\":\"qr_timeout\",\"data\":{\"subClientId\":\"scl_1704067200000_a1b2c3d4e\"}}");
        assertThat(json(NumberFrame.code(WORKSPACE, "2@abc123def456")))
                .isEqualTo("{\"type\":\"qr_code\",\"data\":{\"subClientId\":\"scl_1704067200000_a1b2c3d4e\","
                        + "\"qrCode\":\"2@abc123def456\"}}");
        assertThat(json(NumberFrame.error("Failed to connect to WhatsApp")))
                .isEqualTo("{\"type\":\"error\",\"data\":{\"error\":\"Failed to connect to WhatsApp\"}}");
        assertThat(json(NumberFrame.PONG)).isEqualTo("{\"type\":\"pong\"}");
    }
}
