package dev.banyan.platform;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class StickyVisitorTest {

    @Test
    void aVisitorComesBackWithTheirLastChoices() {
        StickyVisitor visitor = StickyVisitor.of(Optional.empty());
        for (String choice : new String[] {"a", "b", "a", "c", "d", "e"}) {
            visitor = visitor.with(choice);
        }

        StickyVisitor back = StickyVisitor.of(Optional.of(visitor.written()));

        assertThat(back).isEqualTo(visitor);
        assertThat(back.since("e")).hasValue(0);
        assertThat(back.since("a")).hasValue(3);
        assertThat(back.since("b")).as("only the last few").isEmpty();
        assertThat(back.written()).doesNotContain("e=").matches("[A-Za-z0-9_-]{87}");
    }

    @Test
    void marksOfOneVisitorMeanNothingToAnother() {
        StickyVisitor one = StickyVisitor.of(Optional.empty()).with("a");
        StickyVisitor other =
                new StickyVisitor(StickyVisitor.of(Optional.empty()).token(), one.marks());

        assertThat(other.since("a")).isEmpty();
    }

    @Test
    void whateverElseACookieHoldsIsANewVisitor() {
        String token = "t".repeat(43);
        assertThat(StickyVisitor.of(Optional.of(token)).token()).isEqualTo(token);
        for (String bad : new String[] {"", "x", token + "1", token + ";", "t".repeat(200)}) {
            StickyVisitor visitor = StickyVisitor.of(Optional.of(bad));
            assertThat(visitor.token()).hasSize(43).isNotEqualTo(bad);
            assertThat(visitor.marks()).isEmpty();
        }
    }
}
