package dev.banyan.whatsapp.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.MessageContent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookEventTest {

    @ParameterizedTest
    @CsvSource({
        "10:00:00, 10:00:00.250, 10:00:00.250",
        "10:00:00, 10:00:02, 10:00:00.999",
        "10:00:00, 09:59:59, 10:00:00",
        "10:00:00.100, 10:00:00.250, 10:00:00.100",
    })
    void aMessageIsAsOldAsItsGatewaySaysAndWithinTheSecondAsOldAsItCame(String told, String came, String kept) {
        var message = new HookEvent.Message(
                "number",
                "wamid.1",
                new ChatAddress("", Optional.empty(), Optional.empty()),
                "",
                "Hello",
                MessageContent.PLAIN,
                Optional.empty(),
                Optional.empty(),
                at(told));

        assertThat(((HookEvent.Message) HookEvent.arrived(message, at(came))).at())
                .isEqualTo(at(kept));
        assertThat(((HookEvent.Echo) HookEvent.arrived(new HookEvent.Echo(message), at(came)))
                        .message()
                        .at())
                .isEqualTo(at(kept));
        var edited = new HookEvent.Edited("number", "wamid.1", message.chat(), "Hello!", at(told));
        assertThat(((HookEvent.Edited) HookEvent.arrived(edited, at(came))).at())
                .isEqualTo(at(kept));
        var reacted = new HookEvent.Reacted("number", "wamid.1", message.chat(), "👍", at(told));
        assertThat(((HookEvent.Reacted) HookEvent.arrived(reacted, at(came))).at())
                .isEqualTo(at(kept));
    }

    private static Instant at(String time) {
        return LocalTime.parse(time).atDate(LocalDate.EPOCH).toInstant(ZoneOffset.UTC);
    }
}
