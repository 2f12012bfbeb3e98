package dev.banyan.platform.cache;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaCodecTest {

    private static final String SAMPLE = """
        {"success":true,"data":{"subClient":{"id":"scl_1704067200000_a1b2c3d4e","project_id":"01a1f8f2-0000-7000-8000-00000000be4c","name":"Marketing Department","description":null,"short_id":"x7M2","pathname":"marketing-department","registration_enabled":true,"registration_open":true,"suspended":false}}}\
        """;

    private static final DeltaCodec FROM_SAMPLE = new DeltaCodec(bytes(SAMPLE));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int assertReadsBack(DeltaCodec differences, byte[] bytes) {
        byte[] packed = differences.write(bytes);
        byte[] behindOthers = new byte[packed.length + 3];
        System.arraycopy(packed, 0, behindOthers, 3, packed.length);
        assertThat(differences.read(behindOthers, 3)).isEqualTo(bytes);
        return packed.length;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{}",
                "nothing of this stands there",
                "{\"success\":true,\"data\":{\"subClient\":{\"id\":\"🌳\"}}}",
                "false}}}",
                "{\"success\":true",
            })
    void textsAreReadBack(String text) {
        assertReadsBack(FROM_SAMPLE, bytes(text));
        assertReadsBack(new DeltaCodec(new byte[0]), bytes(text));
        assertReadsBack(new DeltaCodec(bytes(text)), bytes(SAMPLE));
    }

    @Test
    void anAnswerLikeTheSampleTakesAFewBytes() {
        assertThat(assertReadsBack(FROM_SAMPLE, bytes(SAMPLE))).isLessThan(8);
        String other = SAMPLE.replace("1704067200000_a1b2c3d4e", "1763664000123_z9y8x7w6v")
                .replace("Marketing Department", "Team 123456")
                .replace("marketing-department", "team-123456")
                .replace("x7M2", "aB9k");
        assertThat(assertReadsBack(FROM_SAMPLE, bytes(other))).isLessThan(85);
    }

    @Test
    void longOnesAreReadBack() {
        var random = new Random(5);
        byte[] noise = new byte[60_000];
        random.nextBytes(noise);
        assertReadsBack(FROM_SAMPLE, noise);
        assertThat(assertReadsBack(new DeltaCodec(noise), noise)).isLessThan(16);
        assertReadsBack(FROM_SAMPLE, bytes(SAMPLE.repeat(100)));
    }

    @Property
    void anythingIsReadBack(@ForAll byte[] sample, @ForAll byte[] bytes) {
        assertReadsBack(new DeltaCodec(sample), bytes);
    }
}
