package dev.banyan.workspaces.users;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceUserRulesTest {

    private static final String LONGEST = "x".repeat(64);

    @ParameterizedTest
    @ValueSource(strings = {"jo", "anna.smith", "anna-maria", "o_brien", "1.2", "...", "Old_Name_3"})
    void usernamesMayHaveDotsAndHyphens(String name) {
        assertThat(WorkspaceUserRules.brokenUsername(name)).isEmpty();
        assertThat(WorkspaceUserRules.usernameOf(name)).isEqualTo(name);
        assertThat(WorkspaceUserRules.brokenUsername(LONGEST)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a b", "a@b.example", "j\u00f6rg", "a/b", "a\n"})
    void otherNamesAreRefused(String name) {
        assertThat(WorkspaceUserRules.brokenUsername(name)).isPresent();
        assertThat(WorkspaceUserRules.brokenUsername(LONGEST + "x")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "anna.smith-2@acme.example, anna.smith-2",
        "J\u00f6rg.M\u00fcller@acme.example, Jorg.Muller",
        "Anna Zw\u00f6lf, Anna_Zwolf",
        "O'Brien, OBrien",
        "\u202Eam\u200Bal\u00ADk, amalk",
        "\u041f\u0443\u0448\u043a\u0438\u043d, Puskin",
        "CORP\\anna, CORP_anna",
        "a@acme.example, usera",
        "@acme.example, user",
    })
    void aNameElsewhereSuggestsAUsername(String name, String username) {
        assertThat(WorkspaceUserRules.usernameOf(name)).isEqualTo(username);
        assertThat(WorkspaceUserRules.brokenUsername(username)).isEmpty();
    }

    @Test
    void aTakenNameIsNumberedAndThenToldApart() {
        var taken = new HashSet<>(Set.of("anna", "anna2"));
        assertThat(like("anna@acme.example", taken)).isEqualTo("anna3");
        assertThat(FreeUsernames.like(LONGEST, LONGEST, LONGEST::equals)).isEqualTo("x".repeat(63) + "2");
        for (int i = 1; i <= 60; i++) {
            assertThat(taken.add(like("anna@acme" + i + ".example", taken))).isTrue();
        }
        assertThat(taken)
                .allMatch(name -> WorkspaceUserRules.brokenUsername(name).isEmpty());
    }

    private static String like(String email, Set<String> taken) {
        return FreeUsernames.like(email, email, taken::contains);
    }
}
