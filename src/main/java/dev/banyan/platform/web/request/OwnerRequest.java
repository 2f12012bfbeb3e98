package dev.banyan.platform.web.request;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.AnswerShape;

/// A request about things that an account or one of its workspaces owns, such as webhooks. A resource method takes it
/// as `@Context OwnerRequest request`: who may not come in has been answered by then.
public interface OwnerRequest extends AnswerShape {

    Call call();

    Owner account();

    /// Returns the id of the workspace; empty if the things are the account's own.
    Optional<String> workspace();
}
