package dev.banyan.platform.config;

import module java.base;
import dev.banyan.platform.Parse;
import org.jspecify.annotations.Nullable;

/// The sources of settings, in order of precedence: flags and system properties, environment, `banyan.properties`.
final class SettingSources {

    private final Map<String, String> environment;
    private final Properties system;
    private final Properties file = new Properties();
    private final String fileName;

    SettingSources(Map<String, String> environment, Properties system) {
        this.environment = environment;
        this.system = system;
        Path path = file(Setting.SETTINGS_FILE)
                .orElseGet(() -> Path.of(text(Setting.DATA)).resolve("banyan.properties"));
        this.fileName = path.toString();
        if (Files.isRegularFile(path)) {
            try (var reader = Files.newBufferedReader(path)) {
                file.load(reader);
            } catch (CharacterCodingException _) {
                throw new InvalidSetting(path + " cannot be read: it isn't UTF-8; save it with that encoding");
            } catch (java.nio.file.AccessDeniedException _) {
                throw new InvalidSetting(path + " cannot be read: permission denied");
            } catch (IOException | IllegalArgumentException failure) {
                throw new InvalidSetting(path + " cannot be read: " + failure.getMessage());
            }
        }
    }

    /// Returns a sentence for each name that no setting has: it has no effect, and may be misspelled.
    List<String> unknown() {
        return UnknownSettings.in(environment.keySet(), file.stringPropertyNames(), fileName);
    }

    String text(Setting setting) {
        return optional(setting).orElse(setting.fallback);
    }

    /// Returns the setting with this key, whether or not it is in the table: rate limits have settings of their own.
    Optional<String> byKey(String key, String variable) {
        return Optional.ofNullable(system.getProperty("banyan." + key))
                .or(() -> Optional.ofNullable(environment.get(variable)))
                .or(() -> Optional.ofNullable(file.getProperty(key)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /// Returns the source of a setting; a secret may come from a file of its own.
    SettingSource source(Setting setting) {
        SettingSource source = source(setting.key(), setting.variable());
        return source == SettingSource.DEFAULT
                        && setting.isSecret()
                        && byKey(setting.key() + "-file", setting.variable() + "_FILE")
                                .isPresent()
                ? SettingSource.SECRET_FILE
                : source;
    }

    SettingSource source(String key, String variable) {
        if (isGiven(system.getProperty("banyan." + key))) {
            return SettingSource.FLAG;
        }
        if (isGiven(environment.get(variable))) {
            return SettingSource.ENVIRONMENT;
        }
        return isGiven(file.getProperty(key)) ? SettingSource.FILE : SettingSource.DEFAULT;
    }

    private static boolean isGiven(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    Optional<String> optional(Setting setting) {
        Optional<String> value = byKey(setting.key(), setting.variable());
        if (value.isPresent() || !setting.isSecret()) {
            return value;
        }
        return byKey(setting.key() + "-file", setting.variable() + "_FILE").map(path -> secret(setting, path));
    }

    /// Returns a file that must exist.
    Optional<Path> file(Setting setting) {
        return optional(setting).map(text -> {
            try {
                if (Files.isReadable(Path.of(text)) && Files.isRegularFile(Path.of(text))) {
                    return Path.of(text);
                }
            } catch (java.nio.file.InvalidPathException _) {
                // Falls through to the common message for every bad file.
            }
            throw new InvalidSetting(setting.variable() + ": " + text + " is not a readable file");
        });
    }

    private static String secret(Setting setting, String path) {
        try {
            return Files.readString(Path.of(path)).strip();
        } catch (IOException failure) {
            throw new InvalidSetting(setting.variable() + "_FILE: " + path + " cannot be read");
        }
    }

    int number(Setting setting, int from, int to) {
        return number(setting, text(setting), number -> number >= from && number <= to, from + " to " + to);
    }

    private static int number(Setting setting, String text, IntPredicate rule, String explained) {
        return Parse.of(text, Integer::valueOf)
                .filter(rule::test)
                .orElseThrow(() -> new InvalidSetting(
                        setting.variable() + " must be a number from " + explained + ", not “" + text + "”"));
    }

    <E extends Enum<E>> E choice(Setting setting, Class<E> choices) {
        String text = text(setting);
        for (E choice : choices.getEnumConstants()) {
            if (written(choice).equalsIgnoreCase(text)) {
                return choice;
            }
        }
        String known = String.join(
                ", ",
                java.util.Arrays.stream(choices.getEnumConstants())
                        .map(SettingSources::written)
                        .toList());
        throw new InvalidSetting(setting.variable() + " must be one of " + known + ", not “" + text + "”");
    }

    /// Returns the written form, such as `per-account`.
    private static String written(Enum<?> choice) {
        return choice.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
