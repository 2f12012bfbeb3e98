package dev.banyan.console;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderOverrides;

/// The JSON output of `--json`, as documented in `docs/console.md`. Fields have the same names as in the JSON API.
public final class ConsoleJson {

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new Jdk8Module())
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .setDefaultPropertyInclusion(Include.NON_ABSENT)
            .enable(SerializationFeature.INDENT_OUTPUT);

    public record SenderJson(
            String id,
            String role,
            Optional<String> type,
            Optional<String> master,
            Optional<String> purpose,
            String displayName,
            Optional<String> phone,
            String driver,
            boolean enabled,
            String state,
            String status,
            Optional<String> paused,
            boolean healthy,
            Optional<String> error,
            int linkAttempts,
            Optional<String> linkedAt,
            String stateChangedAt,
            Optional<String> lastProofAt,
            List<String> tags,
            Optional<String> region,
            int weight,
            int priority,
            Optional<Integer> perMinute,
            Optional<Integer> perDay,
            Optional<Boolean> warmsUp,
            Optional<Long> servants) {

        public static SenderJson of(Sender sender, Liveness liveness) {
            SenderOverrides traits = sender.traits();
            return new SenderJson(
                    sender.id().value(),
                    sender.isMaster() ? "master" : "servant",
                    sender.masterType().map(MasterType::key),
                    sender.masterId().map(Object::toString),
                    sender.purpose(),
                    sender.displayName(),
                    sender.phone().map(Object::toString),
                    sender.driver().key(),
                    sender.enabled(),
                    sender.state().key(),
                    sender.state().fileWord,
                    sender.assignment().pause().map(Pause::key),
                    liveness.isHealthy(sender),
                    sender.lastError(),
                    sender.linkAttempts(),
                    sender.link().linkedAt().map(Instant::toString),
                    sender.link().stateChangedAt().toString(),
                    liveness.of(sender)
                            .lastProof()
                            .or(() -> sender.link().lastActiveAt())
                            .map(Instant::toString),
                    traits.tags(),
                    traits.region(),
                    traits.weight(),
                    traits.priority(),
                    traits.pace().perMinute(),
                    traits.pace().perDay(),
                    traits.pace().warmsUp(),
                    Optional.of(sender.servants()).filter(_ -> sender.isMaster()));
        }
    }

    /// The answer of a command about one sender.
    public record OneSenderJson(SenderJson sender) {

        public static OneSenderJson of(Sender sender, Liveness liveness) {
            return new OneSenderJson(SenderJson.of(sender, liveness));
        }
    }

    public record SendersJson(List<SenderJson> senders, Optional<Boolean> more) {

        public static SendersJson of(List<Sender> senders, Liveness liveness) {
            return new SendersJson(json(senders, liveness), Optional.empty());
        }
    }

    public record PoolJson(SenderJson master, String status, List<SenderJson> servants) {

        public static PoolJson of(Pool pool, Liveness liveness) {
            return new PoolJson(
                    SenderJson.of(pool.master(), liveness), pool.status().key(), json(pool.servants(), liveness));
        }
    }

    public record EventJson(
            String id, String at, String tone, String title, String details, String pool, String sender) {

        public static EventJson of(SenderEvent event) {
            return new EventJson(
                    event.id().toString(),
                    event.at().toString(),
                    event.tone().key(),
                    event.title(),
                    event.details(),
                    event.pool().value(),
                    event.sender().value());
        }
    }

    private ConsoleJson() {}

    private static List<SenderJson> json(List<Sender> senders, Liveness liveness) {
        return senders.stream().map(sender -> SenderJson.of(sender, liveness)).toList();
    }

    /// Returns an answer as the lines of a JSON document.
    public static List<String> lines(Object answer) {
        try {
            return JSON.writeValueAsString(answer)
                    .lines()
                    .map(ConsoleJson::escaped)
                    .toList();
        } catch (JsonProcessingException impossible) {
            throw new AssertionError("Plain values can be written", impossible);
        }
    }

    /// Escapes direction marks: a terminal doesn't show them, but programs must receive them.
    private static String escaped(String line) {
        var escaped = new StringBuilder();
        line.chars().forEach(letter -> {
            if (letter == 0x061C
                    || letter == 0x200E
                    || letter == 0x200F
                    || letter >= 0x2028 && letter <= 0x202E
                    || letter >= 0x2066 && letter <= 0x2069
                    || letter >= 0x7F && letter <= 0x9F) {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", letter));
            } else {
                escaped.append((char) letter);
            }
        });
        return escaped.toString();
    }
}
