package dev.banyan.answers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.AcmesWorld;
import dev.banyan.Moment;
import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.SampleCalls.Call;
import dev.banyan.TestClient;
import dev.banyan.platform.db.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/// What `/openapi.json` calls required in a body is refused without, by a request that is good otherwise: a client that
/// is made from it asks for what the server asks for, and for nothing that programs of before left out.
@QuarkusTest
class RequiredFieldsTest {

    private static final int CONFLICT = 409;

    @Inject
    Instance<AcmesWorld> worlds;

    @Inject
    Database database;

    private final JsonNode api = TestClient.anonymous().get("/openapi.json").json();

    @Test
    void whatIsRequiredIsRefusedWithout() {
        Optional<Moment> begun = Moment.now(database);
        var softly = new SoftAssertions();
        int compared = 0;
        for (Route route : Routes.all()) {
            List<String> required = required(route.verb(), route.path());
            if (!required.isEmpty()) {
                compared++;
                var stage = new AnswersOfAllRoutesTest.Stage(worlds.get());
                softly.assertThat(taken(route, required, stage))
                        .as("%s requires %s, and a good request is taken", route.name(), required)
                        .isTrue();
                begun.ifPresent(Moment::again);
            }
        }
        begun.ifPresent(Moment::close);
        softly.assertAll();
        assertThat(compared).isGreaterThanOrEqualTo(57);
    }

    /// Clients of before call some fields otherwise, and send that name alone.
    @Test
    void anotherNameOfWhatIsRequiredIsTaken() {
        Optional<Moment> begun = Moment.now(database);
        var tried = new ArrayList<String>();
        for (Route route : Routes.all()) {
            List<String> required = required(route.verb(), route.path());
            for (RecordComponent field : route.body().map(Routes::fields).orElse(List.of())) {
                JsonAlias others = field.getAccessor().getAnnotation(JsonAlias.class);
                if (others != null && required.contains(Routes.wireName(field))) {
                    for (String other : others.value()) {
                        var stage = new AnswersOfAllRoutesTest.Stage(worlds.get());
                        Call call = renamed(
                                Objects.requireNonNull(stage.calls(route).get("good")), Routes.wireName(field), other);
                        assertThat(stage.callers.values())
                                .as("%s takes %s", route.name(), other)
                                .extracting(caller -> call.by(caller).status())
                                .anyMatch(status -> status < 300 || status == CONFLICT);
                        tried.add(other);
                        begun.ifPresent(Moment::again);
                    }
                }
            }
        }
        begun.ifPresent(Moment::close);
        assertThat(tried).contains("userId", "UserId");
    }

    private static Call renamed(Call call, String field, String other) {
        var body = new LinkedHashMap<Object, Object>((Map<?, ?>) call.body().orElseThrow());
        body.put(other, body.remove(field));
        return new Call(call.route(), call.path(), Optional.of(body), call.form());
    }

    /// Such requests are made in `ConnectionsApiTest` and `SubAccountLifeResourceTest`.
    @Test
    void whatAnotherFieldMakesUpForIsNotRequired() {
        assertThat(required("POST", "/api/whatsapp/masters")).isEmpty();
        assertThat(required("POST", "/api/whatsapp/servants")).containsExactly("master");
        assertThat(required("POST", "/api/admin/DeleteSubAccount")).isEmpty();
    }

    /// Asks everyone without each field, and then with all of them. A conflict is no fault of the body: it is there
    /// already.
    private static boolean taken(Route route, List<String> required, AnswersOfAllRoutesTest.Stage stage) {
        Call good = Objects.requireNonNull(stage.calls(route).get("good"));
        for (TestClient caller : stage.callers.values()) {
            boolean refused = required.stream()
                    .map(field -> without(good, field).by(caller).status())
                    .allMatch(status -> status >= 400 && status != CONFLICT);
            int status = good.by(caller).status();
            if (refused && (status < 300 || status == CONFLICT)) {
                return true;
            }
        }
        return false;
    }

    private static Call without(Call call, String field) {
        var body = new LinkedHashMap<Object, Object>((Map<?, ?>) call.body().orElseThrow());
        assertThat(body.remove(field)).as(field).isNotNull();
        return new Call(call.route(), call.path(), Optional.of(body), call.form());
    }

    private List<String> required(String verb, String path) {
        JsonNode schema = api.path("paths")
                .path(path)
                .path(verb.toLowerCase(Locale.ROOT))
                .at("/requestBody/content/application~1json/schema/$ref");
        return schema.isMissingNode()
                ? List.of()
                : api.at(schema.asText().substring(1))
                        .path("required")
                        .valueStream()
                        .map(JsonNode::asText)
                        .toList();
    }
}
