package dev.banyan.platform.web.request;

import dev.banyan.platform.Owner;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.Refused;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/// A request about things that an account or one of its workspaces owns, such as webhooks. A resource method takes it
/// as `@Context OwnerRequest request`: who may not come in has been answered by then.
public interface OwnerRequest {

    Call call();

    Owner account();

    /// Returns the id of the workspace; empty if the things are the account's own.
    Optional<String> workspace();

    /// Returns whether its entrance answers with the envelope `{success, data?, message?, error?}`.
    boolean isEnveloped();

    /// Returns the answer of its entrance to an act that was refused.
    Response answer(Refused refused);
}
