package dev.banyan.accounts.keys;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.context.KeyRights;
import org.junit.jupiter.api.Test;

/// What a key in test mode may hold, and which routes that opens.
class TestModeTest {

    @Test
    void itOpensWhatReadsAndItsOwnTests() {
        Set<String> opened = opened();

        assertThat(opened.stream().filter(route -> !route.startsWith("GET ")))
                .containsExactlyInAnyOrder(
                        "POST /api/admin/previewDowngrade",
                        "POST /api/whatsapp/media",
                        "DELETE /api/whatsapp/media/{mediaId}",
                        "POST /api/whatsapp/messages",
                        "POST /api/whatsapp/messages/{messageId}/cancel");
        assertThat(opened.stream()
                        .filter(route -> Objects.requireNonNull(
                                        KeyRights.routes().get(route))
                                .name()
                                .startsWith("messages:"))
                        .filter(route -> route.startsWith("GET ")))
                .containsExactlyInAnyOrder("GET /api/whatsapp/messages", "GET /api/whatsapp/messages/{messageId}");
    }

    private static Set<String> opened() {
        return KeyRights.routes().entrySet().stream()
                .filter(route -> TestMode.opens(route.getKey(), route.getValue().name()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Test
    void itHearsNothingOfRealMessages() {
        assertThat(TestMode.hears("messages:read")).isFalse();
        assertThat(TestMode.hears("messages:send")).isFalse();
        assertThat(TestMode.hears("webhooks:manage")).isFalse();
        assertThat(TestMode.hears("numbers:read")).isTrue();
    }

    @Test
    void whatItCannotHoldIsNamed() {
        assertThat(TestMode.broken(
                        "permissions", List.of("messages:send", "messages:read", "read:pages", "pages:read")))
                .isEmpty();
        assertThat(TestMode.broken("permissions", List.of("messages:send", "contacts:manage", "manage:workspaces"))
                        .orElseThrow()
                        .apiMessage())
                .isEqualTo("A key in test mode reads, and sends tests with messages:send."
                        + " Leave out contacts:manage, manage:workspaces");
    }
}
