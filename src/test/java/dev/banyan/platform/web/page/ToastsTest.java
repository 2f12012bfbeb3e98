package dev.banyan.platform.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.PackedFile;
import org.junit.jupiter.api.Test;

class ToastsTest {

    @Test
    void eachWordHasOneSentence() {
        List<String> words = PackedFile.text(Toasts.class, "toasts.properties")
                .lines()
                .filter(line -> line.contains("="))
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();

        assertThat(words).doesNotHaveDuplicates();
        assertThat(Toasts.of("domain-added")).contains("Domain added");
    }

    @Test
    void pagesOfMembersKnowTheirOwnWordsOnly() {
        assertThat(Toasts.ofMember("password-saved")).contains("Password changed. Sign in with your new password.");
        assertThat(Toasts.ofMember("domain-added")).isEmpty();
        assertThat(Toasts.of("password-saved")).contains("Password changed");
        assertThat(Toasts.of("member.password-saved")).isEmpty();
        assertThat(Toasts.of("no such word")).isEmpty();
    }
}
