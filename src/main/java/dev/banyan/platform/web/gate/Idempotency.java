package dev.banyan.platform.web.gate;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.secrets.SealedSecrets;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.IdempotencyStore.Answer;
import dev.banyan.platform.web.gate.IdempotencyStore.Known;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.platform.web.page.ErrorPages;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/// Answers a repeated request with its first answer, for 24 hours, and does its work once.
///
/// A key is claimed before the work. If the server dies between the work and its answer, it is unknown whether the work
/// was done: the key then answers 409, rather than doing the work twice unnoticed.
@Singleton
public record Idempotency(
        Database database, ObjectMapper json, Clock clock, ErrorPages errorPages, SealedSecrets secrets)
        implements Expiring {

    public static final String HEADER = ApiDescription.IDEMPOTENCY_KEY;
    public static final Duration KEPT = Duration.ofHours(24);
    private static final int LONGEST_KEY = 128;
    private static final String PURPOSE = "request";

    /// Runs `work` unless `key` was answered before.
    ///
    /// @param acting the account that the request acts on: the same text for another account is another request
    /// @param key empty if the client sent none: the work then runs each time
    /// @param request the request's content, to tell a repetition from another request with the same key (422)
    public Response once(Call call, AccountId acting, Optional<String> key, Object request, Supplier<Response> work) {
        if (key.isEmpty() || key.get().isBlank()) {
            return work.get();
        }
        if (key.get().length() > LONGEST_KEY) {
            return Answers.refused(400, HEADER + " must be " + LONGEST_KEY + " characters or less");
        }
        String caller = nameOf(call);
        // The query, too: it may name whom the request is for, such as a workspace or a user of it.
        String query = Optional.ofNullable(call.routing().request().query())
                .map(text -> "?" + text)
                .orElse("");
        String asked = call.route() + query + "\n" + acting + "\n" + request;
        // Keyed, because requests contain passwords: a reader of a plain digest could try all likely ones.
        String stamp = secrets.stamp(asked, PURPOSE);
        boolean first = database.write(tx -> new IdempotencyStore(tx).claim(caller, key.get(), stamp, clock.instant()));
        return first ? answerFirst(caller, key.get(), work) : repeat(caller, key.get(), asked);
    }

    private static String nameOf(Call call) {
        return switch (call.caller()) {
            case Caller.SignedIn person -> person.identity().toString();
            case Caller.Operator person -> person.identity().toString();
            case Caller.Support person -> person.identity() + "/" + person.of().access();
            case Caller.WorkspaceMember member -> member.workspace() + "/" + member.user();
            case Caller.ApiKey key -> "key:" + key.key();
            case Caller.WorkspaceKey key -> "key:" + key.key();
            case Caller.Anonymous _ -> "ip:" + call.ip();
        };
    }

    /// Does the same for a form with its key in a hidden field: a refusal is a page as well.
    public Response onceForForm(Call call, AccountId acting, String key, Object request, Supplier<Response> work) {
        Response answer = once(call, acting, Optional.of(key), request, work);
        return answer.getEntity() instanceof Answers.Envelope
                ? errorPages.answer(
                        call,
                        409,
                        "Form already sent",
                        "Your changes may already be saved. Check before you send the form again.")
                : answer;
    }

    private Response answerFirst(String caller, String key, Supplier<Response> work) {
        Response response;
        try {
            response = work.get();
        } catch (RuntimeException failure) {
            release(caller, key);
            throw failure;
        }
        if (response.getStatus() >= 400) {
            release(caller, key); // nothing was done: the same key may try again
            return response;
        }
        Optional<String> body = Optional.ofNullable(response.getEntity()).map(this::write);
        var answer = new Answer(
                response.getStatus(),
                Optional.ofNullable(response.getHeaderString("Location"))
                        .or(() -> Optional.ofNullable(response.getHeaderString("HX-Redirect"))),
                body);
        database.write(tx -> {
            new IdempotencyStore(tx).keep(caller, key, answer);
            return answer;
        });
        return response;
    }

    private void release(String caller, String key) {
        database.write(tx -> {
            new IdempotencyStore(tx).release(caller, key);
            return key;
        });
    }

    private Response repeat(String caller, String key, String asked) {
        Optional<Known> known = database.read(tx -> new IdempotencyStore(tx).find(caller, key));
        if (known.isPresent() && !secrets.isStampOf(known.get().requestStamp(), asked, PURPOSE)) {
            return Answers.refused(422, "This " + HEADER + " was used for another request");
        }
        Optional<Answer> answered = known.flatMap(Known::answer);
        if (answered.isEmpty()) {
            return Answers.refused(
                    409, "The first request with this " + HEADER + " is still running; check before you repeat it");
        }
        Answer answer = answered.get();
        var response = Response.status(answer.status()).header("Idempotency-Replayed", "true");
        answer.location()
                .ifPresent(location -> response.header(answer.status() == 204 ? "HX-Redirect" : "Location", location));
        answer.body()
                .ifPresent(body -> response.type(MediaType.APPLICATION_JSON).entity(body));
        return response.build();
    }

    /// Deletes keys that are older than [#KEPT].
    @Override
    public int forgetExpired() {
        return database.write(
                tx -> new IdempotencyStore(tx).deleteOlderThan(clock.instant().minus(KEPT)));
    }

    private String write(Object entity) {
        try {
            return entity instanceof String text ? text : json.writeValueAsString(entity);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("An answer cannot be written as JSON", failure);
        }
    }
}
