package dev.banyan.commands;

import module java.base;
import dev.banyan.commands.Finding.Level;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.config.InvalidSetting;
import dev.banyan.platform.config.Setting;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.DatabaseHealth;
import dev.banyan.platform.db.DatabasePlace;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.db.DatabaseView;
import dev.banyan.platform.db.SqliteLibrary;

/// `./banyan doctor`: checks everything that a start depends on, and the running server, without changing anything.
public final class DoctorCommand {

    private static final int OLDEST_JAVA = 25;

    private final List<Finding> findings = new ArrayList<>();

    private DoctorCommand() {}

    /// @param portNamed whether the command line names a port, so that it is also checked next to a running server
    /// @return the exit code: 0 if nothing is wrong
    public static int run(boolean portNamed) {
        var doctor = new DoctorCommand();
        doctor.look(portNamed);
        return doctor.tell();
    }

    private void look(boolean portNamed) {
        Path data = dataFolder();
        System.out.println(Product.name() + " checks " + data);
        findings.add(java());
        boolean usable = false;
        try {
            Settings settings = Settings.from(System.getenv(), System.getProperties());
            usable = true;
            SqliteLibrary.useUnpacked(settings.runFolder());
            List<String> unknown = settings.unknown();
            unknown.forEach(name -> findings.add(Finding.warning(name)));
            if (unknown.isEmpty()) {
                findings.add(Finding.good("Settings are valid"));
            }
            findings.addAll(ExposureCheck.of(settings));
            findings.addAll(FolderCheck.of(data, settings.databaseUrl().isEmpty()));
            findings.addAll(database(settings));
            findings.addAll(BucketCheck.of(settings));
            findings.addAll(ServerCheck.of(settings, portNamed));
        } catch (InvalidSetting bad) {
            findings.add(Finding.problem(String.valueOf(bad.getMessage())));
        }
        if (!usable) {
            findings.addAll(FolderCheck.of(data, true));
            findings.add(
                    Finding.warning("Database, server and port were not checked, because the settings are not valid"));
        }
        findings.addAll(ClockCheck.of(data, Clock.tickMillis(ZoneOffset.UTC)));
    }

    /// Returns the folder from the settings, even if other settings are invalid.
    private static Path dataFolder() {
        String named = Optional.ofNullable(System.getProperty("banyan." + Setting.DATA.key()))
                .or(() -> Optional.ofNullable(System.getenv(Setting.DATA.variable())))
                .filter(text -> !text.isBlank())
                .orElse(Setting.DATA.fallback);
        return Path.of(named.strip()).toAbsolutePath().normalize();
    }

    private static Finding java() {
        String java = "Java " + Runtime.version() + " in " + System.getProperty("java.home");
        return Runtime.version().feature() >= OLDEST_JAVA
                ? Finding.good(java)
                : Finding.problem(java + " is too old; Banyan needs a JDK " + OLDEST_JAVA + " or newer");
    }

    private static List<Finding> database(Settings settings) {
        Path file = DataFolder.database(settings.data());
        if (settings.databaseUrl().isEmpty() && !Files.exists(file)) {
            return Files.isDirectory(settings.data()) && !DataFolder.isClosed(settings.data())
                    ? List.of(Finding.warning("There is no database yet; the first start creates it"))
                    : List.of(); // reported for the folder already
        }
        try {
            var place = DatabasePlace.of(settings.databaseUrl(), file);
            DatabaseHealth health = DatabaseHealth.of(place);
            List<Finding> findings = findings(place, health);
            if (health.schema() == DatabaseHealth.Schema.CURRENT) {
                var view = new DatabaseView(place);
                findings.addAll(MirrorCheck.of(view, settings.data()));
                findings.addAll(SecretsCheck.of(view, settings));
                findings.addAll(ClusterCheck.of(view, settings));
                findings.addAll(ReplicaCheck.of(view, settings));
                findings.addAll(ExposureCheck.of(view, settings, Clock.tickMillis(ZoneOffset.UTC)));
            }
            return findings;
        } catch (DatabaseUnavailable unusable) {
            return List.of(Finding.problem(unusable.getMessage() + "; fix this, or restore a backup"));
        }
    }

    private static List<Finding> findings(DatabasePlace place, DatabaseHealth health) {
        var findings = new ArrayList<Finding>();
        String schema = place.name() + " has the schema " + health.version().orElse("unknown");
        switch (health.schema()) {
            case UNKNOWN -> {}
            case NONE ->
                findings.add(Finding.warning(place.name() + " has no tables yet; the first start creates them"));
            case CURRENT ->
                findings.add(Finding.good(place.name() + " opens, with the schema "
                        + health.version().orElse("")));
            case OLDER ->
                findings.add(Finding.warning(schema + ", this program " + DatabaseHealth.newestVersion()
                        + "; the next start upgrades it: make a backup first"));
            case NEWER ->
                findings.add(Finding.problem(schema + ", this program only " + DatabaseHealth.newestVersion()
                        + "; start the newer version that created it"));
            case OTHER -> findings.add(Finding.problem(schema + ", but from another build; start that build"));
        }
        health.damages()
                .forEach(damage -> findings.add(Finding.problem(
                        place.name() + " is damaged: " + damage + "; restore the last backup into a new folder")));
        return findings;
    }

    private int tell() {
        findings.forEach(finding -> System.out.println(finding.level().mark + " " + finding.line()));
        long problems = count(Level.PROBLEM);
        long warnings = count(Level.WARNING);
        System.out.println(
                problems + warnings == 0
                        ? "No problems found."
                        : "Problems: " + problems + ", warnings: " + warnings
                                + (problems == 0 ? ". The server can start." : "."));
        return problems == 0 ? 0 : 1;
    }

    private long count(Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }
}
