package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Someone sends a body of empty lists: the tree that is made of it takes thirty times its bytes.
@QuarkusTest
class GrowingTreesFromFewBytesTest {

    @Inject
    ObjectMapper requests;

    private static String lists(int count) {
        return "[" + "[],".repeat(count) + "0]";
    }

    @Test
    void aRequestHasAsManyPartsAsTheLargestThatIsMeant() throws IOException {
        assertThat(requests.readTree(lists(90_000))).hasSize(90_001);
        assertThatThrownBy(() -> requests.readTree(lists(110_000))).isInstanceOf(StreamConstraintsException.class);
    }

    @Test
    void soHasAWebhook() throws IOException {
        assertThat(GatewayHttp.JSON.readTree(lists(190_000))).hasSize(190_001);
        assertThatThrownBy(() -> GatewayHttp.JSON.readTree(lists(210_000)))
                .isInstanceOf(StreamConstraintsException.class);
    }
}
