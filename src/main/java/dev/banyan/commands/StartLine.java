package dev.banyan.commands;

import module java.base;
import dev.banyan.platform.OwnCommand;
import dev.banyan.platform.config.Setting;
import dev.banyan.platform.config.Settings;

/// The command that starts a server with these settings, for a person to type. It never contains a password.
final class StartLine {

    private static final Pattern PASSWORD = Pattern.compile("(?i)([?&;][^=&]*password=)[^&]*");
    private static final Pattern USER_INFO = Pattern.compile("(?<=//)([^/?@:]*):[^/?@]*@");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");
    private static final String HIDDEN = "…";

    private StartLine() {}

    /// @param server `serve` or `demo`
    /// @param environment of this process; the next one needs the variables that locate the database
    static List<String> of(Settings settings, String server, Map<String, String> environment) {
        var lines = new ArrayList<String>();
        String command = OwnCommand.NAME + " " + server + " --data "
                + quoted(settings.data().toString());
        Optional<String> url = given(environment, Setting.DATABASE_URL.variable());
        Optional<String> file = given(environment, Setting.DATABASE_URL.variable() + "_FILE");
        if (url.isPresent()) {
            String shown = masked(url.get());
            lines.add("Start it: " + Setting.DATABASE_URL.variable() + "=" + quoted(shown) + " " + command);
            if (!shown.equals(url.get())) {
                lines.add("  The password is hidden: put it in place of " + HIDDEN + ", or keep the whole address in"
                        + " a file that only you can read, and name that in BANYAN_DATABASE_URL_FILE");
            }
        } else {
            // If both are missing, `banyan.properties` in the data folder locates the database.
            lines.add("Start it: "
                    + file.map(path -> Setting.DATABASE_URL.variable() + "_FILE=" + quoted(path) + " ")
                            .orElse("")
                    + command);
        }
        return lines;
    }

    static String masked(String url) {
        String withoutParameter = PASSWORD.matcher(url).replaceAll("$1" + HIDDEN);
        return USER_INFO.matcher(withoutParameter).replaceAll("$1:" + HIDDEN + "@");
    }

    private static Optional<String> given(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
    }

    /// Quotes a text as one word for the shell.
    private static String quoted(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
