package dev.banyan.accounts.context;

import dev.banyan.platform.Caller;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.AnswerShape;
import dev.banyan.platform.web.answer.Refused;
import jakarta.ws.rs.core.Response;

/// A JSON request of the server's operators: `@Context OperatorRequest request`. Others have been refused by then. Its
/// answers are bare, as LinkToMe's.
public record OperatorRequest(Call call, Caller.Operator operator) implements AnswerShape {

    @Override
    public Response answer(Refused refused) {
        return AccountRequest.failure(refused);
    }
}
