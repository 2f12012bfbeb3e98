package dev.banyan;

import module java.base;
import dev.banyan.commands.ApiCommand;
import dev.banyan.commands.AuditCommand;
import dev.banyan.commands.BackupCommand;
import dev.banyan.commands.Boot;
import dev.banyan.commands.CommandLine;
import dev.banyan.commands.DoctorCommand;
import dev.banyan.commands.ListenCommand;
import dev.banyan.commands.RestoreCommand;
import dev.banyan.commands.SetupLinkCommand;
import dev.banyan.console.client.ConsoleProgram;
import dev.banyan.demo.DemoSafetyCheck;
import dev.banyan.platform.PrivateFiles;
import dev.banyan.platform.backup.InvalidArchive;
import dev.banyan.platform.cluster.Nodes;
import dev.banyan.platform.config.InvalidSetting;
import dev.banyan.platform.config.Setting;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.DatabaseUnavailable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

/// The entry point of the program: starts the server (`serve`, `demo`), or a command that needs none. Errors before the
/// server runs are reported with one line on standard error and a non-zero exit code (docs/decisions/0007).
@QuarkusMain
public class Banyan {

    private static final int USAGE = 2;
    private static final int FAILURE = 1;

    /// Programs that talk to a running server. Each gets the arguments after its name, and returns an exit code.
    private static final Map<String, ToIntFunction<List<String>>> TOOLS = Map.of(
            "api", arguments -> ApiCommand.run(arguments, System.getenv(), System.out, System.err),
            "listen", arguments -> ListenCommand.run(arguments, System.getenv(), System.out, System.err),
            "console", arguments -> ConsoleProgram.run(arguments, System.getenv()),
            "import-config", arguments -> DataCommand.run("import-config", arguments),
            "export-config", arguments -> DataCommand.run("export-config", arguments),
            "migrate-project", arguments -> DataCommand.run("migrate-project", arguments),
            "export-workspace", arguments -> DataCommand.run("export-workspace", arguments),
            "import-workspace", arguments -> DataCommand.run("import-workspace", arguments));

    public static void main(String... args) {
        PrivateFiles.restrictUmask();
        // The output of Banyan, numbers above all, is the same on every machine.
        Locale.setDefault(Locale.ROOT);
        try {
            if (args.length > 0 && TOOLS.containsKey(args[0])) {
                System.exit(TOOLS.get(args[0]).applyAsInt(List.of(args).subList(1, args.length)));
            }
            CommandLine command = CommandLine.parse(args);
            command.settings().forEach((key, value) -> System.setProperty("banyan." + key, value));
            if (command.command().equals("doctor")) { // also checks invalid settings
                System.exit(DoctorCommand.run(command.settings().containsKey("port")));
            }
            Settings settings = Settings.from(environment(command), System.getProperties());
            switch (command.command()) {
                case "backup" ->
                    BackupCommand.run(
                            settings,
                            command.operands().getFirst(),
                            Optional.ofNullable(command.settings().get("keep")));
                case "restore" ->
                    RestoreCommand.run(settings, command.operands().getFirst());
                case "setup-link" -> SetupLinkCommand.run(settings);
                case "audit" ->
                    System.exit(AuditCommand.run(settings, command.operands().getFirst()));
                default -> serve(settings, command.command().equals("demo"), args);
            }
        } catch (CommandLine.Wrong wrong) {
            end(wrong, USAGE);
        } catch (InvalidSetting | DatabaseUnavailable | InvalidArchive | Boot.Refused | Nodes.Refused refused) {
            end(refused, FAILURE);
        } catch (RuntimeException unexpected) {
            // If it left this method, all that libraries have logged so far would be printed, protocols included.
            unexpected.printStackTrace();
            System.exit(FAILURE);
        }
    }

    /// Returns the environment. The demo shows prices, unless it is told not to: its agency is a customer of the
    /// server.
    private static Map<String, String> environment(CommandLine command) {
        var environment = new HashMap<>(System.getenv());
        if (command.command().equals("demo")) {
            environment.putIfAbsent(Setting.BILLING.variable(), "operator");
        }
        return environment;
    }

    private static void serve(Settings settings, boolean demo, String... args) {
        if (demo) {
            DemoSafetyCheck.require(settings);
            System.setProperty("banyan.demo", "true");
        }
        run(settings, Server.class, args);
    }

    /// Opens the resources of a server, and starts Quarkus. The process ends with the application.
    public static void run(Settings settings, Class<? extends QuarkusApplication> application, String... args) {
        Boot boot = Boot.prepare(settings);
        EarlyClasses.make();
        Quarkus.run(application, (exit, failure) -> end(boot, exit, Optional.ofNullable(failure)), args);
    }

    private static void end(Boot boot, int exit, Optional<Throwable> failure) {
        boot.close();
        // An unexpected error: print the stack trace for a report.
        failure.ifPresent(Throwable::printStackTrace);
        System.exit(exit);
    }

    private static void end(RuntimeException refused, int exit) {
        System.err.println("banyan: " + refused.getMessage());
        System.exit(exit);
    }

    /// Waits while the server runs.
    public static class Server implements QuarkusApplication {

        @Override
        public int run(String... args) {
            Quarkus.waitForExit();
            return 0;
        }
    }
}
