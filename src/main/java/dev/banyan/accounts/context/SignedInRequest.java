package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.AnswerShape;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.Answers;
import jakarta.ws.rs.core.Response;

/// A JSON request about a person’s own sign-in: `@Context SignedInRequest request`. Its answers are bare, as
/// LinkToMe's.
public record SignedInRequest(Call call, SignedInPerson self) implements AnswerShape {

    /// @throws EarlyAnswer if it was refused
    public <T> T unless(Outcome<T> changed) {
        return changed.orElseThrow(this::refused);
    }

    /// Returns what is thrown where a change of the sign-in is refused.
    public EarlyAnswer refused(Refusal refusal) {
        return new EarlyAnswer(failure(self, refusal));
    }

    /// Answers a refused change of a sign-in.
    public static Response failure(SignedInPerson self, Refusal refusal) {
        return switch (refusal) {
            case Refusal.Rejected rejected ->
                Answers.failure(400, rejected.first().apiMessage());
            case Refusal.Forbidden _ ->
                Answers.failure(403, AccountGuard.managedBy(self.managedBy().orElse("")));
            case Refusal.TooMany(Duration wait) -> Answers.tooManyFailure(wait);
            case Refusal.NotFound _, Refusal.LimitReached _, Refusal.ReadOnly _, Refusal.Conflict _ ->
                throw new IllegalArgumentException("No change of a sign-in is refused with " + refusal);
        };
    }

    @Override
    public Response answer(Refused refused) {
        return failure(self, refused.refusal());
    }
}
