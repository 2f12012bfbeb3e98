package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.platform.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlugsTest {

    @ParameterizedTest
    @ValueSource(strings = {"abc", "123", "a-b", "spring-sale-2026", "abcdefghijklmnopqrstuvwxyz0123"})
    void goodSlugs(String slug) {
        assertThat(Slugs.broken(slug)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "-abc",
                "abc-",
                "a--b",
                "ABC",
                "a_b",
                "a b",
                "a.b",
                "a/b",
                "äbc",
                "abc\n",
                "../x",
                "abcdefghijklmnopqrstuvwxyz01234"
            })
    void brokenSlugs(String slug) {
        assertThat(Slugs.broken(slug))
                .map(Invalid::apiMessage)
                .contains("Slug must be 3 to 30 characters of a-z, 0-9 and single hyphens, not at its ends");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "api", "public", "login", "signup", "settings"})
    void reservedSlugs(String slug) {
        assertThat(Slugs.broken(slug))
                .map(Invalid::apiMessage)
                .contains("The slug “" + slug + "” is reserved; choose another one");
    }

    @Test
    void aTypedSlugIsLoweredAndStripped() {
        assertThat(Slugs.lower("  Spring-SALE ")).isEqualTo("spring-sale");
    }
}
