package dev.banyan.whatsapp;

import static dev.banyan.whatsapp.SenderState.BANNED;
import static dev.banyan.whatsapp.SenderState.DISCONNECTED;
import static dev.banyan.whatsapp.SenderState.LINKED;
import static dev.banyan.whatsapp.SenderState.LINKING;
import static dev.banyan.whatsapp.SenderState.PASSKEY_REQUIRED;
import static dev.banyan.whatsapp.SenderState.PENDING;
import static dev.banyan.whatsapp.SenderState.RESTRICTED;
import static dev.banyan.whatsapp.SenderState.UNLINKED;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SenderStateTest {

    /// All allowed transitions; every other pair must be refused.
    private static final Set<Arrow> ARROWS = Set.of(
            new Arrow(PENDING, LINKING),
            new Arrow(LINKING, LINKED),
            new Arrow(LINKING, PASSKEY_REQUIRED),
            new Arrow(LINKING, PENDING),
            new Arrow(PASSKEY_REQUIRED, LINKED),
            new Arrow(PASSKEY_REQUIRED, LINKING),
            new Arrow(PASSKEY_REQUIRED, PENDING),
            new Arrow(LINKED, DISCONNECTED),
            new Arrow(LINKED, RESTRICTED),
            new Arrow(LINKED, BANNED),
            new Arrow(LINKED, UNLINKED),
            new Arrow(DISCONNECTED, LINKED),
            new Arrow(DISCONNECTED, LINKING),
            new Arrow(DISCONNECTED, RESTRICTED),
            new Arrow(DISCONNECTED, BANNED),
            new Arrow(DISCONNECTED, UNLINKED),
            new Arrow(RESTRICTED, LINKED),
            new Arrow(RESTRICTED, DISCONNECTED),
            new Arrow(RESTRICTED, BANNED),
            new Arrow(RESTRICTED, UNLINKED),
            new Arrow(BANNED, LINKING),
            new Arrow(BANNED, LINKED),
            new Arrow(BANNED, UNLINKED),
            new Arrow(UNLINKED, LINKING));

    private record Arrow(SenderState from, SenderState to) {}

    @ParameterizedTest
    @EnumSource(SenderState.class)
    void aStateLeadsWhereTheTableSaysAndNowhereElse(SenderState from) {
        for (SenderState to : SenderState.values()) {
            assertThat(from.mayBecome(to)).as(from + " to " + to).isEqualTo(ARROWS.contains(new Arrow(from, to)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, ⏳, pending, pending",
        "LINKING, ⏳, pending, linking",
        "PASSKEY_REQUIRED, ⏳, pending, passkey-required",
        "LINKED, ✅, linked, linked",
        "DISCONNECTED, ⏳, pending, disconnected",
        "RESTRICTED, ✅, linked, restricted",
        "BANNED, ❌, unlinked, banned",
        "UNLINKED, ❌, unlinked, unlinked"
    })
    void listsAndFilesCallItAsTheDesignSays(SenderState state, String icon, String fileWord, String key) {
        assertThat(state.icon).isEqualTo(icon);
        assertThat(state.fileWord).isEqualTo(fileWord);
        assertThat(state.key()).isEqualTo(key);
        assertThat(SenderState.of(key)).isEqualTo(state);
        assertThat(state.isActive()).isEqualTo(icon.equals("✅"));
        assertThat(state.isPending()).isEqualTo(icon.equals("⏳"));
    }

    @ParameterizedTest
    @CsvSource({"linked, DISCONNECTED", "active, DISCONNECTED", "pending, PENDING", "unlinked, UNLINKED"})
    void whatAFileClaimsIsNotBelievedUntilProved(String word, SenderState state) {
        assertThat(SenderState.ofFileWord(word)).contains(state);
    }

    @ParameterizedTest
    @CsvSource({"online", "LINKED", "''"})
    void aFilesOtherWordsAreNoState(String word) {
        assertThat(SenderState.ofFileWord(word)).isEmpty();
    }
}
