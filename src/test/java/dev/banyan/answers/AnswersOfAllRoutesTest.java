package dev.banyan.answers;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import module java.base;
import dev.banyan.AcmesWorld;
import dev.banyan.Moment;
import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.SampleCalls;
import dev.banyan.SampleCalls.Call;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestServer;
import dev.banyan.platform.audit.AuditChain;
import dev.banyan.platform.db.Database;
import dev.banyan.workspaces.usage.UsageMeter;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.sqlite.JDBC;

/// What every route answers to every kind of caller, to good input and to bad, compared with what was recorded: an
/// answer changes only on purpose. `./banyan test -Dtest=AnswersOfAllRoutesTest -Dbanyan.record` records anew.
///
/// It needs a server that knows no other test's data, so it runs in the part of the tests whose other classes start
/// servers of their own (`pom.xml`).
@QuarkusTest
class AnswersOfAllRoutesTest {

    /// Whose bad input is told: those for whom a route does something.
    private static final List<String> ASKED_BADLY = List.of("anonymous", "admin", "owner");

    @Inject
    Instance<AcmesWorld> worlds;

    @Inject
    AuditChain auditChain;

    @Inject
    UsageMeter usageMeter;

    @Inject
    Database database;

    private Stage stage;
    private Optional<Moment> begun = Optional.empty();
    private Optional<Moment> untouched = Optional.empty();

    @Test
    void everyAnswerIsAsRecorded() throws SQLException {
        var recording = new Recording();
        AcmesWorld first = worlds.get();
        assumeThat(first.people().count("SELECT COUNT(*) FROM accounts"))
                .as("accounts of other tests on this server: run this one in a JVM of its own")
                .isZero();
        stage = new Stage(first);
        begun = Moment.now(database);
        try (Connection watch =
                JDBC.createConnection("jdbc:sqlite:" + TestServer.data().resolve("banyan.db"), new Properties())) {
            askAll(recording, watch);
        }
        begun.ifPresent(Moment::close);
        untouched.ifPresent(Moment::close);
        if (Boolean.getBoolean("banyan.record")) {
            recording.record();
        } else {
            assertThat(recording.differences()).isEmpty();
        }
    }

    /// Reading routes come first, as long as nothing is changed.
    private void askAll(Recording recording, Connection watch) {
        for (Route route : Routes.all()) {
            if (isReading(route)) {
                ask(route, recording, watch);
            }
        }
        setAgain();
        for (Route route : Routes.all()) {
            if (!isReading(route)) {
                ask(route, recording, watch);
            }
        }
    }

    private static boolean isReading(Route route) {
        return route.verb().equals("GET") || route.verb().equals("HEAD");
    }

    /// Returns a number that is another after a commit.
    private static long dataVersion(Connection watch) {
        try (var query = watch.createStatement();
                var row = query.executeQuery("PRAGMA data_version")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /// Pages about the server, which say how much memory, disk and time it takes.
    private static boolean isMeasured(Route route) {
        return route.name().matches("GET (/operator(/(figures|jobs|limits))?|/metrics|/api/siteadmin/listtimers)");
    }

    /// Who is led to a login has changed nothing.
    private static boolean changes(Answer answer) {
        return answer.status() < 400
                && answer.header("Location").filter(to -> to.contains("/login")).isEmpty();
    }

    private void ask(Route route, Recording recording, Connection watch) {
        Map<String, Call> calls = stage.calls(route);
        for (String caller : List.copyOf(stage.callers.keySet())) {
            for (String input : List.copyOf(calls.keySet())) {
                if (input.equals("good") || ASKED_BADLY.contains(caller)) {
                    if (stage.isChanged) {
                        setAgain();
                        calls = stage.calls(route);
                    }
                    if (route.path().contains("audit")) {
                        auditChain.seal(); // a job might do it between two calls
                    }
                    if (route.path().contains("usage")) {
                        usageMeter.write(); // as above, each second
                    }
                    long version = dataVersion(watch);
                    Answer answer = requireNonNull(calls.get(input)).by(requireNonNull(stage.callers.get(caller)));
                    recording.add(route, caller, input, stage.normal.answer(answer, isMeasured(route)));
                    stage.isChanged |= !isReading(route) && changes(answer) && dataVersion(watch) != version;
                    stage.isRemembered |= stage.isChanged && isRemembered(route);
                }
            }
        }
    }

    /// Numbers that are linked, and connections: the server knows more of them than the database.
    private static boolean isRemembered(Route route) {
        return route.path().matches("/api/whatsapp.*|.*(whatsapp|pools).*(link|scan|connection).*");
    }

    /// Goes back to before the change; to another world where the server would remember it.
    private void setAgain() {
        if (stage.isRemembered || untouched.isEmpty()) {
            begun.ifPresent(Moment::again);
            stage = new Stage(worlds.get());
            untouched.ifPresent(Moment::close);
            untouched = Moment.now(database);
        } else {
            untouched.get().again();
            stage.isChanged = false;
        }
    }

    /// A world with its callers, until something has changed it.
    static final class Stage {

        private final SampleCalls samples;
        private final GoodInput good;
        final Map<String, TestClient> callers;
        private final Normal normal;
        private final String agency;
        private final String brand;
        private boolean isChanged;
        private boolean isRemembered;

        Stage(AcmesWorld acmes) {
            acmes.people().sql("UPDATE sqlite_sequence SET seq = max(seq, 1000000) WHERE name = 'sub_client_users'");
            acmes.fill();
            var ids = new LinkedHashMap<>(acmes.ids());
            ids.putAll(WorkspaceThings.of(acmes));
            var people = acmes.people();
            ids.put("newName", people.name("fresh"));
            ids.put("owner", people.acme().username());
            ids.put("south", people.south().username());
            ids.put("shortLink", people.name("secret-link"));
            this.callers = Callers.of(acmes);
            ids.put(
                    "scopedId",
                    people.select("SELECT id FROM accounts WHERE username = ?", people.name("scoped"))
                            .getFirst());
            this.samples = new SampleCalls(ids, Optional.of("sample"));
            this.good = new GoodInput(ids);
            this.normal = new Normal(ids);
            this.agency = acmes.people().acme().username();
            this.brand = acmes.people().north().username();
        }

        /// Returns the calls of a route by what they try.
        Map<String, Call> calls(Route route) {
            String path = samples.path(route);
            String query = good.query(route, samples.query(route));
            Map<String, String> form = good.form(route, samples.form(route));
            Optional<Object> body = samples.body(route).map(sample -> good.body(route, sample));
            String account = SampleCalls.isOfAgency(route) ? agency : brand;
            var calls = new LinkedHashMap<String, Call>();
            if (!route.pathParams().isEmpty()) {
                calls.put("unknown", named(new Call(route, unknown(route) + "?" + query, body, form), account));
            }
            if (!route.queryParams().isEmpty()) {
                String odd = route.queryParams().stream()
                        .map(name -> name + "=" + TestClient.encode("☃" + "x".repeat(300)))
                        .reduce((a, b) -> a + "&" + b)
                        .orElseThrow();
                calls.put("odd-query", named(new Call(route, path + "?" + odd, body, form), account));
            }
            if (!form.isEmpty()) {
                var empty = new LinkedHashMap<String, String>();
                var odd = new LinkedHashMap<String, String>();
                form.forEach((name, _) -> {
                    empty.put(name, "");
                    odd.put(name, "☃" + "x".repeat(300));
                });
                calls.put("empty", named(new Call(route, path + "?" + query, body, empty), account));
                calls.put("odd", named(new Call(route, path + "?" + query, body, odd), account));
            }
            if (body.isPresent()) {
                calls.put("empty", named(new Call(route, path + "?" + query, Optional.of("{}"), form), account));
                calls.put("broken", named(new Call(route, path + "?" + query, Optional.of("{\"a\":"), form), account));
                calls.put(
                        "odd", named(new Call(route, path + "?" + query, Optional.of(odd(body.get())), form), account));
            }
            calls.put("good", named(new Call(route, path + "?" + query, body, form), account));
            return calls;
        }

        private static Call named(Call call, String account) {
            return call.named(account);
        }

        private static String unknown(Route route) {
            return route.path().replaceAll("\\{[^}]+}", "unheard-of");
        }

        /// Returns a body whose fields have values of another kind.
        private static Object odd(Object body) {
            if (!(body instanceof Map<?, ?> fields)) {
                return List.of(7);
            }
            var odd = new LinkedHashMap<Object, Object>();
            fields.forEach((name, value) -> odd.put(name, value instanceof String ? List.of(7) : "☃"));
            return odd;
        }
    }
}
