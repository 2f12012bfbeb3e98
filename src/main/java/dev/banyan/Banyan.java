package dev.banyan;

import dev.banyan.console.client.ConsoleProgram;
import dev.banyan.platform.config.BadSetting;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.UnusableDatabase;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// Where the program begins: `serve` or `demo`, with `--port`, `--data` and `--host`. What can go wrong before the
/// server runs ends with one line on standard error and a non-zero exit (docs/decisions/0007).
@QuarkusMain
public class Banyan {

    private static final int USAGE = 2;
    private static final int FAILURE = 1;

    /// What the program can do beside being a server. Each gets the arguments behind its name and answers an exit code,
    /// and is told nothing of Quarkus, which costs a second to start.
    private static final Map<String, ToIntFunction<List<String>>> TOOLS =
            Map.of("console", arguments -> ConsoleProgram.run(arguments, System.getenv()));

    public static void main(String... args) {
        if (args.length > 0 && TOOLS.containsKey(args[0])) {
            System.exit(TOOLS.get(args[0]).applyAsInt(List.of(args).subList(1, args.length)));
        }
        try {
            CommandLine command = CommandLine.parse(args);
            command.settings().forEach((key, value) -> System.setProperty("banyan." + key, value));
            if (command.isDemo()) {
                System.setProperty("banyan.demo", "true");
            }
            Boot boot = Boot.prepare(Settings.from(System.getenv(), System.getProperties()));
            Quarkus.run(Server.class, (exit, failure) -> end(boot, exit, Optional.ofNullable(failure)), args);
        } catch (CommandLine.Wrong wrong) {
            end(wrong, USAGE);
        } catch (BadSetting | UnusableDatabase | Boot.Refused refused) {
            end(refused, FAILURE);
        }
    }

    private static void end(Boot boot, int exit, Optional<Throwable> failure) {
        boot.close();
        // Nothing that an operator can mend in one line: the whole story, for a report.
        failure.ifPresent(Throwable::printStackTrace);
        System.exit(exit);
    }

    private static void end(RuntimeException refused, int exit) {
        System.err.println("banyan: " + refused.getMessage());
        System.exit(exit);
    }

    /// Waits while the server works.
    public static class Server implements QuarkusApplication {

        @Override
        public int run(String... args) {
            Quarkus.waitForExit();
            return 0;
        }
    }
}
