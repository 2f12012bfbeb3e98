package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.banyan.platform.fields.Field;
import dev.banyan.platform.fields.Fields;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.PairLimit;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.QuietHours;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.Strategy;
import dev.banyan.whatsapp.UncertainPolicy;
import dev.banyan.whatsapp.failover.FailoverInput;
import dev.banyan.whatsapp.failover.FailoverPolicy;
import dev.banyan.whatsapp.failover.FailoverSettings;
import dev.banyan.whatsapp.failover.FailoverSettings.Detection;
import dev.banyan.whatsapp.numbers.TuningRequest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Each setting means the same by any of its names, whether it comes as JSON, in a form, from the console or in a file.
class FieldsOfAllDoorsTest {

    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

    /// @param before where every field has a value
    /// @param after where every field has another one
    /// @param body the record of the API
    private record Noun<T>(Fields<T> fields, T before, T after, String body) {

        Stream<DynamicTest> tests() {
            return fields.all().stream()
                    .flatMap(field -> field.names().stream()
                            .map(name -> DynamicTest.dynamicTest(
                                    before.getClass().getSimpleName() + " " + name, () -> check(field, name))));
        }

        private void check(Field<T, ?> field, String name) throws IOException, ReflectiveOperationException {
            Object value = Objects.requireNonNull(fields.written(after).get(field.name(Field.Door.FILE)));
            String text = field.text(after);

            T byFile = file(field, name, value);

            assertThat(field.text(byFile)).isEqualTo(text).isNotEqualTo(field.text(before));
            // A body that takes no other fields takes no other names, either.
            boolean strict = Class.forName(body).isAnnotationPresent(NoOtherFields.class);
            assertThat(json(strict ? field.name() : name, value)).as("JSON").isEqualTo(Outcome.done(byFile));
            assertThat(fields.form(fields.typed(sent -> sent.equals(name)
                            ? text
                            : field.names().contains(sent)
                                    ? ""
                                    : fields.texts(before).getOrDefault(sent, ""))))
                    .as("form")
                    .isEqualTo(Outcome.done(byFile));
            assertThat(fields.pairs(Map.of(name, text), before)).as("console").isEqualTo(Outcome.done(byFile));
        }

        private T file(Field<T, ?> field, String name, Object value) {
            var given = new HashMap<>(fields.written(before));
            given.remove(field.name(Field.Door.FILE));
            given.put(name, value);
            return fields.file(given, invalid -> {
                throw new AssertionError(invalid);
            });
        }

        private Outcome<T> json(String name, Object value) throws IOException, ReflectiveOperationException {
            Object wire = value instanceof Boolean ? String.valueOf(value) : value;
            Class<?> type = Class.forName(body);
            Map<String, Object> sent =
                    takes(type, name) ? Map.of(name, wire) : Map.of(partWith(type, name), Map.of(name, wire));
            return fields.body((Record) JSON.readValue(JSON.writeValueAsBytes(sent), type), before);
        }
    }

    private static boolean takes(Class<?> type, String name) {
        return Arrays.stream(type.getRecordComponents())
                .anyMatch(component -> component.getName().equals(name)
                        || component.getAccessor().isAnnotationPresent(JsonAlias.class)
                                && List.of(component
                                                .getAccessor()
                                                .getAnnotation(JsonAlias.class)
                                                .value())
                                        .contains(name));
    }

    /// Returns the part of a body that takes this name.
    private static String partWith(Class<?> type, String name) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getGenericType() instanceof ParameterizedType optional
                        && optional.getActualTypeArguments()[0] instanceof Class<?> part
                        && part.isRecord()
                        && takes(part, name))
                .map(RecordComponent::getName)
                .findFirst()
                .orElseThrow(() -> new AssertionError(type + " doesn't take " + name));
    }

    private static final List<Noun<?>> NOUNS = List.of(
            new Noun<>(
                    PoolSettings.FIELDS,
                    new PoolSettings(
                            Strategy.PRIORITY,
                            UncertainPolicy.ASK,
                            new Pace(Optional.of(1), Optional.of(2), Optional.of(false)),
                            Optional.of(new PairLimit(Duration.ofSeconds(3), 4)),
                            Optional.of(
                                    new QuietHours(LocalTime.of(20, 0), LocalTime.of(6, 30), Duration.ofMinutes(5))),
                            ZoneId.of("Asia/Dubai"),
                            6,
                            false,
                            PoolSettings.PoolClass.SERVICE,
                            Duration.ofSeconds(7)),
                    new PoolSettings(
                            Strategy.WEIGHTED,
                            UncertainPolicy.RESEND,
                            new Pace(Optional.of(10), Optional.of(20), Optional.of(true)),
                            Optional.of(new PairLimit(Duration.ofSeconds(30), 40)),
                            Optional.of(
                                    new QuietHours(LocalTime.of(22, 15), LocalTime.of(7, 0), Duration.ofMinutes(50))),
                            ZoneId.of("+05:30"),
                            60,
                            true,
                            PoolSettings.PoolClass.CODES,
                            Duration.ofSeconds(12)),
                    "dev.banyan.whatsapp.pools.PoolSettingsBody"),
            new Noun<>(
                    FailoverInput.FIELDS,
                    new FailoverInput(
                            new FailoverSettings(
                                    FailoverPolicy.AUTO,
                                    Optional.of(new SenderId("layla")),
                                    false,
                                    Duration.ofMinutes(1),
                                    new Detection(2, 3, 4, 5)),
                            Optional.of(UncertainPolicy.ASK)),
                    new FailoverInput(
                            new FailoverSettings(
                                    FailoverPolicy.NEVER_SILENT,
                                    Optional.of(new SenderId("omar")),
                                    true,
                                    Duration.ofMinutes(10),
                                    new Detection(20, 30, 40, 50)),
                            Optional.of(UncertainPolicy.RESEND)),
                    "dev.banyan.whatsapp.failover.FailoverBody"),
            new Noun<>(
                    TuningRequest.FIELDS,
                    new TuningRequest(
                            Optional.of("Layla"),
                            Optional.of("sales"),
                            Optional.of(List.of("gold", "night")),
                            Optional.of("AE"),
                            Optional.of(1),
                            Optional.of(2),
                            Optional.of(3),
                            Optional.of(4),
                            Optional.of(Optional.of(false))),
                    new TuningRequest(
                            Optional.of("Omar"),
                            Optional.of("support"),
                            Optional.of(List.of("silver")),
                            Optional.of("SA"),
                            Optional.of(10),
                            Optional.of(20),
                            Optional.of(30),
                            Optional.of(40),
                            Optional.of(Optional.of(true))),
                    "dev.banyan.whatsapp.numbers.SenderChangeBody"));

    @TestFactory
    Stream<DynamicTest> allDoorsTakeTheSame() {
        return NOUNS.stream().flatMap(Noun::tests);
    }

    @Test
    void whatHasNoLimitIsShownAndWrittenAsBefore() {
        assertThat(new TreeMap<>(PoolSettings.FIELDS.texts(PoolSettings.DEFAULT)))
                .hasToString("{groups=, mostWaiting=10000, pairBurst=, pairSeconds=, perDay=, perMinute=,"
                        + " poolClass=any, quietAnswerMinutes=60, quietFrom=, quietUntil=, receiptSeconds=8, strategy=round-robin, timeZone=UTC,"
                        + " uncertain=ask, warmUp=}");
        assertThat(PoolSettings.FIELDS.form(PoolSettings.FIELDS.texts(PoolSettings.DEFAULT)))
                .isEqualTo(Outcome.done(PoolSettings.DEFAULT));
    }
}
