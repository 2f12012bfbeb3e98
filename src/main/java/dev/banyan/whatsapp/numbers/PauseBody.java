package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.whatsapp.Pause;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// How a number or a pool is paused.
@NoOtherFields
public record PauseBody(
        @Schema(
                description =
                        "`hold` (the default): nothing is sent. `drain`: a sender gets no new contacts; a pool sends"
                                + " what it has and accepts no new messages",
                example = "hold")
        Optional<String> mode) {

    static final Invalid BAD_MODE = new Invalid("mode", "mode must be hold or drain");

    /// @throws Refused if it is no mode
    public Pause how() {
        return mode.map(typed -> Pause.parse(typed).orElseThrow(() -> Refused.invalid(BAD_MODE)))
                .orElse(Pause.HOLD);
    }
}
