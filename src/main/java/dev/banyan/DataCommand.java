package dev.banyan;

import module java.base;
import dev.banyan.console.client.DataProgram;
import dev.banyan.console.session.LocalConsole;
import dev.banyan.platform.config.Settings;
import io.quarkus.runtime.QuarkusApplication;

/// `./banyan import-config FILE`, `export-config FILE`, `migrate-project` and similar commands. If no server runs, this
/// process becomes one for a moment: it takes the folder's lock, reconciles the files, runs the command, and ends.
public final class DataCommand {

    private DataCommand() {}

    public static int run(String name, List<String> typed) {
        return DataProgram.run(name, typed, System.getenv(), folder -> alone(folder, name, typed));
    }

    private static int alone(Path folder, String name, List<String> typed) {
        System.setProperty("banyan.data", folder.toString());
        System.setProperty("banyan.host", "127.0.0.1");
        System.setProperty("banyan.port", "0");
        System.setProperty("quarkus.log.console.level", "OFF"); // the console is for the output of the command
        Banyan.run(
                Settings.from(System.getenv(), System.getProperties()),
                Alone.class,
                Stream.concat(Stream.of(name), typed.stream()).toArray(String[]::new));
        throw new AssertionError("The program has ended with the server");
    }

    /// Runs the command once the server is ready.
    public static class Alone implements QuarkusApplication {

        private final LocalConsole console;

        Alone(LocalConsole console) {
            this.console = console;
        }

        @Override
        public int run(String... args) {
            String name = args[0];
            List<String> typed = List.of(args).subList(1, args.length);
            return DataProgram.runAlone(name, typed, console::run);
        }
    }
}
