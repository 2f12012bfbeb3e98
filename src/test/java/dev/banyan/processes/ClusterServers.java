package dev.banyan.processes;

import module java.base;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import dev.banyan.platform.db.TestDatabases;

/// Server processes with `BANYAN_CLUSTER=on`, each with a data folder of its own. Closing kills them.
final class ClusterServers implements AutoCloseable {

    static final String KEY = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";
    private static final String PASSWORD = "correct horse battery";

    final String database = TestDatabases.ownedPostgresUrl();
    private final Path folder;
    private final Map<String, String> more;
    private final List<ServerProcess> servers = new ArrayList<>();

    ClusterServers(Path folder) {
        this(folder, Map.of());
    }

    /// @param more settings of all of them
    ClusterServers(Path folder, Map<String, String> more) {
        this.folder = folder;
        this.more = more;
    }

    ServerProcess start(String name) {
        return start(name, KEY, database);
    }

    /// @param key seals secrets
    ServerProcess start(String name, String key, String onDatabase) {
        var environment = new HashMap<>(more);
        environment.put("BANYAN_DATABASE_URL", onDatabase);
        environment.put("BANYAN_CLUSTER", "on");
        environment.put("BANYAN_CREDENTIALS_KEY", key);
        environment.put("BANYAN_BILLING", "open");
        environment.put("BANYAN_OUTBOUND_ALLOW", "127.0.0.1");
        environment.put("BANYAN_LIMIT_REGISTER_BY_IP", "1000/1h");
        environment.put("BANYAN_LIMIT_LOGIN_BY_IP", "1000/1h");
        var server = ServerProcess.start(
                environment, "serve", "--port=0", "--data", data(name).toString());
        servers.add(server);
        return server;
    }

    Path data(String name) {
        return folder.resolve(name);
    }

    /// Registers an account and signs its owner in.
    static TestClient owner(ServerProcess server, String name) {
        TestClient stranger = TestClient.at(server.awaitReady());
        String session = stranger.post(
                        "/api/register", Map.of("email", name + "@example.com", "username", name, "password", PASSWORD))
                .sessionToken();
        return stranger.with("Cookie", "banyan_session=" + session);
    }

    @Override
    public void close() {
        servers.forEach(ServerProcess::close);
    }
}
