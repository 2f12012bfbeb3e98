package dev.banyan.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each kind of news arrives as it was told, with all that it contains.
class NewsJsonTest {

    static List<Class<?>> kinds() throws IOException {
        Path classes = Path.of("target", "classes");
        try (Stream<Path> files = Files.walk(classes.resolve("dev/banyan"))) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .sorted()
                    .<Class<?>>map(file -> loaded(
                            file.substring(0, file.length() - ".class".length()).replace('/', '.')))
                    .filter(NewsJsonTest::isTold)
                    .toList();
        }
    }

    /// News, questions of one node to another, and their answers.
    private static boolean isTold(Class<?> type) {
        return type.isRecord()
                && (News.class.isAssignableFrom(type)
                        || Question.class.isAssignableFrom(type)
                        || type.getEnclosingClass() != null
                                && Question.class.isAssignableFrom(type.getEnclosingClass()));
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name, false, NewsJsonTest.class.getClassLoader());
        } catch (ClassNotFoundException failure) {
            throw new AssertionError(failure);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void newsArrivesAsItWasTold(Class<?> kind) throws ReflectiveOperationException {
        Object news = sample(kind);

        assertThat((Object) NewsJson.read(kind, NewsJson.write(news))).isEqualTo(news);
    }

    private static Object sample(Type type) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            Object first = sample(generic.getActualTypeArguments()[0]);
            if (generic.getRawType() == Map.class) {
                return Map.of(first, sample(generic.getActualTypeArguments()[1]));
            }
            if (generic.getRawType() == Set.class) {
                return Set.of(first);
            }
            return generic.getRawType() == List.class ? List.of(first) : Optional.of(first);
        }
        Class<?> kind = (Class<?>) type;
        if (kind.isEnum()) {
            return kind.getEnumConstants()[0];
        }
        return kind.isRecord() ? record(kind) : simple(kind);
    }

    private static Object record(Class<?> kind) throws ReflectiveOperationException {
        if (kind == Phone.class) {
            return new Phone("+971500000101");
        }
        if (kind == SenderId.class) {
            return new SenderId("amira-nasser");
        }
        RecordComponent[] components = kind.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = sample(components[i].getGenericType());
        }
        Constructor<?> canonical = kind.getDeclaredConstructor(types);
        canonical.setAccessible(true);
        return canonical.newInstance(values);
    }

    private static Object simple(Class<?> kind) {
        if (kind == ContactAddress.class) {
            return new ContactAddress.HiddenId("200000000000101", new SenderId("amira-nasser"));
        }
        if (kind == String.class) {
            return "Grüße 🌿";
        }
        if (kind == UUID.class) {
            return UUID.randomUUID();
        }
        if (kind == Duration.class) {
            return Duration.ofSeconds(5);
        }
        if (kind == Instant.class) {
            return Instant.parse("2026-11-22T10:00:00.123Z");
        }
        if (kind == boolean.class) {
            return true;
        }
        if (kind == int.class || kind == Integer.class) {
            return 7;
        }
        if (kind == long.class) {
            return 8L;
        }
        throw new AssertionError("No sample of " + kind);
    }
}
