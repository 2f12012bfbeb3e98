package dev.banyan.accounts.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizesTest {

    /// The backup of a new server has 32 KB, and was shown as 0.0 MB.
    @Test
    void whatIsSmallIsShownToo() {
        assertThat(OperatorStartPageResource.bytes(0)).isEqualTo("0 KB");
        assertThat(OperatorStartPageResource.bytes(31_647)).isEqualTo("32 KB");
        assertThat(OperatorStartPageResource.bytes(100_000)).isEqualTo("0.1 MB");
        assertThat(OperatorStartPageResource.bytes(1_000_000)).isEqualTo("1.0 MB");
        assertThat(OperatorStartPageResource.bytes(75_800_000_000L)).isEqualTo("75.8 GB");
        assertThat(OperatorStartPageResource.bytes(2_000_000_000_000L)).isEqualTo("2.0 TB");
    }
}
