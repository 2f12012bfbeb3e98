package dev.banyan.console.client;

import module java.base;
import dev.banyan.console.session.RunningServer;
import dev.banyan.platform.OwnCommand;
import dev.banyan.platform.Parse;
import dev.banyan.platform.config.DataFolder;

/// The server to connect to, with its secret.
///
/// @param tokenFrom where the secret was found, for messages
/// @param data the server's data folder, if the secret was found there
/// @param pid the server's process, if known
record Target(URI url, String token, String tokenFrom, Optional<Path> data, Optional<Long> pid) {

    static final String TOKEN_VARIABLE = "BANYAN_CONSOLE_TOKEN";

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]+");

    /// Finds the server anew each time: a restart may change the address and always changes the secret.
    static Target find(Arguments arguments, Map<String, String> environment) throws NoServer {
        if (arguments.url().isPresent()) {
            return at(address(arguments.url().get()), arguments, environment);
        }
        Path data = arguments.data().isPresent() ? arguments.data().get() : only(arguments.lookIn());
        RunningServer server = server(data);
        return new Target(
                address(server.url()),
                token(data),
                RunningServer.tokenFile(data).toString(),
                Optional.of(data),
                Optional.of(server.pid()));
    }

    private static Target at(URI url, Arguments arguments, Map<String, String> environment) throws NoServer {
        String token = environment.getOrDefault(TOKEN_VARIABLE, "").strip();
        if (!token.isEmpty()) {
            requireToken(token, TOKEN_VARIABLE);
            return new Target(url, token, TOKEN_VARIABLE, arguments.data(), Optional.empty());
        }
        if (arguments.data().isEmpty()) {
            throw new NoServer("--url needs the server's token, in " + TOKEN_VARIABLE + " or in the folder of --data");
        }
        Path data = arguments.data().get();
        return new Target(
                url, token(data), RunningServer.tokenFile(data).toString(), Optional.of(data), Optional.empty());
    }

    /// Returns the one default folder whose server is running.
    private static Path only(List<Path> folders) throws NoServer {
        List<Path> running = folders.stream()
                .filter(folder ->
                        RunningServer.of(folder).filter(RunningServer::isAlive).isPresent())
                .toList();
        if (running.size() == 1) {
            return running.getFirst();
        }
        if (running.size() > 1) {
            throw new NoServer("Several servers are running, on " + text(running) + "; choose one with --data");
        }
        // A single folder left behind gets its own error message.
        List<Path> left = folders.stream()
                .filter(folder -> Files.exists(RunningServer.file(folder)))
                .toList();
        if (left.size() == 1) {
            return left.getFirst();
        }
        if (folders.isEmpty()) {
            throw new NoServer("Name the server with --data DIR or --url URL");
        }
        throw NoServer.on(
                folders,
                "No server is running on " + text(folders) + "; start one with " + OwnCommand.NAME + " demo or "
                        + OwnCommand.NAME + " serve, or name its folder with --data");
    }

    private static String text(List<Path> folders) {
        return folders.stream().map(Path::toString).collect(Collectors.joining(" and "));
    }

    private static RunningServer server(Path data) throws NoServer {
        Path file = RunningServer.file(data);
        if (DataFolder.isClosed(data)) {
            throw new NoServer(DataFolder.closed(data));
        }
        if (!Files.exists(file)) {
            throw NoServer.on(
                    List.of(data),
                    "No server is running on " + data + "; start one with " + OwnCommand.NAME + " serve --data "
                            + data);
        }
        Optional<RunningServer> server = RunningServer.of(data);
        if (server.isEmpty()) {
            throw new NoServer(
                    file + " cannot be " + (Files.isReadable(file) ? "understood" : "read") + "; restart the server");
        }
        if (!server.get().isAlive()) {
            throw NoServer.on(
                    List.of(data),
                    "No server is running on " + data + ": " + file + " was left by process "
                            + server.get().pid() + ", which has ended; start one with " + OwnCommand.NAME
                            + " serve --data " + data);
        }
        return server.get();
    }

    private static String token(Path data) throws NoServer {
        Path file = RunningServer.tokenFile(data);
        try {
            String token = Files.readString(file).strip();
            requireToken(token, file.toString());
            return token;
        } catch (IOException _) {
            throw new NoServer(file + (Files.exists(file) ? " cannot be read by this user" : " is missing"));
        }
    }

    private static void requireToken(String token, String from) throws NoServer {
        if (!TOKEN.matcher(token).matches()) {
            throw new NoServer(from + " does not contain a server token");
        }
    }

    private static URI address(String text) throws NoServer {
        return Parse.of(text.replaceFirst("/+$", ""), URI::create)
                .filter(url ->
                        url.getHost() != null && List.of("http", "https").contains(String.valueOf(url.getScheme())))
                .orElseThrow(() ->
                        new NoServer("“" + text + "” is not a server address; use one like http://127.0.0.1:8080"));
    }

    /// The address of the console's socket.
    URI socket() {
        return URI.create(url.toString().replaceFirst("^http", "ws") + "/api/console");
    }

    String refused(int status) {
        return switch (status) {
            case 401 ->
                tokenFrom.equals(TOKEN_VARIABLE)
                        ? "The server at " + url + " does not accept the token in " + TOKEN_VARIABLE
                        : "The server at " + url + " does not accept the token of " + tokenFrom
                                + "; it serves another folder";
            case 403 ->
                "The server at " + url + " accepts consoles only from its own machine (its setting BANYAN_CONSOLE)";
            default -> url + " is not a Banyan server (HTTP " + status + ")";
        };
    }

    String unreachable() {
        return pid.map(process -> "No server answers at " + url + ", where "
                        + data.map(RunningServer::file).map(Path::toString).orElse("server.json")
                        + " expects process " + process + "; restart the server")
                .orElse("No server answers at " + url);
    }
}
