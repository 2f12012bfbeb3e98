package dev.banyan.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LimitTest {

    @Test
    void aNumberEnds() {
        var ten = new Limit(10);
        assertThat(ten.isUnlimited()).isFalse();
        assertThat(ten.fits(10)).isTrue();
        assertThat(ten.fits(11)).isFalse();
        assertThat(ten.isFull(9)).isFalse();
        assertThat(ten.isFull(10)).isTrue();
        assertThat(ten.capped(3)).isEqualTo(3);
        assertThat(ten.capped(30)).isEqualTo(10);
        assertThat(ten.over(30)).isEqualTo(20);
        assertThat(ten.left(4)).isEqualTo(new Limit(6));
        assertThat(ten.left(40)).isEqualTo(Limit.ZERO);
        assertThat(ten.plus(1)).isEqualTo(new Limit(11));
        assertThat(new Limit(1000).text()).isEqualTo("1,000");
        assertThat(new Limit(1000).text(3)).isEqualTo("3 of 1,000");
    }

    @Test
    void unlimitedNeverEnds() {
        Limit none = Limit.UNLIMITED;
        assertThat(none.number()).isEqualTo(-1);
        assertThat(none.fits(Long.MAX_VALUE)).isTrue();
        assertThat(none.isFull(0)).isFalse();
        assertThat(none.isFull(Long.MAX_VALUE)).isFalse();
        assertThat(none.isZero()).isFalse();
        assertThat(none.capped(30)).isEqualTo(30);
        assertThat(none.over(Long.MAX_VALUE)).isZero();
        assertThat(none.left(4)).isEqualTo(none);
        assertThat(none.plus(1)).isEqualTo(none);
        assertThat(none.ceiling(1) + 1).isEqualTo(Long.MAX_VALUE);
        assertThat(none.isLowerThan(new Limit(5))).isFalse();
        assertThat(new Limit(5).isLowerThan(none)).isTrue();
        assertThat(none.text()).isEqualTo("unlimited");
        assertThat(none.text(1234)).isEqualTo("1,234");
    }

    @Test
    void nothingElseIsBelowZero() {
        assertThatThrownBy(() -> new Limit(-2)).isInstanceOf(IllegalArgumentException.class);
    }
}
