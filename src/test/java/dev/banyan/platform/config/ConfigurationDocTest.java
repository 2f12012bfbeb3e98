package dev.banyan.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// `docs/configuration.md` is generated from the tables [Setting] and [RateLimit], by this test if requested.
class ConfigurationDocTest {

    private static final Path FILE = Path.of("docs/configuration.md");
    private static final String COMMAND = "./mvnw verify -Dtest=ConfigurationDocTest -Dbanyan.write-docs";

    @Test
    void theReferenceSaysWhatTheCodeSays() throws IOException {
        if (System.getProperty("banyan.write-docs") != null) {
            Files.writeString(FILE, reference());
        }
        assertThat(FILE).as("is stale; write it anew: " + COMMAND).content().isEqualTo(reference());
    }

    private static String reference() {
        return """
                # Settings

                <!-- Written from the code: %s -->

                You can set each setting in three places. For `base-url`, the first one found applies:

                1. the system property `banyan.base-url`; `--port`, `--data` and `--host` also work as options
                2. the environment variable `BANYAN_BASE_URL`
                3. the line `base-url=…` of `banyan.properties` in the data folder, in UTF-8, or of the file that
                   `BANYAN_SETTINGS_FILE` names, such as `/etc/banyan/banyan.properties` where a package has installed Banyan

                An empty variable means the default. With an invalid value, the server doesn't start, and prints one
                line with the variable and the rule. A name that no setting has is ignored: the log and
                `./banyan doctor` say so, and which one you probably meant.

                | variable | default | meaning |
                |---|---|---|
                %s

                You can also keep a secret in its own file, out of the process list and the environment:
                %s.

                ## Rate limits

                An amount per window, such as `30/1m`: seconds `s`, minutes `m` or hours `h`. Each node counts on its
                own, in memory. Requests over a limit get 429 and `Retry-After`. If the counter itself fails, requests
                pass a limit that fails open; the others are refused. All addresses of one IPv6 network (`/64`) count
                as one.

                | variable | default | counts | fails |
                |---|---|---|---|
                %s
                """.formatted(COMMAND, settings(), secrets(), limits());
    }

    private static String settings() {
        return Arrays.stream(Setting.values())
                .map(setting -> "| `%s` | %s | %s |"
                        .formatted(
                                setting.variable(),
                                setting.fallback.isEmpty() ? "" : "`" + setting.fallback + "`",
                                setting.meaning))
                .collect(Collectors.joining("\n"));
    }

    private static String secrets() {
        return Arrays.stream(Setting.values())
                .filter(Setting::isSecret)
                .map(setting -> "`" + setting.variable() + "_FILE`")
                .collect(Collectors.joining(", "));
    }

    private static String limits() {
        return Arrays.stream(RateLimit.values())
                .map(limit -> "| `%s` | `%s` | %s | %s |"
                        .formatted(
                                limit.variable(), limit.fallback, limit.meaning, limit.failsOpen ? "open" : "closed"))
                .collect(Collectors.joining("\n"));
    }
}
