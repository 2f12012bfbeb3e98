package dev.banyan.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailMaskTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://links.example/confirm-email?token=Zk3v9QmT1xYb7RwPz0aLcNe5",
                "https://links.example/reset/Zk3v9QmT1xYb7RwPz0aLcNe5",
                "https://links.example/x#Zk3v9QmT1xYb7RwPz0aLcNe5",
                "http://127.0.0.1:8080/s/ab12-team/join?token=Zk3v9QmT1xYb7RwPz0aLcNe5&x=1",
                "Zk3v9QmT1xYb7RwPz0aLcNe5",
                "token=Zk3v9QmT1xYb7RwPz0aLcNe5.",
                "(Zk3v9QmT1xYb7RwPz0aLcNe5)",
            })
    void tokensAreMaskedWhereverTheyStand(String text) {
        assertThat(MailMask.of("Open this: " + text + "\n\nBye"))
                .doesNotContain("Zk3v9QmT1x")
                .contains(MailMask.MASK)
                .startsWith("Open this: ")
                .endsWith("Bye");
    }

    @ParameterizedTest
    @ValueSource(strings = {"482913", "482 913", "ABCD-12EF-9ZQ4", "4829-1377", "48291377"})
    void codesAreMasked(String code) {
        assertThat(MailMask.of("Your code is " + code + ". It works for ten minutes."))
                .isEqualTo("Your code is " + MailMask.MASK + ". It works for ten minutes.");
    }

    @Test
    void whatPeopleReadStays() {
        String text = """
                Harbour Coffee (@harbour) was suspended on 3 October 2026, at 09:41.

                It has 10,000 visits and 25 links. Its plan ends 2026-12-01; see https://links.example/admin/users
                Incomprehensibilities and well-kept promises stay as they are.
                """;
        assertThat(MailMask.of(text)).isEqualTo(text);
        assertThat(MailMask.of("https://links.example/confirm-email?token=Zk3v9QmT1xYb7RwPz0aLcNe5"))
                .isEqualTo("https://links.example/confirm-email?" + MailMask.MASK);
    }
}
