package dev.banyan.accounts.settings;

import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// What people and programs are told when a change of their sign-in is refused.
final class SignInRefusals {

    static final String NOTHING_CHANGED = "Nothing was changed.";

    private SignInRefusals() {}

    /// @param tooMany what happened too often
    /// @param again draws the form with the refused fields
    /// @param told draws the page with a problem
    static Response page(
            SignedInPerson self,
            Refusal refusal,
            String tooMany,
            Function<List<Invalid>, TemplateInstance> again,
            Function<FormProblem, TemplateInstance> told) {
        return switch (refusal) {
            case Refusal.Rejected rejected when rejected.first().field().isEmpty() ->
                Html.invalid(told.apply(new FormProblem(
                        NOTHING_CHANGED, rejected.first().userMessage())));
            case Refusal.Rejected rejected -> Html.invalid(again.apply(rejected.invalid()));
            // The form does not exist in a sub-account's context: it was forged, or drawn before the switch.
            case Refusal.Forbidden _ ->
                Html.answer(
                        403,
                        told.apply(new FormProblem(
                                NOTHING_CHANGED,
                                SignedInPerson.managedText(self.managedBy().orElse("")))));
            case Refusal.TooMany(Duration wait) -> Html.tooMany(wait, told.apply(FormProblem.tooMany(tooMany, wait)));
            case Refusal.NotFound _ ->
                Html.answer(404, told.apply(new FormProblem(NOTHING_CHANGED, "You have no such passkey any more.")));
            case Refusal.LimitReached _, Refusal.ReadOnly _ -> throw unexpected(refusal);
        };
    }

    /// Answers on LinkToMe routes.
    static Response json(SignedInPerson self, Refusal refusal) {
        return switch (refusal) {
            case Refusal.Rejected rejected ->
                Answers.failure(400, rejected.first().apiMessage());
            case Refusal.Forbidden _ ->
                Answers.failure(
                        403, AccountGuard.managedBy(self.managedBy().orElse("")));
            case Refusal.TooMany(Duration wait) -> Answers.tooManyFailure(wait);
            case Refusal.NotFound _, Refusal.LimitReached _, Refusal.ReadOnly _ -> throw unexpected(refusal);
        };
    }

    private static IllegalArgumentException unexpected(Refusal refusal) {
        return new IllegalArgumentException("No change of a sign-in is refused with " + refusal);
    }
}
