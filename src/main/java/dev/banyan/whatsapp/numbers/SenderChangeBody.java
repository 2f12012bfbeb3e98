package dev.banyan.whatsapp.numbers;

import module java.base;
import com.fasterxml.jackson.annotation.JsonAlias;
import dev.banyan.platform.Invalid;
import dev.banyan.whatsapp.MasterType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The requested changes of a sender; absent fields stay unchanged.
record SenderChangeBody(
        @Schema(example = "Support desk") @JsonAlias("name") Optional<String> displayName,

        @Schema(description = "Of a master: `primary` or `backup`")
        Optional<String> type,

        @Schema(description = "Of a servant", example = "support")
        Optional<String> purpose,

        @Schema(
                description = "Of a master: the sub-account that the pool works for, by username or id; empty for none",
                example = "desertroses")
        Optional<String> brand,

        @Schema(description = "Replaces all its tags", example = "[\"gold\"]")
        Optional<List<String>> tags,

        @Schema(description = "Country code (ISO 3166); empty for none", example = "AE")
        Optional<String> region,

        @Schema(description = "Its share under the `weighted` strategy, 1 to 100")
        Optional<Integer> weight,

        @Schema(description = "1 to 999, lowest first") Optional<Integer> priority,

        @Schema(description = "Messages per minute, 1 to 6,000; 0 to use the pool's limit") @JsonAlias("per-minute")
        Optional<Integer> perMinute,

        @Schema(description = "Messages per day, 1 to 1,000,000; 0 to use the pool's limit") @JsonAlias("per-day")
        Optional<Integer> perDay,

        @Schema(description = "Whether it starts with a low daily limit that grows: `on`, `off` or `pool`")
        @JsonAlias({"warmsUp", "warm-up"})
        Optional<String> warmUp,

        @Schema(description = "Moves it to this connection; empty for a simulated number")
        Optional<String> connection,

        @Schema(description = "What the new gateway calls a number that it has already")
        Optional<String> remote) {

    static final Invalid BAD_TYPE = new Invalid("type", "type must be primary or backup");

    /// Returns the first rule broken by the body itself; [TuningRequest] and [Senders] check the others.
    Optional<Invalid> broken(boolean master) {
        if (type.isPresent() && !master) {
            return Optional.of(new Invalid("type", "Only masters have a type"));
        }
        if (purpose.isPresent() && master) {
            return Optional.of(new Invalid("purpose", "Only servants have a purpose"));
        }
        if (brand.isPresent() && !master) {
            return Optional.of(new Invalid("brand", "Only masters have a brand"));
        }
        return type.isPresent() && type.flatMap(MasterType::parse).isEmpty() ? Optional.of(BAD_TYPE) : Optional.empty();
    }
}
