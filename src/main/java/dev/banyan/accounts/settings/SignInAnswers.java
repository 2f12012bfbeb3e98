package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import jakarta.ws.rs.core.Response;

/// What people and programs are told when a change of their sign-in is refused.
final class SignInAnswers {

    static final String NOTHING_CHANGED = "Nothing was changed.";

    private SignInAnswers() {}

    /// @param tooMany what happened too often
    /// @param again answers with the form and the refused fields
    /// @param told answers with a status and the page that says what is wrong
    static Response page(
            SignedInPerson self,
            Refusal refusal,
            String tooMany,
            Function<List<Invalid>, Response> again,
            BiFunction<Integer, FormProblem, Response> told) {
        return switch (refusal) {
            case Refusal.Rejected rejected ->
                rejected.first().field().isEmpty()
                        ? told.apply(422, nothing(rejected.first().userMessage()))
                        : again.apply(rejected.invalid());
            // The form does not exist in a sub-account's context: it was forged, or drawn before the switch.
            case Refusal.Forbidden _ ->
                told.apply(
                        403, nothing(SignedInPerson.managedText(self.managedBy().orElse(""))));
            case Refusal.TooMany(Duration wait) ->
                Html.retryAfter(wait, told.apply(429, FormProblem.tooMany(tooMany, wait)));
            case Refusal.NotFound _ -> told.apply(404, nothing("This passkey was already removed."));
            case Refusal.LimitReached _, Refusal.ReadOnly _, Refusal.Conflict _ ->
                throw new IllegalArgumentException("No change of a sign-in is refused with " + refusal);
        };
    }

    private static FormProblem nothing(String why) {
        return new FormProblem(NOTHING_CHANGED, why);
    }
}
