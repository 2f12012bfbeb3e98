package dev.banyan.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {

    @Test
    void knownOnesAreFilledAndOthersStay() {
        assertThat(Placeholders.fill("{name} {nmae} {$1}", Map.of("name", "$1 {agent}", "agent", "Omar")))
                .isEqualTo("$1 {agent} {nmae} {$1}");
    }

    @Test
    void emptyOnesGoWithWhatIsInFront() {
        Map<String, String> nobody = Map.of("name", "");

        assertThat(Placeholders.fill("Hello {name}, welcome.", nobody)).isEqualTo("Hello, welcome.");
        assertThat(Placeholders.fill("Thank you, {name}!", nobody)).isEqualTo("Thank you!");
        assertThat(Placeholders.fill("{name}", nobody)).isEmpty();
    }

    @Test
    void unknownOnesAreNamedOnce() {
        assertThat(Placeholders.unknown("{name} {Name} {order} {order} {} {a b}", List.of("name")))
                .containsExactly("{Name}", "{order}");
    }
}
